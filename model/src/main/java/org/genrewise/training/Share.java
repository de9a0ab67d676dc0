package org.genrewise.training;

/**
 * What one replica learns from and is tested on.
 *
 * @param number of the replica, from 0
 * @param training pictures to learn from, at least one
 * @param validation pictures that are never learnt from; may be none if others have some
 */
public record Share(int number, LabelledPictures training, LabelledPictures validation) {

  public Share {
    if (training.size() == 0) {
      throw new IllegalArgumentException(
          "replica %d has no pictures to learn from; give more tracks, or fewer replicas"
              .formatted(number));
    }
  }
}
