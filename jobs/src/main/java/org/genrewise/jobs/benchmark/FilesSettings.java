package org.genrewise.jobs.benchmark;

import java.util.Collections;
import java.util.List;
import org.genrewise.cqt.CqtSettings;
import org.genrewise.extraction.FeatureSettings;
import org.genrewise.network.GraphOptions.Recompute;
import org.genrewise.network.NetworkSettings;
import org.genrewise.network.Precision;
import org.genrewise.network.Width;
import org.genrewise.training.ComputeSettings;
import org.genrewise.training.ShapeSettings;
import org.genrewise.training.TrainingSettings;
import org.genrewise.training.TrainingSettingsBuilder;

/**
 * What is measured of a folder of files, and how much.
 *
 * @param counts how many files are labelled, one row each, ascending; no more files than the last
 *     are used at all
 * @param width of the network that labels and that learns the epoch
 * @param inputSize height and width of its pictures, in pixels
 * @param sliceSeconds length of a slice
 * @param runs counted runs of a row, at least 1; rows of 50 files and more are run once
 * @param batchSize slices in a step of the epoch, which go through the network together
 * @param epochSlices most slices of the epoch; 0: all that the files have
 * @param cpuFloat16 whether a CPU is measured in 16-bit floats too
 * @param accuracy how networks are trained that are tested
 */
record FilesSettings(
    List<Integer> counts,
    Width width,
    int inputSize,
    double sliceSeconds,
    int runs,
    int batchSize,
    int epochSlices,
    boolean cpuFloat16,
    AccuracySettings accuracy) {

  /** Of the network that labels: those of the ccmusic model. */
  static final int CLASSES = 16;

  private static final int LARGEST_COUNT = 100_000;

  FilesSettings {
    counts = List.copyOf(counts);
    require(
        !counts.isEmpty()
            && counts.stream().allMatch(count -> count >= 1 && count <= LARGEST_COUNT)
            && counts.stream().sorted().distinct().toList().equals(counts),
        "counts must be ascending numbers from 1 to %d, not %s".formatted(LARGEST_COUNT, counts));
    require(runs >= 1, "runs must be at least 1, not " + runs);
    require(epochSlices >= 0, "epoch-slices must be 0 (all) or more, not " + epochSlices);
    NetworkSettings.of(CLASSES, width, inputSize);
    features(sliceSeconds);
    epoch(width, inputSize, batchSize, Precision.FLOAT32);
  }

  /** No more files are used. */
  int mostFiles() {
    return Collections.max(counts);
  }

  FeatureSettings features() {
    return features(sliceSeconds);
  }

  /** The network that labels; what it says means nothing, as its weights are random. */
  NetworkSettings network() {
    return NetworkSettings.of(CLASSES, width, inputSize);
  }

  /** How the epoch is learnt: as ccmusic trains, SGD with momentum. */
  TrainingSettings epoch(Precision precision) {
    return epoch(width, inputSize, batchSize, precision);
  }

  private static FeatureSettings features(double sliceSeconds) {
    return new FeatureSettings(CqtSettings.DEFAULT, sliceSeconds);
  }

  private static TrainingSettings epoch(
      Width width, int inputSize, int batchSize, Precision precision) {
    ShapeSettings shape = ShapeSettings.DEFAULT;
    return TrainingSettingsBuilder.defaults()
        .shape(new ShapeSettings(width, inputSize, shape.dropout(), shape.imageFormat()))
        .compute(new ComputeSettings(precision, Recompute.NONE, batchSize))
        .batchSize(batchSize)
        .epochs(1)
        .build();
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
