package org.genrewise.training;

import org.genrewise.training.augmentation.AugmentationSettings;
import org.genrewise.training.optimiser.LossScaleSettings;
import org.genrewise.training.optimiser.OptimiserSettings;
import org.genrewise.training.optimiser.ScheduleSettings;

/** Makes {@link TrainingSettings} by naming what differs from others. */
public final class TrainingSettingsBuilder {
  private Mode mode;
  private FeaturesBatchNorm featuresBatchNorm;
  private ShapeSettings shape;
  private ComputeSettings compute;
  private int epochs;
  private int batchSize;
  private OptimiserSettings optimiser;
  private ScheduleSettings schedule;
  private LossScaleSettings lossScale;
  private LossSettings loss;
  private AugmentationSettings augmentation;
  private int earlyStoppingPatience;
  private KeptEpoch keptEpoch;
  private RoundSettings rounds;
  private long seed;

  private TrainingSettingsBuilder() {
    mode = Mode.SCRATCH;
    featuresBatchNorm = FeaturesBatchNorm.AUTO;
    shape = ShapeSettings.DEFAULT;
    compute = ComputeSettings.DEFAULT;
    epochs = 40;
    batchSize = 4;
    optimiser = OptimiserSettings.DEFAULT;
    schedule = ScheduleSettings.DEFAULT;
    lossScale = LossScaleSettings.DEFAULT;
    loss = LossSettings.DEFAULT;
    augmentation = AugmentationSettings.DEFAULT;
    earlyStoppingPatience = 0;
    keptEpoch = KeptEpoch.BEST;
    rounds = RoundSettings.DEFAULT;
    seed = 42;
  }

  TrainingSettingsBuilder(TrainingSettings settings) {
    mode = settings.mode();
    featuresBatchNorm = settings.featuresBatchNorm();
    shape = settings.shape();
    compute = settings.compute();
    epochs = settings.epochs();
    batchSize = settings.batchSize();
    optimiser = settings.optimiser();
    schedule = settings.schedule();
    lossScale = settings.lossScale();
    loss = settings.loss();
    augmentation = settings.augmentation();
    earlyStoppingPatience = settings.earlyStoppingPatience();
    keptEpoch = settings.keptEpoch();
    rounds = settings.rounds();
    seed = settings.seed();
  }

  /** All at their defaults. */
  public static TrainingSettingsBuilder defaults() {
    return new TrainingSettingsBuilder();
  }

  public TrainingSettingsBuilder mode(Mode value) {
    mode = value;
    return this;
  }

  public TrainingSettingsBuilder featuresBatchNorm(FeaturesBatchNorm value) {
    featuresBatchNorm = value;
    return this;
  }

  public TrainingSettingsBuilder shape(ShapeSettings value) {
    shape = value;
    return this;
  }

  public TrainingSettingsBuilder compute(ComputeSettings value) {
    compute = value;
    return this;
  }

  public TrainingSettingsBuilder epochs(int value) {
    epochs = value;
    return this;
  }

  public TrainingSettingsBuilder batchSize(int value) {
    batchSize = value;
    return this;
  }

  public TrainingSettingsBuilder optimiser(OptimiserSettings value) {
    optimiser = value;
    return this;
  }

  public TrainingSettingsBuilder schedule(ScheduleSettings value) {
    schedule = value;
    return this;
  }

  public TrainingSettingsBuilder lossScale(LossScaleSettings value) {
    lossScale = value;
    return this;
  }

  public TrainingSettingsBuilder loss(LossSettings value) {
    loss = value;
    return this;
  }

  public TrainingSettingsBuilder augmentation(AugmentationSettings value) {
    augmentation = value;
    return this;
  }

  public TrainingSettingsBuilder earlyStoppingPatience(int value) {
    earlyStoppingPatience = value;
    return this;
  }

  public TrainingSettingsBuilder keptEpoch(KeptEpoch value) {
    keptEpoch = value;
    return this;
  }

  public TrainingSettingsBuilder rounds(RoundSettings value) {
    rounds = value;
    return this;
  }

  public TrainingSettingsBuilder seed(long value) {
    seed = value;
    return this;
  }

  /**
   * @throws IllegalArgumentException if a value is out of its range
   */
  public TrainingSettings build() {
    return new TrainingSettings(
        mode,
        featuresBatchNorm,
        shape,
        compute,
        epochs,
        batchSize,
        optimiser,
        schedule,
        lossScale,
        loss,
        augmentation,
        earlyStoppingPatience,
        keptEpoch,
        rounds,
        seed);
  }
}
