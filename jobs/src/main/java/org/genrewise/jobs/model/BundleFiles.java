package org.genrewise.jobs.model;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.genrewise.bundle.BundleException;
import org.genrewise.bundle.ModelBundle;
import org.genrewise.jobs.cli.UserException;
import org.genrewise.jobs.library.Locations;
import org.genrewise.jobs.spark.TemporaryFolder;

/** Reads bundles wherever they are. */
public final class BundleFiles {
  private BundleFiles() {}

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
}
