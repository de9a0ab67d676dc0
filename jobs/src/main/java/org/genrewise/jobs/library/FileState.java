package org.genrewise.jobs.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.genrewise.jobs.spark.Locations;

/**
 * What tells one content of a path from the next, without reading it.
 *
 * @param sizeBytes -1 when it is not known
 * @param modifiedMillis since 1970 in UTC; -1 when it is not known
 */
public record FileState(long sizeBytes, long modifiedMillis) {

  /** Of a path that could not be asked. */
  public static final FileState UNKNOWN = new FileState(-1, -1);

  /**
   * Asks the file system.
   *
   * @param path as a {@link Track} has it
   */
  public static FileState of(String path, Configuration configuration) throws IOException {
    if (Locations.isRemote(path)) {
      Path remote = Locations.remote(path);
      FileStatus status = FileSystem.get(remote.toUri(), configuration).getFileStatus(remote);
      return new FileState(status.getLen(), status.getModificationTime());
    }
    return of(Files.readAttributes(Locations.local(path), BasicFileAttributes.class));
  }

  /** For columns, where what is not known is null. */
  public Long sizeBytesOrNull() {
    return sizeBytes < 0 ? null : sizeBytes;
  }

  /** For columns, where what is not known is null. */
  public Long modifiedMillisOrNull() {
    return modifiedMillis < 0 ? null : modifiedMillis;
  }

  /** A folder, a device or a dangling link has no size that means anything. */
  static FileState of(BasicFileAttributes attributes) {
    return attributes.isRegularFile()
        ? new FileState(attributes.size(), attributes.lastModifiedTime().toMillis())
        : UNKNOWN;
  }
}
