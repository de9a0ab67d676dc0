package org.genrewise.jobs.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.genrewise.device.Device;
import org.genrewise.jobs.cli.UserException;
import org.genrewise.jobs.settings.Settings;
import org.genrewise.network.Precision;
import org.genrewise.training.FeaturesBatchNorm;
import org.genrewise.training.TrainingSettings;
import org.junit.jupiter.api.Test;

class TrainOptionsTest {

  /** Another value than the default, for every setting of a training. */
  private static final Map<String, String> OTHERS =
      Map.ofEntries(
          Map.entry("precision", "float16"),
          Map.entry("recompute", "blocks"),
          Map.entry("micro-batch", "3"),
          Map.entry("mode", "fine-tune"),
          Map.entry("features-batch-norm", "training"),
          Map.entry("width", "1/8"),
          Map.entry("input-size", "64"),
          Map.entry("dropout", "0.25"),
          Map.entry("image-format", "jpeg"),
          Map.entry("epochs", "7"),
          Map.entry("batch-size", "9"),
          Map.entry("optimiser", "adamw"),
          Map.entry("momentum", "0.8"),
          Map.entry("nesterov", "true"),
          Map.entry("adam-beta1", "0.8"),
          Map.entry("adam-beta2", "0.99"),
          Map.entry("adam-epsilon", "0.001"),
          Map.entry("weight-decay", "0.1"),
          Map.entry("gradient-clipping", "2"),
          Map.entry("learning-rate", "0.1"),
          Map.entry("learning-rate-schedule", "cosine"),
          Map.entry("warm-up-epochs", "3"),
          Map.entry("step-epochs", "4"),
          Map.entry("step-factor", "0.5"),
          Map.entry("plateau-patience", "2"),
          Map.entry("plateau-threshold", "0.01"),
          Map.entry("minimum-learning-rate", "0.0001"),
          Map.entry("loss-scaling", "static"),
          Map.entry("loss-scale", "128"),
          Map.entry("loss-scale-growth-steps", "100"),
          Map.entry("loss-scale-patience", "5"),
          Map.entry("class-weighting", "none"),
          Map.entry("label-smoothing", "0.1"),
          Map.entry("time-shift", "0.5"),
          Map.entry("frequency-shift", "3"),
          Map.entry("time-masks", "1"),
          Map.entry("time-mask-width", "0.2"),
          Map.entry("frequency-masks", "2"),
          Map.entry("frequency-mask-width", "5"),
          Map.entry("mixup", "0.3"),
          Map.entry("early-stopping-patience", "6"),
          Map.entry("kept-epoch", "last"),
          Map.entry("replicas", "2"),
          Map.entry("round-steps", "10"),
          Map.entry("seed", "1"));

  @Test
  void everySettingReachesTheTraining() {
    Map<String, String> defaults = training().asMap();
    assertEquals(defaults.keySet(), OTHERS.keySet());
    OTHERS.forEach(
        (name, value) ->
            assertNotEquals(
                defaults.get(name), training(name + "=" + value).asMap().get(name), name));
  }

  @Test
  void theDefaultsAreTheTrainings() {
    assertEquals(TrainingSettings.DEFAULT, training());
  }

  @Test
  void theDeviceDecidesThePrecisionIfTheUserDoesNot() {
    Settings auto = TrainOptions.SCHEMA.resolve(Optional.empty(), List.of());
    assertEquals(Precision.FLOAT32, precision(auto, Device.Kind.CPU));
    assertEquals(Precision.FLOAT16, precision(auto, Device.Kind.CUDA));
    Settings chosen = TrainOptions.SCHEMA.resolve(Optional.empty(), List.of("precision=float32"));
    assertEquals(Precision.FLOAT32, precision(chosen, Device.Kind.CUDA));
  }

  private static Precision precision(Settings settings, Device.Kind device) {
    return TrainOptions.training(settings, device).compute().precision();
  }

  @Test
  void whatIsOutOfRangeIsNamed() {
    UserException epochs = assertThrows(UserException.class, () -> training("epochs=0"));
    assertTrue(epochs.getMessage().contains("epochs must be at least 1"), epochs.getMessage());
    assertThrows(UserException.class, () -> training("warm-up-epochs=50"));
    assertThrows(UserException.class, () -> training("micro-batch=0"));
    assertThrows(UserException.class, () -> training("micro-batch=99"));
  }

  @Test
  void evaluationStatisticsNeedAnInitialModel() {
    String evaluation = "features-batch-norm=evaluation";
    UserException refused = assertThrows(UserException.class, () -> training(evaluation));
    assertTrue(
        refused.getMessage().contains("features-batch-norm = evaluation"), refused.getMessage());
    assertTrue(refused.getMessage().contains("mode = scratch"), refused.getMessage());
    assertTrue(refused.getMessage().contains("give mode = fine-tune"), refused.getMessage());
    for (String mode : List.of("fine-tune", "linear-probe")) {
      assertEquals(
          FeaturesBatchNorm.EVALUATION, training(evaluation, "mode=" + mode).featuresBatchNorm());
    }
  }

  private static TrainingSettings training(String... assignments) {
    Settings settings = TrainOptions.SCHEMA.resolve(Optional.empty(), List.of(assignments));
    return TrainOptions.training(settings, Device.Kind.CPU);
  }
}
