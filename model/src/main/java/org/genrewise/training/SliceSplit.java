package org.genrewise.training;

import java.io.Serializable;
import java.util.SplittableRandom;
import org.genrewise.training.Split.Part;

/**
 * A split that knows no tracks: each slice goes by chance alone, so that slices of one song stand
 * in training and in the test, and the score says how well songs are recognised again. It is the
 * split of the published ccmusic data, and is of use for comparing with that only.
 *
 * @param settings the shares and the seed
 */
public record SliceSplit(SplitSettings settings) implements Serializable {

  /** What a slice is for. */
  public Part part(String trackId, int slice) {
    long seed = 31 * (31 * settings.seed() + trackId.hashCode()) + slice;
    double place = new SplittableRandom(seed).nextDouble();
    if (place < settings.test()) {
      return Part.TEST;
    }
    return place < settings.test() + settings.validation() ? Part.VALIDATION : Part.TRAIN;
  }
}
