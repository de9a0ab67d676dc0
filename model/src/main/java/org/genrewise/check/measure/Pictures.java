package org.genrewise.check.measure;

import java.util.Random;
import org.genrewise.network.NetworkSettings;

/** Pictures of nothing, to measure with. */
public final class Pictures {
  private Pictures() {}

  /**
   * Uniform noise from -1 to 1; the same seed gives the same pictures on every machine.
   *
   * @return [count, size, size, 3], row-major
   */
  public static float[] noise(int count, int size, long seed) {
    Random random = new Random(seed);
    int values = Math.multiplyExact(count, size * size * NetworkSettings.CHANNELS_IN);
    float[] pictures = new float[values];
    for (int i = 0; i < pictures.length; i++) {
      pictures[i] = random.nextFloat() * 2 - 1;
    }
    return pictures;
  }
}
