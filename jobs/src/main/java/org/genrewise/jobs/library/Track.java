package org.genrewise.jobs.library;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/**
 * One file of a music library.
 *
 * @param path absolute path on this machine's disks, or a URI of another file system
 * @param label the class that the user gives it; null when there is none
 * @param group tracks that must stay together in a split; null when there is none
 * @param sizeBytes -1 when it is not known, for example because the file is missing
 * @param modifiedMillis since 1970 in UTC; -1 when it is not known
 */
public record Track(String path, String label, String group, long sizeBytes, long modifiedMillis)
    implements Serializable {
  private static final int ID_BYTES = 16;

  public Track {
    Objects.requireNonNull(path);
  }

  public Track(String path, String label, String group, FileState state) {
    this(path, label, group, state.sizeBytes(), state.modifiedMillis());
  }

  /** The state of the file when it was listed. */
  public FileState state() {
    return new FileState(sizeBytes, modifiedMillis);
  }

  /** The first 128 bits of the SHA-256 of the path's UTF-8 bytes, in hexadecimal. */
  public String id() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(path.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
