package org.genrewise.hash;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, which every Java platform has. */
public final class Sha256 {
  private static final int CHUNK_BYTES = 1 << 20;

  private Sha256() {}

  /** To be fed; {@link #hex} gives the result. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java platform lacks SHA-256", e);
    }
  }

  /** Of what a digest was fed with, in hexadecimal digits. */
  public static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Of a file, in hexadecimal digits. */
  public static String of(Path file) throws IOException {
    MessageDigest digest = digest();
    byte[] chunk = new byte[CHUNK_BYTES];
    try (InputStream stream = Files.newInputStream(file)) {
      for (int read = stream.read(chunk); read >= 0; read = stream.read(chunk)) {
        digest.update(chunk, 0, read);
      }
    }
    return hex(digest);
  }
}
