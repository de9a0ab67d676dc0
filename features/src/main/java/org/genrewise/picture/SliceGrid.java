package org.genrewise.picture;

import java.util.stream.IntStream;

/**
 * Where the slices of a track lie: side by side, without overlap, around the middle of the track.
 *
 * @param sliceFrames frames in a slice, at least 1
 * @param count number of slices, at least 1
 * @param firstFrame of the first slice, from 0
 */
public record SliceGrid(int sliceFrames, int count, int firstFrame) {
  public SliceGrid {
    if (sliceFrames < 1 || count < 1 || firstFrame < 0) {
      throw new IllegalArgumentException(
          "%d slices of %d frames from frame %d on are no grid"
              .formatted(count, sliceFrames, firstFrame));
    }
  }

  /** The track's frame that a slice begins with. */
  public int begin(int slice) {
    return firstFrame + slice * sliceFrames;
  }

  /**
   * The slices that stand for all of them: evenly spaced, each in the middle of its share of the
   * track, {@code floor((k + 0.5) * count / most)} for k from 0; all where there are no more.
   *
   * @param most how many to choose, at least 1
   * @return their indices, ascending
   */
  public int[] evenlySpaced(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("cannot choose " + most + " slices; choose 1 or more");
    }
    return most >= count
        ? IntStream.range(0, count).toArray()
        : IntStream.range(0, most).map(k -> (int) ((2L * k + 1) * count / (2L * most))).toArray();
  }
}
