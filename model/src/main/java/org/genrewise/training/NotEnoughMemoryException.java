package org.genrewise.training;

import java.util.Optional;

/** Not even one picture at a time fits into memory. */
public final class NotEnoughMemoryException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Without the error as its cause: Spark ends a process that lets one through. */
  public NotEnoughMemoryException(OutOfMemoryError cause) {
    super(
        "one picture at a time does not fit into memory (%s): give recompute = blocks, a smaller"
                .formatted(cause.getMessage())
            + " width or input-size, or more memory outside the heap"
            + " (-Dorg.bytedeco.javacpp.maxphysicalbytes)");
  }

  /** The shortage behind an exception: Deeplearning4j wraps what happens in its backward pass. */
  public static Optional<OutOfMemoryError> cause(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError error) {
        return Optional.of(error);
      }
    }
    return Optional.empty();
  }
}
