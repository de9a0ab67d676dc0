package org.genrewise.audio;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Closes what was only read, where a failure has nothing left to spoil. */
final class Closing {
  private Closing() {}

  static void quietly(Closeable closeable) {
    try {
      closeable.close();
    } catch (IOException | UncheckedIOException e) {
      // Every byte that was wanted has been read.
    }
  }
}
