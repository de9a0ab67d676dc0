package org.genrewise.training;

/** Not even one picture at a time fits into memory. */
public final class NotEnoughMemoryException extends RuntimeException {
  private static final long serialVersionUID = 1;

  NotEnoughMemoryException(OutOfMemoryError cause) {
    super(
        "one picture at a time does not fit into memory (%s): give recompute = blocks, a smaller"
                .formatted(cause.getMessage())
            + " width or input-size, or more memory outside the heap"
            + " (-Dorg.bytedeco.javacpp.maxphysicalbytes)",
        cause);
  }
}
