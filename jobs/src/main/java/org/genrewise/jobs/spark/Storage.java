package org.genrewise.jobs.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.genrewise.jobs.cli.UserException;

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
    requireAllowed(location, mode);
    delete(location);
  }

  /**
   * As {@link #prepareOutput}, and leaves what there is.
   *
   * @throws UserException if there is something already and the mode is to refuse
   */
  public void requireAllowed(String location, OutputMode mode) {
    if (mode == OutputMode.REFUSE_EXISTING && exists(location)) {
      throw new UserException(
          "the output %s exists already; name another, or say --overwrite".formatted(location));
    }
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

  /**
   * Writes a text file only if there is none, in one step that no other process can come between.
   * Object stores without conditional writes leave a gap of some milliseconds.
   *
   * @return whether it was written
   */
  public boolean createText(String location, String text) {
    if (!Locations.isRemote(location)) {
      return createLocal(Locations.local(location), text);
    }
    return attempt(
        "write",
        location,
        (fileSystem, path) -> {
          try (OutputStream out = fileSystem.create(path, false)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            return true;
          } catch (FileAlreadyExistsException e) {
            return false;
          }
        });
  }

  // Hadoop's local file system looks first and creates then.
  private static boolean createLocal(java.nio.file.Path path, String text) {
    try {
      Files.createDirectories(path.getParent());
      Files.writeString(path, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      return true;
    } catch (java.nio.file.FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      throw new UserException("cannot write %s: %s".formatted(path, e), e);
    }
  }

  /** A text file in UTF-8; empty if there is none. */
  public Optional<String> readText(String location) {
    return attempt(
        "read",
        location,
        (fileSystem, path) -> {
          try (InputStream in = fileSystem.open(path)) {
            return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
          } catch (FileNotFoundException e) {
            return Optional.empty();
          }
        });
  }

  /** When a file was written, in milliseconds since 1970; -1 if there is none. */
  public long modifiedMillis(String location) {
    return attempt(
        "read",
        location,
        (fileSystem, path) -> {
          try {
            return fileSystem.getFileStatus(path).getModificationTime();
          } catch (FileNotFoundException e) {
            return -1L;
          }
        });
  }

  /** Names of the files and folders in a folder, in order; none if there is no such folder. */
  public List<String> names(String location) {
    return attempt(
        "list",
        location,
        (fileSystem, path) -> {
          try {
            return Arrays.stream(fileSystem.listStatus(path))
                .map(status -> status.getPath().getName())
                .sorted()
                .toList();
          } catch (FileNotFoundException e) {
            return List.of();
          }
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
