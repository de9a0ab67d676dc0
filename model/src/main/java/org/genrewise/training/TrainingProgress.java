package org.genrewise.training;

/**
 * Where a training stands after a step.
 *
 * @param epoch from 1
 * @param epochs how many there will be at most
 * @param pictures learnt in this epoch
 * @param picturesInEpoch all that there are
 * @param loss mean over this epoch so far
 * @param learningRate of this epoch
 * @param picturesPerSecond learnt since training began, validation included
 * @param secondsLeft estimate for all epochs
 */
public record TrainingProgress(
    int epoch,
    int epochs,
    int pictures,
    int picturesInEpoch,
    double loss,
    double learningRate,
    double picturesPerSecond,
    double secondsLeft) {

  static TrainingProgress of(
      int epoch,
      int epochs,
      int pictures,
      int picturesInEpoch,
      double loss,
      double learningRate,
      double secondsGone) {
    double learnt = (double) (epoch - 1) * picturesInEpoch + pictures;
    double toLearn = (double) epochs * picturesInEpoch - learnt;
    return new TrainingProgress(
        epoch,
        epochs,
        pictures,
        picturesInEpoch,
        loss,
        learningRate,
        learnt / secondsGone,
        secondsGone * toLearn / learnt);
  }
}
