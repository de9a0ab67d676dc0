package org.genrewise.training;

import java.io.IOException;
import org.genrewise.training.augmentation.Augmentation;

/**
 * Draws batches with their targets. Every picture is in one batch of an epoch. Where the batch size
 * does not divide their number, all batches are made a little smaller rather than the last one
 * alone, so that batch norm never has much less to go by than usual.
 *
 * <p>What a batch holds depends on the seed, the epoch and its number alone, so that a training can
 * go on from any of them.
 */
final class BatchDrawer {
  private final LabelledPictures pictures;
  private final int values;
  private final int batchSize;
  private final float[] classWeights;
  private final double smoothing;
  private final Augmentation augmentation;

  /**
   * @param values number of values in a picture
   * @param classWeights how much a picture of each class weighs
   * @param smoothing share of the weight that is spread over all classes
   */
  BatchDrawer(
      LabelledPictures pictures,
      int values,
      int batchSize,
      float[] classWeights,
      double smoothing,
      Augmentation augmentation) {
    this.pictures = pictures;
    this.values = values;
    this.batchSize = batchSize;
    this.classWeights = classWeights;
    this.smoothing = smoothing;
    this.augmentation = augmentation;
  }

  static int batches(int pictures, int batchSize) {
    return (pictures + batchSize - 1) / batchSize;
  }

  int batches() {
    return batches(pictures.size(), batchSize);
  }

  /**
   * Draws one batch.
   *
   * @param order of the pictures in this epoch
   * @param number of the batch, from 0
   */
  Batch draw(int[] order, int epoch, int number) throws IOException {
    int from = start(order.length, number);
    int to = start(order.length, number + 1);
    Batch batch =
        new Batch(
            new float[(to - from) * values],
            new float[(to - from) * classWeights.length],
            new int[to - from]);
    for (int i = from; i < to; i++) {
      int picture = order[i];
      int label = pictures.label(picture);
      batch.labels()[i - from] = label;
      target(batch.targets(), (i - from) * classWeights.length, label);
      pictures.draw(
          picture,
          (indices, bins, frames) -> augmentation.apply(indices, bins, frames, epoch, picture),
          batch.pictures(),
          (i - from) * values);
    }
    double share = augmentation.mixingShare(epoch, number);
    return share < 1 ? mixed(batch, share) : batch;
  }

  private int start(int size, int number) {
    return (int) ((long) size * number / batches());
  }

  private void target(float[] targets, int offset, int label) {
    float weight = classWeights[label];
    float each = (float) (weight * smoothing / classWeights.length);
    for (int c = 0; c < classWeights.length; c++) {
      targets[offset + c] = each;
    }
    targets[offset + label] += (float) (weight * (1 - smoothing));
  }

  /** Each picture with the next one; the order is random already. */
  private static Batch mixed(Batch batch, double share) {
    return new Batch(
        mixed(batch.pictures(), batch.count(), (float) share),
        mixed(batch.targets(), batch.count(), (float) share),
        batch.labels());
  }

  private static float[] mixed(float[] values, int count, float share) {
    int row = values.length / count;
    float[] mixed = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      mixed[i] = share * values[i] + (1 - share) * values[(i + row) % values.length];
    }
    return mixed;
  }
}
