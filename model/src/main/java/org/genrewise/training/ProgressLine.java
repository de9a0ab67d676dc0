package org.genrewise.training;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/** Tells in words how a training goes: a line now and then, and one after each epoch. */
public final class ProgressLine implements TrainingListener {
  private final Consumer<String> lines;
  private final Duration interval;
  private long last = System.nanoTime();

  /**
   * @param lines takes each line
   * @param interval the least time between two lines within an epoch
   */
  public ProgressLine(Consumer<String> lines, Duration interval) {
    this.lines = lines;
    this.interval = interval;
  }

  @Override
  public void stepEnded(TrainingProgress progress) {
    if (System.nanoTime() - last < interval.toNanos()) {
      return;
    }
    last = System.nanoTime();
    String scale =
        progress.lossScale() == 1 && progress.skippedSteps() == 0
            ? ""
            : String.format(
                Locale.ROOT,
                ", loss scale %.0f, %d steps skipped",
                progress.lossScale(),
                progress.skippedSteps());
    lines.accept(
        String.format(
            Locale.ROOT,
            "epoch %d of %d, %,d of %,d slices, %.1f slices/s, loss %.4f, learning rate %.3g%s,"
                + " memory %.1f GB%s, %s left",
            progress.epoch(),
            progress.epochs(),
            progress.pictures(),
            progress.picturesInEpoch(),
            progress.picturesPerSecond(),
            progress.loss(),
            progress.learningRate(),
            scale,
            progress.bytes() / 1e9,
            progress.gpu().isKnown() ? ", " + progress.gpu().text() : "",
            time(progress.secondsLeft())));
  }

  @Override
  public void memoryRanOut(int microBatchTried, int microBatchNext) {
    lines.accept(
        "%d pictures at a time did not fit into memory; going on with %d at a time, the batch"
                .formatted(microBatchTried, microBatchNext)
            + " stays as it is");
  }

  @Override
  public void epochEnded(EpochResult result) {
    last = System.nanoTime();
    lines.accept(
        String.format(
            Locale.ROOT,
            "epoch %d: loss %.4f, accuracy %.3f; validation loss %.4f, accuracy %.3f;"
                + " %.1f slices/s, %s",
            result.epoch(),
            result.trainingLoss(),
            result.trainingAccuracy(),
            result.validationLoss(),
            result.validationAccuracy(),
            result.picturesPerSecond(),
            time(result.seconds())));
  }

  private static String time(double seconds) {
    if (seconds < 100) {
      return String.format(Locale.ROOT, "%.0f s", seconds);
    }
    double minutes = seconds / 60;
    return minutes < 100
        ? String.format(Locale.ROOT, "%.0f min", minutes)
        : String.format(Locale.ROOT, "%.1f h", minutes / 60);
  }
}
