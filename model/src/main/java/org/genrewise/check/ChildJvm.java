package org.genrewise.check;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Java processes of this program for one measurement each, so that neither the memory nor the
 * faults of one are another's. A child holds its standard input open, and ends with its parent.
 */
public final class ChildJvm {
  private ChildJvm() {}

  /**
   * The command line of a child, with this process's class path and options.
   *
   * @param main has the method main
   * @param crash takes the report of a crash, which would else stay in the user's folder
   */
  public static List<String> command(Class<?> main, Path crash, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.add("-XX:ErrorFile=" + crash);
    command.add("-XX:-CreateCoredumpOnCrash");
    command.add("-cp");
    command.add(classPath());
    command.add(main.getName());
    command.addAll(arguments);
    return command;
  }

  /** With the place of our own classes, which spark-submit loads from elsewhere. */
  private static String classPath() {
    String path = System.getProperty("java.class.path");
    try {
      String own =
          Path.of(ChildJvm.class.getProtectionDomain().getCodeSource().getLocation().toURI())
              .toString();
      return path + System.getProperty("path.separator") + own;
    } catch (URISyntaxException e) {
      return path;
    }
  }

  /** Ends a child with all that it has started. */
  public static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /**
   * In a child: ends this process when its parent does, which holds the other end of the standard
   * input.
   *
   * @param clearing what is done before
   */
  public static void whenParentEnds(Runnable clearing) {
    Thread thread =
        new Thread(
            () -> {
              awaitEndOfInput();
              clearing.run();
              halt();
            },
            "end of the parent");
    thread.setDaemon(true);
    thread.start();
  }

  private static void awaitEndOfInput() {
    try {
      while (System.in.read() >= 0) {
        continue;
      }
    } catch (IOException e) {
      // as at its end
    }
  }

  /** Ends this process with what it has started: a program of its own would go on. */
  static void halt() {
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    Runtime.getRuntime().halt(1);
  }
}
