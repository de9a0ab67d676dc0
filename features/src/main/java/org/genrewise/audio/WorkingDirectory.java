package org.genrewise.audio;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A private temporary folder that holds one input under a harmless name. So a child process is
 * never given a name that it could take for an option, a protocol or a pattern, and names that the
 * locale cannot spell work as well.
 */
final class WorkingDirectory implements Closeable {
  /** Without an extension: the content decides. */
  static final String INPUT = "input";

  private final Path folder;

  WorkingDirectory() throws IOException {
    this.folder = Files.createTempDirectory("genrewise-");
  }

  Path folder() {
    return folder;
  }

  /** Makes a local file the input, without copying it. */
  void link(Path file) throws IOException {
    Files.createSymbolicLink(folder.resolve(INPUT), file.toAbsolutePath());
  }

  /**
   * Makes a copy of a stream the input.
   *
   * @param most how many bytes it may have
   * @return how many it had; more than {@code most} if it was cut off there
   */
  long copy(InputStream bytes, long most) throws IOException {
    long size = 0;
    byte[] buffer = new byte[1 << 16];
    try (OutputStream copy = Files.newOutputStream(folder.resolve(INPUT))) {
      int read;
      while (size <= most && (read = bytes.read(buffer)) >= 0) {
        copy.write(buffer, 0, read);
        size += read;
      }
    }
    return size;
  }

  /** Removes it with its input. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(folder.resolve(INPUT));
    Files.delete(folder);
  }
}
