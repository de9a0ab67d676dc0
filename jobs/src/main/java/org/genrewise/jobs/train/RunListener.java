package org.genrewise.jobs.train;

import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.genrewise.device.GpuUse;
import org.genrewise.jobs.cli.Console;
import org.genrewise.training.EpochResult;
import org.genrewise.training.ProgressLine;
import org.genrewise.training.Round;
import org.genrewise.training.RoundResult;
import org.genrewise.training.TrainingListener;
import org.genrewise.training.TrainingSettings;

/** Tells on the driver's console how a training goes, round by round where there are several. */
final class RunListener implements TrainingListener {
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final Console console;
  private final TrainingSettings settings;
  private final ProgressLine lines;
  private final long begin = System.nanoTime();
  private long last = begin;
  private int epochsHere;
  private GpuUse gpu = GpuUse.NONE;
  private final SortedSet<String> devices = new TreeSet<>();
  private boolean mixtureTold;

  RunListener(Console console, TrainingSettings settings) {
    this.console = console;
    this.settings = settings;
    this.lines = new ProgressLine(console::note, INTERVAL);
  }

  @Override
  public void roundEnded(Round round, RoundResult result, double seconds) {
    gpu = gpu.plus(result.gpu());
    devices.addAll(result.devices());
    if (devices.size() > 1 && !mixtureTold) {
      mixtureTold = true;
      console.warn(
          "replicas compute on different devices: %s; --device cuda or cpu has them alike"
              .formatted(String.join(", ", devices)));
    }
    if (settings.rounds().replicas() == 1 || System.nanoTime() - last < INTERVAL.toNanos()) {
      return;
    }
    last = System.nanoTime();
    console.note(
        "epoch %d of %d, batch %,d: %.1f slices/s of %d replicas, loss %.4f, learning rate %.3g,"
                .formatted(
                    round.epoch(),
                    settings.epochs(),
                    round.end(),
                    result.totals().pictures() / seconds,
                    settings.rounds().replicas(),
                    result.totals().meanLoss(),
                    result.learningRate())
            + " loss scale %.0f, %d steps skipped, memory of a process %.1f GB%s"
                .formatted(
                    result.lossScale().scale(),
                    result.totals().skipped(),
                    result.bytes() / 1e9,
                    result.gpu().isKnown() ? ", " + result.gpu().text() : ""));
  }

  /** What the replicas of this run computed on; empty if none has learnt. */
  List<String> devices() {
    return List.copyOf(devices);
  }

  /** How busy the GPUs were in all rounds that this run learnt. */
  GpuUse gpu() {
    return gpu;
  }

  @Override
  public void epochEnded(EpochResult result) {
    epochsHere++;
    lines.epochEnded(result);
    int left = settings.epochs() - result.epoch();
    if (left > 0) {
      double each = (System.nanoTime() - begin) / 1e9 / epochsHere;
      console.note(
          "%d %s to go, %s at this pace"
              .formatted(left, left == 1 ? "epoch" : "epochs", Console.duration(left * each)));
    }
  }
}
