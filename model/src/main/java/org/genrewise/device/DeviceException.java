package org.genrewise.device;

/**
 * Networks cannot run on the device that was asked for. The message says which one, why, and what
 * to do.
 */
public final class DeviceException extends RuntimeException {

  public DeviceException(String message) {
    super(message);
  }

  public DeviceException(String message, Throwable cause) {
    super(message, cause);
  }
}
