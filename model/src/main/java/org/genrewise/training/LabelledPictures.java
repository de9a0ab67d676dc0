package org.genrewise.training;

import java.io.IOException;

/** What a network learns from or is tested on: pictures with classes, in any order. Thread-safe. */
public interface LabelledPictures {

  /** Number of pictures. */
  int size();

  /** Class index of a picture. */
  int label(int picture);

  /**
   * Draws a picture: height x width x 3 values in -1..1, row-major.
   *
   * @param transform what is done to its slice first
   * @param target takes the values from {@code offset} on
   */
  void draw(int picture, SliceTransform transform, float[] target, int offset) throws IOException;
}
