package org.genrewise.jobs.testing;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Waits for what a run leaves on disk on its way. */
public final class Moments {
  private static final long LONGEST_NANOS = 120_000_000_000L;

  private Moments() {}

  /** Looks every millisecond or so, for two minutes at most. */
  public static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + LONGEST_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("the moment did not come");
      }
      Thread.sleep(1);
    }
  }

  /** Whether a folder holds, at any depth, a path that contains the text. */
  public static boolean exists(Path folder, String text) {
    try (Stream<Path> paths = Files.walk(folder, new FileVisitOption[0])) {
      return paths.anyMatch(path -> folder.relativize(path).toString().contains(text));
    } catch (IOException | java.io.UncheckedIOException e) {
      // Not there yet, or deleted while we looked.
      return false;
    }
  }
}
