package org.genrewise.jobs.spark;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.functional.FutureIO;
import org.genrewise.jobs.cli.UserException;

/**
 * Tells paths on this machine's disks from URIs of other file systems. Names of files may hold any
 * character, so a path is never parsed as a URI and a URI never as a path.
 */
public final class Locations {
  private static final Pattern SCHEME =
      Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]+://.*", Pattern.DOTALL);

  /** Bounded, and from the beginning of a word: messages may repeat long texts of files. */
  private static final Pattern USER_INFO =
      Pattern.compile("(?<![a-zA-Z0-9+.-])([a-zA-Z][a-zA-Z0-9+.-]{1,20}://)[^/\\s]*@");

  /** No bucket's name has a colon. Secret keys may hold slashes, so the end of one is not known. */
  private static final Pattern BUCKET_WITH_COLON =
      Pattern.compile("(?i)(s3[an]?://)[^/\\s:]*:\\S+");

  private Locations() {}

  /** Whether text names a place that only a Hadoop file system reaches, for example s3a://. */
  public static boolean isRemote(String location) {
    return SCHEME.matcher(location).matches() && !location.startsWith("file://");
  }

  /**
   * A remote location as a Hadoop path. Made from text: a URI's text would be encoded twice.
   *
   * @throws UserException if it holds credentials
   */
  public static org.apache.hadoop.fs.Path remote(String location) {
    requireNoCredentials(location);
    return new org.apache.hadoop.fs.Path(location);
  }

  /**
   * Refuses a URI with a user and a password in it: paths are shown, and written into tables.
   *
   * @throws UserException that does not repeat them
   */
  public static void requireNoCredentials(String location) {
    if (isRemote(location) && !masked(location).equals(location)) {
      throw new UserException(
          "the location %s holds credentials, which paths never may: name the bucket alone, and give"
                  .formatted(masked(location))
              + " them to Hadoop by the environment, an instance profile or a credential file; see"
              + " conf/spark");
    }
  }

  /** Text in which nothing is left of credentials that stand in URIs. */
  public static String masked(String text) {
    String bucketsMasked = BUCKET_WITH_COLON.matcher(text).replaceAll("$1***");
    return USER_INFO.matcher(bucketsMasked).replaceAll("$1***@");
  }

  /** The local path of a location that is not remote, absolute and normalised. */
  public static Path local(String location) {
    Path path = location.startsWith("file://") ? Path.of(URI.create(location)) : Path.of(location);
    return path.toAbsolutePath().normalize();
  }

  /**
   * Makes sure that replacing an output would not delete what is read.
   *
   * @param what the input is, for the message
   * @throws UserException if it is the output or lies in it
   */
  public static void requireApart(String what, String input, String output) {
    boolean inside =
        isRemote(input) || isRemote(output)
            ? (input + "/").startsWith(output.replaceAll("/+$", "") + "/")
            : local(input).startsWith(local(output));
    if (inside) {
      throw new UserException(
          "%s %s lies in the output %s; name another output".formatted(what, input, output));
    }
  }

  /**
   * The text of a remote path, from which {@link #remote} makes it again. Hadoop's own leaves out
   * the slashes of an empty authority, and looks like a local path then.
   */
  public static String text(org.apache.hadoop.fs.Path path) {
    URI uri = path.toUri();
    return uri.getScheme() != null && uri.getAuthority() == null
        ? uri.getScheme() + "://" + uri.getPath()
        : path.toString();
  }

  /** The location as a Hadoop path, for reading and writing tables. */
  public static org.apache.hadoop.fs.Path hadoop(String location) {
    return isRemote(location)
        ? remote(location)
        : new org.apache.hadoop.fs.Path(local(location).toUri());
  }

  /** Opens a remote file; skipping costs nothing, however far. */
  public static InputStream open(String location, Configuration configuration) throws IOException {
    org.apache.hadoop.fs.Path path = remote(location);
    FileSystem fileSystem = FileSystem.get(path.toUri(), configuration);
    FileStatus status = fileSystem.getFileStatus(path);
    return new SeekingStream(
        FutureIO.awaitFuture(fileSystem.openFile(path).withFileStatus(status).build()),
        status.getLen());
  }
}
