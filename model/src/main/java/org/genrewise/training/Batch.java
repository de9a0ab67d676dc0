package org.genrewise.training;

import java.util.Arrays;

/**
 * Pictures drawn for one step.
 *
 * @param pictures count x height x width x 3
 * @param targets count x classes: how much each class of each picture weighs in the loss
 * @param labels class indices
 */
record Batch(float[] pictures, float[] targets, int[] labels) {

  int count() {
    return labels.length;
  }

  /** Some pictures of this batch; the same arrays if it is all of them. */
  Batch part(int from, int to) {
    if (to - from == count()) {
      return this;
    }
    return new Batch(
        rows(pictures, from, to), rows(targets, from, to), Arrays.copyOfRange(labels, from, to));
  }

  private float[] rows(float[] values, int from, int to) {
    int row = values.length / count();
    return Arrays.copyOfRange(values, from * row, to * row);
  }

  /** What all pictures weigh together. */
  double weight() {
    double weight = 0;
    for (float target : targets) {
      weight += target;
    }
    return weight;
  }
}
