package org.genrewise.training.optimiser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class SettingsTest {

  @Test
  void everySettingIsKnownByItsNameInConfiguration() {
    assertEquals(
        "{optimiser=sgd, momentum=0.9, nesterov=false, adam-beta1=0.9, adam-beta2=0.999,"
            + " adam-epsilon=1.0E-8, weight-decay=0.0, gradient-clipping=0.0}",
        OptimiserSettings.DEFAULT.asMap().toString());
    assertEquals(
        "{loss-scaling=dynamic, loss-scale=65536.0, loss-scale-growth-steps=2000,"
            + " loss-scale-patience=25}",
        LossScaleSettings.DEFAULT.asMap().toString());
    assertEquals(
        "{learning-rate=0.001, learning-rate-schedule=reduce-on-plateau, warm-up-epochs=0.0,"
            + " step-epochs=10, step-factor=0.1, plateau-patience=5, plateau-threshold=0.001,"
            + " minimum-learning-rate=0.0}",
        ScheduleSettings.DEFAULT.asMap().toString());
  }

  @Test
  void refusalsNameTheSettingItsValueAndWhatIsAllowed() {
    assertRefused("momentum must be from 0 to below 1, not 1.0", () -> sgd(1, false, 0, 0));
    assertRefused(
        "momentum must be from 0 to below 1, not NaN", () -> sgd(Double.NaN, false, 0, 0));
    assertRefused(
        "nesterov must be false where momentum is 0, but it is true", () -> sgd(0, true, 0, 0));
    assertRefused("weight-decay must be 0 (off) or more, not -0.1", () -> sgd(0.9, false, -0.1, 0));
    assertRefused(
        "gradient-clipping must be 0 (off) or more, not Infinity",
        () -> sgd(0.9, false, 0, Double.POSITIVE_INFINITY));
    assertRefused("adam-beta1 must be from 0 to below 1, not 1.0", () -> adamW(1, 0.999, 1e-8));
    assertRefused("adam-beta2 must be from 0 to below 1, not -0.5", () -> adamW(0.9, -0.5, 1e-8));
    assertRefused("adam-epsilon must be from 1e-30 to 1, not 0.0", () -> adamW(0.9, 0.999, 0));
    assertRefused(
        "loss-scale must be 1 or more, not 0.5", () -> new LossScaleSettings(true, 0.5, 1, 1));
    assertRefused(
        "loss-scale-growth-steps must be at least 1, not 0",
        () -> new LossScaleSettings(true, 1, 0, 1));
    assertRefused(
        "loss-scale-patience must be at least 1, not 0",
        () -> new LossScaleSettings(true, 1, 1, 0));
  }

  @Test
  void refusalsOfSchedulesToo() {
    assertRefused("learning-rate must be above 0, not 0.0", () -> schedule(0, 0, 1, 0.1, 0, 0));
    assertRefused(
        "warm-up-epochs must be 0 (off) or more, not -1.0", () -> schedule(1, -1, 1, 0.1, 0, 0));
    assertRefused("step-epochs must be at least 1, not 0", () -> schedule(1, 0, 0, 0.1, 0, 0));
    assertRefused(
        "step-factor must be above 0 and below 1, not 1.0", () -> schedule(1, 0, 1, 1, 0, 0));
    assertRefused(
        "plateau-threshold must be from 0 to below 1, not 1.0", () -> schedule(1, 0, 1, 0.1, 1, 0));
    assertRefused(
        "minimum-learning-rate must be from 0 to learning-rate, 1.0, not 2.0",
        () -> schedule(1, 0, 1, 0.1, 0, 2));
    assertRefused(
        "plateau-patience must be 0 or more, not -1",
        () -> new ScheduleSettings(ScheduleSettings.Kind.STEP, 1, 0, 1, 0.1, -1, 0, 0));
  }

  private static void sgd(double momentum, boolean nesterov, double decay, double clipping) {
    new OptimiserSettings(
        OptimiserSettings.Kind.SGD, momentum, nesterov, 0.9, 0.999, 1e-8, decay, clipping);
  }

  private static void adamW(double beta1, double beta2, double epsilon) {
    new OptimiserSettings(OptimiserSettings.Kind.ADAMW, 0.9, false, beta1, beta2, epsilon, 0, 0);
  }

  private static void schedule(
      double rate, double warmUp, int step, double factor, double threshold, double minimum) {
    new ScheduleSettings(
        ScheduleSettings.Kind.STEP, rate, warmUp, step, factor, 0, threshold, minimum);
  }

  private static void assertRefused(String message, Executable made) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, made).getMessage());
  }
}
