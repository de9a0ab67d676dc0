package org.genrewise.jobs.train;

import java.util.List;
import org.genrewise.jobs.settings.Setting;
import org.genrewise.jobs.settings.Settings;
import org.genrewise.training.optimiser.LossScaleSettings;
import org.genrewise.training.optimiser.OptimiserSettings;
import org.genrewise.training.optimiser.ScheduleSettings;

/** The settings of optimiser, learning rate and loss scale, as users name them. */
final class OptimiserOptions {
  private static final OptimiserSettings OPTIMISER_DEFAULT = OptimiserSettings.DEFAULT;
  private static final ScheduleSettings SCHEDULE_DEFAULT = ScheduleSettings.DEFAULT;
  private static final LossScaleSettings SCALE_DEFAULT = LossScaleSettings.DEFAULT;

  /** How the loss scale changes. */
  enum Scaling {
    DYNAMIC,
    STATIC
  }

  private static final Setting<OptimiserSettings.Kind> OPTIMISER =
      Setting.choice(
          "optimiser",
          OptimiserSettings.Kind.class,
          OPTIMISER_DEFAULT.kind(),
          "stochastic gradient descent with momentum, or Adam with decoupled weight decay");
  private static final Setting<Double> MOMENTUM =
      Setting.number("momentum", OPTIMISER_DEFAULT.momentum(), "0 to 1", "of sgd");
  private static final Setting<Boolean> NESTEROV =
      Setting.flag("nesterov", "whether the momentum of sgd is Nesterov's");
  private static final Setting<Double> BETA1 =
      Setting.number(
          "adam-beta1", OPTIMISER_DEFAULT.beta1(), "0 to 1", "decay of the mean gradient of adamw");
  private static final Setting<Double> BETA2 =
      Setting.number(
          "adam-beta2",
          OPTIMISER_DEFAULT.beta2(),
          "0 to 1",
          "decay of the mean squared gradient of adamw");
  private static final Setting<Double> EPSILON =
      Setting.number(
          "adam-epsilon",
          OPTIMISER_DEFAULT.epsilon(),
          "above 0",
          "added to the denominator of adamw");
  private static final Setting<Double> WEIGHT_DECAY =
      Setting.number(
          "weight-decay",
          OPTIMISER_DEFAULT.weightDecay(),
          "0 or more",
          "of weights; biases and batch norm have none");
  private static final Setting<Double> CLIPPING =
      Setting.number(
          "gradient-clipping",
          OPTIMISER_DEFAULT.gradientClipping(),
          "0 or more",
          "largest L2 norm of a gradient; 0 is off");
  private static final Setting<Double> LEARNING_RATE =
      Setting.number(
          "learning-rate",
          SCHEDULE_DEFAULT.learningRate(),
          "above 0",
          "before the schedule lowers it");
  private static final Setting<ScheduleSettings.Kind> SCHEDULE =
      Setting.choice(
          "learning-rate-schedule",
          ScheduleSettings.Kind.class,
          SCHEDULE_DEFAULT.kind(),
          "how the learning rate changes");
  private static final Setting<Double> WARM_UP =
      Setting.number(
          "warm-up-epochs",
          SCHEDULE_DEFAULT.warmUpEpochs(),
          "epochs",
          "in which the rate rises from near 0");
  private static final Setting<Integer> STEP_EPOCHS =
      Setting.whole(
          "step-epochs",
          SCHEDULE_DEFAULT.stepEpochs(),
          "epochs",
          "between two falls of the schedule step");
  private static final Setting<Double> FACTOR =
      Setting.number(
          "step-factor",
          SCHEDULE_DEFAULT.factor(),
          "0 to 1",
          "by which step and reduce-on-plateau lower the rate");
  private static final Setting<Integer> PLATEAU =
      Setting.whole(
          "plateau-patience",
          SCHEDULE_DEFAULT.patience(),
          "epochs",
          "without progress that reduce-on-plateau waits");
  private static final Setting<Double> THRESHOLD =
      Setting.number(
          "plateau-threshold",
          SCHEDULE_DEFAULT.threshold(),
          "0 to 1",
          "by which share a loss must fall to be progress");
  private static final Setting<Double> MINIMUM =
      Setting.number(
          "minimum-learning-rate", SCHEDULE_DEFAULT.minimum(), "0 or more", "where cosine ends");
  private static final Setting<Scaling> SCALING =
      Setting.choice(
          "loss-scaling",
          Scaling.class,
          SCALE_DEFAULT.dynamic() ? Scaling.DYNAMIC : Scaling.STATIC,
          "whether the loss scale of float16 follows what the gradients allow");
  private static final Setting<Double> SCALE =
      Setting.number(
          "loss-scale", SCALE_DEFAULT.initial(), "1 or more", "with which float16 starts");
  private static final Setting<Integer> GROWTH =
      Setting.whole(
          "loss-scale-growth-steps",
          SCALE_DEFAULT.growthSteps(),
          "steps",
          "without an overflow before the scale is doubled");
  private static final Setting<Integer> SCALE_PATIENCE =
      Setting.whole(
          "loss-scale-patience",
          SCALE_DEFAULT.patience(),
          "steps",
          "skipped in a row at scale 1 before training is given up");

  static final List<Setting<?>> ALL =
      List.of(
          OPTIMISER,
          MOMENTUM,
          NESTEROV,
          BETA1,
          BETA2,
          EPSILON,
          WEIGHT_DECAY,
          CLIPPING,
          LEARNING_RATE,
          SCHEDULE,
          WARM_UP,
          STEP_EPOCHS,
          FACTOR,
          PLATEAU,
          THRESHOLD,
          MINIMUM,
          SCALING,
          SCALE,
          GROWTH,
          SCALE_PATIENCE);

  private OptimiserOptions() {}

  static OptimiserSettings optimiser(Settings settings) {
    return new OptimiserSettings(
        settings.value(OPTIMISER),
        settings.value(MOMENTUM),
        settings.value(NESTEROV),
        settings.value(BETA1),
        settings.value(BETA2),
        settings.value(EPSILON),
        settings.value(WEIGHT_DECAY),
        settings.value(CLIPPING));
  }

  static ScheduleSettings schedule(Settings settings) {
    return new ScheduleSettings(
        settings.value(SCHEDULE),
        settings.value(LEARNING_RATE),
        settings.value(WARM_UP),
        settings.value(STEP_EPOCHS),
        settings.value(FACTOR),
        settings.value(PLATEAU),
        settings.value(THRESHOLD),
        settings.value(MINIMUM));
  }

  static LossScaleSettings lossScale(Settings settings) {
    return new LossScaleSettings(
        settings.value(SCALING) == Scaling.DYNAMIC,
        settings.value(SCALE),
        settings.value(GROWTH),
        settings.value(SCALE_PATIENCE));
  }
}
