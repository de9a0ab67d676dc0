package org.genrewise.jobs.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/**
 * A file that can be read at any position: itself where it is local, else a copy that goes again.
 */
public final class LocalCopy implements AutoCloseable {
  private final Path path;
  private final Optional<TemporaryFolder> folder;

  private LocalCopy(Path path, Optional<TemporaryFolder> folder) {
    this.path = path;
    this.folder = folder;
  }

  /** Copies a remote file; a local one stays where it is. */
  public static LocalCopy of(String location, Configuration configuration) throws IOException {
    if (!Locations.isRemote(location)) {
      return new LocalCopy(Locations.local(location), Optional.empty());
    }
    TemporaryFolder folder = TemporaryFolder.create("genrewise-copy");
    try {
      org.apache.hadoop.fs.Path remote = Locations.remote(location);
      Path local = folder.path().resolve(remote.getName());
      FileSystem fileSystem = FileSystem.get(remote.toUri(), configuration);
      if (fileSystem.getFileStatus(remote).isDirectory()) {
        throw new IOException("Is a directory");
      }
      fileSystem.copyToLocalFile(false, remote, new org.apache.hadoop.fs.Path(local.toUri()), true);
      return new LocalCopy(local, Optional.of(folder));
    } catch (IOException | RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  public Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    if (folder.isPresent()) {
      folder.get().close();
    }
  }
}
