package org.genrewise.check;

import org.genrewise.device.DeviceChoice;

/** One part of the check. It has a process of its own, so that nothing it does hurts the others. */
public interface CheckPart {

  /** Of lower-case words, joined by hyphens. */
  String name();

  /** Name of a part whose results this one needs; empty: none. */
  default String needs() {
    return "";
  }

  /** Whether it is of no use where the device cannot be had. */
  default boolean isOnDevice() {
    return true;
  }

  /** What its process shall run networks on, where the user asks for a device. */
  default DeviceChoice device(DeviceChoice asked) {
    return asked;
  }

  /**
   * Does the work.
   *
   * @throws PartFailedException if it ran and found something wrong
   * @throws PartSkippedException if there is nothing to do on this machine
   * @throws Exception if it did not run
   */
  void run(PartContext context) throws Exception;
}
