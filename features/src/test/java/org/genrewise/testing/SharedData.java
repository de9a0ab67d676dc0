package org.genrewise.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The test data that lies beside the repository, in {@code ../shared/data}. It is not part of the
 * repository, so a test that asks for it is reported as skipped, with the name of what was missing,
 * where it is not there.
 */
public final class SharedData {
  private static final Path ROOT =
      Path.of(System.getProperty("genrewise.shared", "../../shared")).resolve("data").normalize();

  private SharedData() {}

  /**
   * The path of an entry, for example {@code "golden/wesnoth_battle.wav"}; skips the test if it is
   * not there.
   */
  public static Path path(String entry) {
    Path path = ROOT.resolve(entry);
    assumeTrue(Files.exists(path), () -> "skipped: shared/data/" + entry + " is not there");
    return path;
  }

  /** The little-endian 32-bit floats of an entry; skips the test if it is not there. */
  public static float[] floats(String entry) {
    try {
      ByteBuffer bytes =
          ByteBuffer.wrap(Files.readAllBytes(path(entry))).order(ByteOrder.LITTLE_ENDIAN);
      float[] floats = new float[bytes.remaining() / Float.BYTES];
      bytes.asFloatBuffer().get(floats);
      return floats;
    } catch (IOException e) {
      throw new IllegalStateException("cannot read shared/data/" + entry, e);
    }
  }
}
