package org.genrewise.network;

import java.lang.management.ManagementFactory;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.ReflectionException;

/** Memory that the C library holds for ND4J. */
final class NativeHeap {
  private static final String COMMANDS = "com.sun.management:type=DiagnosticCommand";
  private static final String TRIM = "systemTrimNativeHeap";

  private NativeHeap() {}

  /**
   * Gives what is free in it back to the system; with the settings of {@code ./genrewise} it would
   * be kept. Costs page faults where it is used again, so this is for the ends of phases. By the
   * JDK's command System.trim_native_heap; without effect where there is none, as on macOS.
   */
  static void trim() {
    try {
      ManagementFactory.getPlatformMBeanServer().invoke(new ObjectName(COMMANDS), TRIM, null, null);
    } catch (InstanceNotFoundException | ReflectionException e) {
      // another JDK; nothing but memory is lost
    } catch (JMException e) {
      throw new IllegalStateException("the native heap cannot be trimmed", e);
    }
  }
}
