package org.genrewise.evaluation;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How well classes were recognised. Made by {@link ClassificationTally}.
 *
 * @param classes names, in index order
 * @param confusion counts of true and predicted classes, the predicted being the most probable
 * @param calibration how far the probability of the predicted class can be believed
 * @param topFiveAccuracy share of samples whose class is among the five most probable; always 1
 *     with five classes or fewer
 * @param loss mean cross entropy in nats
 */
public record ClassificationReport(
    List<String> classes,
    ConfusionMatrix confusion,
    Calibration calibration,
    double topFiveAccuracy,
    double loss) {

  /** The figures of one class; see {@link ConfusionMatrix}. */
  public record ClassScore(
      String label, double precision, double recall, double f1, long support) {}

  public ClassificationReport {
    classes = List.copyOf(classes);
    if (classes.size() != confusion.classes()) {
      throw new IllegalArgumentException(
          "%d class names for a confusion matrix of %d"
              .formatted(classes.size(), confusion.classes()));
    }
  }

  public long samples() {
    return confusion.samples();
  }

  public double accuracy() {
    return confusion.accuracy();
  }

  public double macroF1() {
    return confusion.macroF1();
  }

  /** One row a class, in index order. */
  public List<ClassScore> scores() {
    return IntStream.range(0, classes.size())
        .mapToObj(
            c ->
                new ClassScore(
                    classes.get(c),
                    confusion.precision(c),
                    confusion.recall(c),
                    confusion.f1(c),
                    confusion.support(c)))
        .toList();
  }
}
