package org.genrewise.jobs.benchmark;

import org.genrewise.training.LabelledPictures;
import org.genrewise.training.TrainingSettings;

/** How much each class weighs, by how many of its pictures are learnt from. */
final class ClassCounts {
  private ClassCounts() {}

  static float[] weights(TrainingSettings settings, LabelledPictures pictures, int classes) {
    long[] counts = new long[classes];
    for (int i = 0; i < pictures.size(); i++) {
      counts[pictures.label(i)]++;
    }
    return settings.loss().classWeighting().weights(counts);
  }
}
