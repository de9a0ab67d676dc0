package org.genrewise.jobs.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.genrewise.bundle.BundleException;
import org.genrewise.bundle.BundleInfo;
import org.genrewise.bundle.ModelBundle;
import org.genrewise.jobs.cli.UserException;
import org.genrewise.jobs.spark.Locations;
import org.genrewise.jobs.spark.OutputMode;
import org.genrewise.jobs.spark.Storage;
import org.genrewise.jobs.spark.TemporaryFolder;

/** Reads bundles wherever they are. */
public final class BundleFiles {
  private BundleFiles() {}

  /** Writes a bundle into a local folder that is not there yet. */
  @FunctionalInterface
  public interface Writer {
    void to(java.nio.file.Path folder) throws IOException;
  }

  /** What is done with a bundle while its files are at hand. */
  @FunctionalInterface
  public interface Use<T> {
    T of(ModelBundle bundle) throws IOException;
  }

  /**
   * Opens a bundle, checks all of it, and uses it; a remote one is copied to local disk meanwhile.
   *
   * @throws UserException if it cannot be read, or a part of it is wrong
   */
  public static <T> T read(String folder, Configuration configuration, Use<T> use) {
    try {
      if (!Locations.isRemote(folder)) {
        return use.of(ModelBundle.load(Locations.local(folder)));
      }
      Path remote = Locations.remote(folder);
      FileSystem fileSystem = FileSystem.get(remote.toUri(), configuration);
      try (TemporaryFolder copy = TemporaryFolder.create("genrewise-model")) {
        for (String part : new String[] {ModelBundle.MANIFEST, ModelBundle.WEIGHTS}) {
          fileSystem.copyToLocalFile(
              false, new Path(remote, part), new Path(copy.path().resolve(part).toUri()), true);
        }
        return use.of(ModelBundle.load(copy.path()));
      }
    } catch (BundleException e) {
      throw new UserException(e.getMessage(), e);
    } catch (IOException e) {
      throw new UserException("the model %s cannot be read: %s".formatted(folder, e), e);
    }
  }

  /**
   * A bundle that was written.
   *
   * @param info what it says
   * @param version of its parameters
   */
  public record Written(BundleInfo info, String version) {}

  /**
   * Writes a bundle. It is read again, and only then takes the place of what was there before.
   *
   * @param mode what to do if there is something already
   * @throws UserException if there is and the mode is to refuse, or it cannot be written
   */
  public static Written write(
      String folder, OutputMode mode, Configuration configuration, Writer writer) {
    Storage storage = new Storage(configuration);
    storage.requireAllowed(folder, mode);
    try {
      if (Locations.isRemote(folder)) {
        try (TemporaryFolder scratch = TemporaryFolder.create("genrewise-model")) {
          java.nio.file.Path local = scratch.path().resolve("model");
          Written written = write(writer, local);
          storage.moveToStorage(local, folder);
          return written;
        }
      }
      java.nio.file.Path target = Locations.local(folder);
      Files.createDirectories(target.getParent());
      // beside its place, so that it can be renamed
      try (TemporaryFolder scratch = TemporaryFolder.beside(target)) {
        java.nio.file.Path local = scratch.path().resolve("model");
        Written written = write(writer, local);
        storage.delete(folder);
        Files.move(local, target, StandardCopyOption.ATOMIC_MOVE);
        return written;
      }
    } catch (IOException e) {
      throw new UserException("the model %s cannot be made: %s".formatted(folder, e), e);
    }
  }

  private static Written write(Writer writer, java.nio.file.Path folder) throws IOException {
    writer.to(folder);
    ModelBundle made = ModelBundle.load(folder);
    return new Written(made.info(), made.version());
  }
}
