package org.genrewise.jobs.library;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/**
 * Tells paths on this machine's disks from URIs of other file systems. Names of files may hold any
 * character, so a path is never parsed as a URI and a URI never as a path.
 */
public final class Locations {
  private static final Pattern SCHEME =
      Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]+://.*", Pattern.DOTALL);

  private Locations() {}

  /** Whether text names a place that only a Hadoop file system reaches, for example s3a://. */
  public static boolean isRemote(String location) {
    return SCHEME.matcher(location).matches() && !location.startsWith("file://");
  }

  /** The local path of a location that is not remote, absolute and normalised. */
  public static Path local(String location) {
    Path path = location.startsWith("file://") ? Path.of(URI.create(location)) : Path.of(location);
    return path.toAbsolutePath().normalize();
  }

  /** The location as it stands in rows: an absolute path, or the URI as given. */
  public static String canonical(String location) {
    return isRemote(location) ? location : local(location).toString();
  }

  /** The location as a Hadoop path, for reading and writing tables. */
  public static org.apache.hadoop.fs.Path hadoop(String location) {
    return isRemote(location)
        ? new org.apache.hadoop.fs.Path(location)
        : new org.apache.hadoop.fs.Path(local(location).toUri());
  }

  /** Opens a remote file. */
  public static InputStream open(String location, Configuration configuration) throws IOException {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(location);
    return FileSystem.get(path.toUri(), configuration).open(path);
  }
}
