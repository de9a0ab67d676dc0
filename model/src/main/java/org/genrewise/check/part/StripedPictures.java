package org.genrewise.check.part;

import java.util.Random;
import org.genrewise.network.NetworkSettings;
import org.genrewise.training.LabelledPictures;
import org.genrewise.training.SliceTransform;

/**
 * Pictures that a network can learn: stripes, in each class of another width, and noise. The same
 * on every device.
 */
final class StripedPictures implements LabelledPictures {
  private static final double NOISE = 0.2;

  private final int classes;
  private final float[][] pictures;

  StripedPictures(int count, int classes, int size) {
    this.classes = classes;
    this.pictures = new float[count][];
    Random random = new Random(1);
    for (int i = 0; i < count; i++) {
      pictures[i] = picture(label(i), size, random);
    }
  }

  private static float[] picture(int label, int size, Random random) {
    float[] values = new float[size * size * NetworkSettings.CHANNELS_IN];
    double phase = 2 * Math.PI * random.nextDouble();
    for (int i = 0; i < values.length; i++) {
      double y = (double) (i / (size * NetworkSettings.CHANNELS_IN)) / size;
      double stripe = Math.sin(2 * Math.PI * (label + 1) * y + phase);
      values[i] = (float) ((1 - NOISE) * stripe + NOISE * (2 * random.nextDouble() - 1));
    }
    return values;
  }

  @Override
  public int size() {
    return pictures.length;
  }

  @Override
  public int label(int picture) {
    return picture % classes;
  }

  @Override
  public void draw(int picture, SliceTransform transform, float[] target, int offset) {
    System.arraycopy(pictures[picture], 0, target, offset, pictures[picture].length);
  }
}
