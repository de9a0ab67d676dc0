package org.genrewise.jobs.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A private folder, removed with all that is in it when closed.
 *
 * @param path of the folder
 */
public record TemporaryFolder(Path path) implements AutoCloseable {

  /** Makes a folder beside a place, on the same disk. */
  public static TemporaryFolder beside(Path place) throws IOException {
    return new TemporaryFolder(
        Files.createTempDirectory(place.getParent(), "." + place.getFileName() + "-"));
  }

  /**
   * Makes a folder in this machine's temporary folder.
   *
   * @param prefix beginning of its name
   */
  public static TemporaryFolder create(String prefix) throws IOException {
    return new TemporaryFolder(Files.createTempDirectory(prefix));
  }

  @Override
  public void close() throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> entries = Files.walk(path)) {
      deepestFirst = entries.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path entry : deepestFirst) {
      Files.deleteIfExists(entry);
    }
  }
}
