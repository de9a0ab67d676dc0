package org.genrewise.jobs.spark;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.genrewise.jobs.cli.UserException;
import org.genrewise.jobs.library.Locations;

/** Small files and folders at any location that Hadoop reaches. */
public final class Storage {
  private final Configuration configuration;

  public Storage(Configuration configuration) {
    this.configuration = configuration;
  }

  public boolean exists(String location) {
    return attempt("read", location, (fileSystem, path) -> fileSystem.exists(path));
  }

  /**
   * Makes sure that a run may write its output.
   *
   * @throws UserException if there is something already and the mode is to refuse
   */
  public void prepareOutput(String location, OutputMode mode) {
    if (!exists(location)) {
      return;
    }
    if (mode == OutputMode.REFUSE_EXISTING) {
      throw new UserException(
          "the output %s exists already; name another, or say --overwrite".formatted(location));
    }
    delete(location);
  }

  /** Deletes a file or a folder with all that is in it; no harm if there is none. */
  public void delete(String location) {
    attempt("delete", location, (fileSystem, path) -> fileSystem.delete(path, true));
  }

  /** Writes a text file as a whole, in UTF-8. */
  public void writeText(String location, String text) {
    attempt(
        "write",
        location,
        (fileSystem, path) -> {
          try (OutputStream out = fileSystem.create(path, true)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
          }
          return true;
        });
  }

  /** Moves a local file or folder to a location, in place of what a lost attempt left there. */
  public void moveToStorage(java.nio.file.Path local, String location) {
    attempt(
        "write",
        location,
        (fileSystem, path) -> {
          fileSystem.delete(path, true);
          fileSystem.mkdirs(path.getParent());
          fileSystem.copyFromLocalFile(true, true, new Path(local.toUri()), path);
          return true;
        });
  }

  private <T> T attempt(String verb, String location, Action<T> action) {
    Path path = Locations.hadoop(location);
    try {
      return action.on(FileSystem.get(path.toUri(), configuration), path);
    } catch (IOException e) {
      throw new UserException("cannot %s %s: %s".formatted(verb, location, e), e);
    }
  }

  @FunctionalInterface
  private interface Action<T> {
    T on(FileSystem fileSystem, Path path) throws IOException;
  }
}
