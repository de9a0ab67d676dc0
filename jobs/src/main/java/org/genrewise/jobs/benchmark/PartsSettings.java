package org.genrewise.jobs.benchmark;

import org.genrewise.network.GraphOptions.Recompute;
import org.genrewise.network.NetworkSettings;
import org.genrewise.network.Precision;
import org.genrewise.network.Width;

/**
 * How the parts are measured.
 *
 * @param runs counted runs of the network, at least 1
 * @param width of the network
 * @param inputSize height and width of the pictures, in pixels
 * @param precision of the network
 * @param recompute what a training step computes again
 */
record PartsSettings(
    int runs, Width width, int inputSize, Precision precision, Recompute recompute) {

  /** Those of the ccmusic model. */
  static final int CLASSES = 16;

  PartsSettings {
    if (runs < 1) {
      throw new IllegalArgumentException("--runs must be at least 1, not " + runs);
    }
    NetworkSettings.of(CLASSES, width, inputSize);
  }

  NetworkSettings network() {
    return NetworkSettings.of(CLASSES, width, inputSize);
  }
}
