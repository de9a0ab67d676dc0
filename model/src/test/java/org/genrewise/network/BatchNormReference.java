package org.genrewise.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What PyTorch computed with the batch norms of {@link PyTorchReference}'s convolutions in the mode
 * that is not usual; see make_batch_norm_reference.py.
 */
public final class BatchNormReference {
  private static final Config ALL =
      ConfigFactory.parseResources("network/batch_norm_reference.json");

  private BatchNormReference() {}

  static Config fineTune() {
    return ALL.getConfig("fine_tune");
  }

  public static Config linearProbe() {
    return ALL.getConfig("linear_probe");
  }

  /**
   * Compares a tensor with its digest.
   *
   * @param tolerance of each value as a share of the largest, or of a projection as one of the norm
   */
  public static void assertClose(Config digest, float[] actual, double tolerance, String name) {
    if (digest.hasPath("values")) {
      float[] expected = values(digest);
      assertArrayEquals(expected, actual, (float) (tolerance * largest(expected)), name);
      return;
    }
    double norm = digest.getDouble("norm");
    assertEquals(norm, norm(actual), tolerance * norm, name);
    List<Double> projections = digest.getDoubleList("projections");
    for (int k = 0; k < projections.size(); k++) {
      assertEquals(projections.get(k), projection(actual, k), tolerance * norm, name + ", " + k);
    }
  }

  /** Of a tensor that is stored whole. */
  static float[] values(Config digest) {
    List<Double> values = digest.getDoubleList("values");
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i).floatValue();
    }
    return floats;
  }

  private static double largest(float[] values) {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private static double norm(float[] values) {
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares);
  }

  private static double projection(float[] values, long seed) {
    SplittableRandom signs = new SplittableRandom(seed);
    double sum = 0;
    for (float value : values) {
      sum += signs.nextLong() < 0 ? -value : value;
    }
    return sum;
  }
}
