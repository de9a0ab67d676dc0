package org.genrewise.check.part;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.genrewise.check.CheckPart;
import org.genrewise.check.CheckSettings;
import org.genrewise.check.PartContext;
import org.genrewise.check.measure.Timings;
import org.genrewise.network.Precision;

/** How many slices a second a network labels and learns, by size of the batch. */
public final class SpeedPart implements CheckPart {
  private static final int WARM_UPS = 3;

  /** Short runs need many before Java has compiled them. */
  private static final double WARM_UP_SECONDS = 1;

  private final Precision precision;

  /** What was measured, and in which network. */
  record Found(String width, int inputSize, List<Speed> speeds) {}

  /**
   * One measurement.
   *
   * @param work inference or training
   * @param warmUpSeconds of runs before the counted ones
   * @param slicesPerSecond at the median
   */
  record Speed(
      String work,
      int batch,
      double warmUpSeconds,
      int runs,
      double secondsMinimum,
      double secondsMedian,
      double slicesPerSecond) {}

  public SpeedPart(Precision precision) {
    this.precision = precision;
  }

  @Override
  public String name() {
    return Names.of("speed", precision);
  }

  @Override
  public void run(PartContext context) throws Exception {
    CheckSettings settings = context.settings();
    List<Integer> batches = settings.batches(context.decideDevice().device().kind());
    List<Speed> speeds = new ArrayList<>();
    try (Networks networks = new Networks(settings.network(), precision)) {
      int done = 0;
      for (int batch : batches) {
        for (Networks.Work work : Networks.Work.values()) {
          context.progress(
              (double) done++ / (batches.size() * Networks.Work.values().length),
              "%s, batches of %d".formatted(work.text(), batch));
          speeds.add(measure(work.text(), batch, settings.runs(), networks.begin(work, batch)));
          context.results(new Found(settings.width().toString(), settings.inputSize(), speeds));
        }
      }
    }
    context.summary(summary(speeds));
  }

  private static Speed measure(String work, int batch, int runs, Callable<?> step)
      throws Exception {
    double warmUp = warmUp(step);
    Timings timings = new Timings();
    timings.measure(work, 0, runs, step);
    double median = timings.median(work);
    return new Speed(work, batch, warmUp, runs, timings.minimum(work), median, batch / median);
  }

  private static double warmUp(Callable<?> step) throws Exception {
    long begin = System.nanoTime();
    double seconds = 0;
    for (int run = 0; run < WARM_UPS || seconds < WARM_UP_SECONDS; run++) {
      step.call();
      seconds = (System.nanoTime() - begin) / 1e9;
    }
    return seconds;
  }

  private static String summary(List<Speed> speeds) {
    return "slices/s at best: %s %.2f, %s %.2f"
        .formatted(
            Networks.Work.INFERENCE.text(),
            best(speeds, Networks.Work.INFERENCE),
            Networks.Work.TRAINING.text(),
            best(speeds, Networks.Work.TRAINING));
  }

  private static double best(List<Speed> speeds, Networks.Work work) {
    return speeds.stream()
        .filter(speed -> speed.work.equals(work.text()))
        .mapToDouble(Speed::slicesPerSecond)
        .max()
        .orElseThrow();
  }
}
