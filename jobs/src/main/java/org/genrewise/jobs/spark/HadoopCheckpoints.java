package org.genrewise.jobs.spark;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.SerializableConfiguration;
import org.genrewise.training.checkpoint.CheckpointStorage;
import org.genrewise.training.checkpoint.LocalStorage;

/** Checkpoints on any file system or object store that Hadoop reaches. */
public final class HadoopCheckpoints implements CheckpointStorage, Serializable {
  private static final long serialVersionUID = 1;

  private final String root;
  private final SerializableConfiguration configuration;

  private HadoopCheckpoints(String root, SerializableConfiguration configuration) {
    this.root = root;
    this.configuration = configuration;
  }

  /**
   * Storage below a location, for the driver and for executors.
   *
   * @param root a folder; need not exist yet
   */
  public static CheckpointStorage at(String root, SerializableConfiguration configuration) {
    return Locations.isRemote(root)
        ? new HadoopCheckpoints(root, configuration)
        : new LocalStorage(Locations.local(root));
  }

  @Override
  public OutputStream create(String folder, String file) throws IOException {
    return fileSystem().create(path(folder, file), true);
  }

  /** An object store shows a file when it is closed; elsewhere a rename takes its place. */
  @Override
  public void commit(String folder, String file, byte[] content) throws IOException {
    Path target = path(folder, file);
    boolean objects = target.toUri().getScheme().startsWith("s3");
    Path written = objects ? target : path(folder, file + ".tmp");
    try (OutputStream out = fileSystem().create(written, true)) {
      out.write(content);
    }
    if (!objects) {
      FileContext.getFileContext(target.toUri(), configuration.value())
          .rename(written, target, Options.Rename.OVERWRITE);
    }
  }

  @Override
  public InputStream open(String folder, String file) throws IOException {
    return fileSystem().open(path(folder, file));
  }

  @Override
  public List<String> folders() throws IOException {
    Path path = new Path(root);
    List<String> folders = new ArrayList<>();
    if (fileSystem().exists(path)) {
      for (FileStatus status : fileSystem().listStatus(path)) {
        if (status.isDirectory()) {
          folders.add(status.getPath().getName());
        }
      }
    }
    return folders;
  }

  @Override
  public void delete(String folder) throws IOException {
    fileSystem().delete(new Path(root, folder), true);
  }

  private FileSystem fileSystem() throws IOException {
    return FileSystem.get(new Path(root).toUri(), configuration.value());
  }

  private Path path(String folder, String file) {
    return new Path(new Path(root, folder), file);
  }
}
