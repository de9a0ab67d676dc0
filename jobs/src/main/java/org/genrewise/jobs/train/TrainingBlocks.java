package org.genrewise.jobs.train;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.genrewise.report.Axis;
import org.genrewise.report.Block;
import org.genrewise.report.LineChart;
import org.genrewise.report.Paragraph;
import org.genrewise.report.Series;
import org.genrewise.training.EpochResult;
import org.genrewise.training.TrainingResult;

/** How the course of a training is shown in reports. */
public final class TrainingBlocks {
  private TrainingBlocks() {}

  /** Curves of loss, accuracy and learning rate over the epochs. */
  public static List<Block> of(TrainingResult training) {
    Axis epochs = Axis.of("epoch", "");
    return List.of(
        new Paragraph("The model has the parameters of epoch %d.".formatted(training.keptEpoch())),
        new LineChart(
            "Loss",
            epochs,
            Axis.of("cross entropy", "nats"),
            List.of(
                series("training", training, EpochResult::trainingLoss),
                series("validation", training, EpochResult::validationLoss))),
        new LineChart(
            "Slice accuracy",
            epochs,
            Axis.of("accuracy", "").reaching(0, 1),
            List.of(
                series("training", training, EpochResult::trainingAccuracy),
                series("validation", training, EpochResult::validationAccuracy))),
        new LineChart(
            "Learning rate",
            epochs,
            Axis.of("learning rate", "").reaching(0, Double.NaN),
            List.of(series("learning rate", training, EpochResult::learningRate))),
        new LineChart(
            "Loss scale",
            epochs,
            Axis.of("loss scale", "").reaching(0, Double.NaN),
            List.of(series("loss scale", training, EpochResult::lossScale))),
        new LineChart(
            "Speed",
            epochs,
            Axis.of("learning", "slices/s").reaching(0, Double.NaN),
            List.of(series("slices per second", training, EpochResult::picturesPerSecond))));
  }

  /** One line an epoch, for tools. */
  static String csv(TrainingResult training) {
    StringBuilder text =
        new StringBuilder(
            "epoch,learning_rate,training_loss,training_accuracy,validation_loss,validation_accuracy,"
                + "loss_scale,skipped_steps,slices_per_second,seconds\n");
    for (EpochResult epoch : training.history()) {
      text.append(
          "%d,%s,%.6f,%.6f,%.6f,%.6f,%s,%d,%.3f,%.3f%n"
              .formatted(
                  epoch.epoch(),
                  epoch.learningRate(),
                  epoch.trainingLoss(),
                  epoch.trainingAccuracy(),
                  epoch.validationLoss(),
                  epoch.validationAccuracy(),
                  epoch.lossScale(),
                  epoch.skippedSteps(),
                  epoch.picturesPerSecond(),
                  epoch.seconds()));
    }
    return text.toString();
  }

  private static Series series(
      String name, TrainingResult training, ToDoubleFunction<EpochResult> value) {
    return Series.numbered(name, training.history().stream().map(value::applyAsDouble).toList());
  }
}
