package org.genrewise.network.cuda;

import java.util.List;

/** The three convolutions of a layer that learns. */
public enum Pass {
  FORWARD,
  BACKWARD_DATA,
  BACKWARD_FILTER;

  /**
   * cuDNN's algorithms that are plain matrix products, the better first. In all three passes number
   * 1 gives equal results for equal inputs, and it uses matrix units; number 0 needs no or little
   * memory, and its backward passes add in any order. They are those that cuDNN documents for NHWC.
   * In 16 bits no others are taken: those that transform (Winograd, FFT) round in between.
   */
  static List<Integer> products() {
    return List.of(1, 0);
  }
}
