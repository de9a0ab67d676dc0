package org.genrewise.check.part;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.genrewise.check.CheckPart;
import org.genrewise.check.CheckSettings;
import org.genrewise.check.PartContext;
import org.genrewise.check.PartFailedException;
import org.genrewise.network.GraphOptions.Recompute;
import org.genrewise.network.Precision;
import org.genrewise.training.ComputeSettings;
import org.genrewise.training.LabelledPictures;
import org.genrewise.training.Replica;
import org.genrewise.training.Round;
import org.genrewise.training.RoundResult;
import org.genrewise.training.Share;
import org.genrewise.training.TrainingListener;
import org.genrewise.training.TrainingSettings;
import org.genrewise.training.TrainingSettingsBuilder;
import org.genrewise.training.optimiser.LearningRate;
import org.genrewise.training.optimiser.LossScaleSettings;
import org.genrewise.training.optimiser.LossScaler;

/** Steps of the narrow network's training, one by one, with the loss and the loss scale of each. */
public final class TrainingPart implements CheckPart {
  private static final int BATCH = 8;
  private static final int PICTURES = 64;

  /** A full training doubles it after 2,000 steps, which 200 would never see. */
  private static final int GROWTH_STEPS = 20;

  /** Of the loss's course the first and the last so many steps are compared. */
  private static final int ENDS = 16;

  private final Precision precision;

  /** A course. */
  record Found(
      int steps,
      int batch,
      double learningRate,
      int lossScaleGrowthSteps,
      double firstLoss,
      double lastLoss,
      int skippedSteps,
      double highestLossScale,
      double lowestLossScale,
      double slicesPerSecond,
      List<Double> loss,
      List<Double> lossScale) {}

  public TrainingPart(Precision precision) {
    this.precision = precision;
  }

  @Override
  public String name() {
    return Names.of("training", precision);
  }

  @Override
  public void run(PartContext context) throws Exception {
    context.decideDevice();
    int steps = context.settings().steps();
    TrainingSettings settings = settings();
    List<Double> losses = new ArrayList<>();
    List<Double> scales = new ArrayList<>();
    long begin = System.nanoTime();
    try (Replica replica = replica(settings)) {
      NarrowNetwork.load(replica.network());
      LossScaler.State scale = new LossScaler(settings.lossScale()).state();
      long applied = 0;
      for (int i = 0; i < steps; i++) {
        RoundResult result = replica.learn(round(i, applied, scale));
        losses.add(result.totals().meanLoss());
        scales.add(result.lossScale().scale());
        applied = result.steps();
        scale = result.lossScale();
        context.progress((i + 1.0) / steps, "step %d of %d".formatted(i + 1, steps));
      }
      double seconds = (System.nanoTime() - begin) / 1e9;
      tell(context, settings, losses, scales, steps - (int) applied, seconds);
    }
  }

  private TrainingSettings settings() {
    return TrainingSettingsBuilder.defaults()
        .batchSize(BATCH)
        .compute(new ComputeSettings(precision, Recompute.NONE, BATCH))
        .lossScale(
            new LossScaleSettings(
                true,
                LossScaleSettings.DEFAULT.initial(),
                GROWTH_STEPS,
                LossScaleSettings.DEFAULT.patience()))
        .build();
  }

  private static Replica replica(TrainingSettings settings) {
    float[] weights = new float[CheckSettings.CLASSES];
    Arrays.fill(weights, 1);
    LabelledPictures pictures =
        new StripedPictures(PICTURES, CheckSettings.CLASSES, NarrowNetwork.SETTINGS.inputSize());
    return new Replica(
        settings,
        NarrowNetwork.SETTINGS,
        new Share(0, pictures, pictures),
        weights,
        TrainingListener.NONE);
  }

  private static Round round(int step, long applied, LossScaler.State scale) {
    int batches = PICTURES / BATCH;
    int batch = step % batches;
    return new Round(
        1 + step / batches, batch, batch + 1, "", "", applied, BATCH, scale, LearningRate.start());
  }

  private void tell(
      PartContext context,
      TrainingSettings settings,
      List<Double> losses,
      List<Double> scales,
      int skipped,
      double seconds)
      throws Exception {
    double first = mean(losses.subList(0, ENDS));
    double last = mean(losses.subList(losses.size() - ENDS, losses.size()));
    double highest = scales.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    double lowest = scales.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    context.results(
        new Found(
            losses.size(),
            BATCH,
            settings.schedule().learningRate(),
            GROWTH_STEPS,
            first,
            last,
            skipped,
            highest,
            lowest,
            losses.size() * BATCH / seconds,
            losses,
            scales));
    context.summary(
        "loss %.3f to %.3f in %d steps%s"
            .formatted(
                first,
                last,
                losses.size(),
                precision == Precision.FLOAT16
                    ? ", loss scale %.0f to %.0f, %d skipped".formatted(lowest, highest, skipped)
                    : ""));
    if (!(last < first)) {
      throw new PartFailedException(
          "the loss did not fall: %.4f over the first %d steps, %.4f over the last"
              .formatted(first, ENDS, last));
    }
  }

  /** Of the steps that were not skipped. */
  private static double mean(List<Double> losses) {
    return losses.stream()
        .mapToDouble(Double::doubleValue)
        .filter(Double::isFinite)
        .average()
        .orElse(Double.NaN);
  }
}
