package org.genrewise.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.typesafe.config.Config;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.genrewise.network.BatchNormReference;
import org.genrewise.network.GraphOptions.Recompute;
import org.genrewise.network.ParameterTable.Entry;
import org.genrewise.network.ParameterTable.Kind;
import org.genrewise.network.Precision;
import org.genrewise.network.PyTorchParameters;
import org.genrewise.network.PyTorchReference;
import org.genrewise.network.TrainingNetwork;
import org.genrewise.network.Width;
import org.genrewise.picture.ImageFormat;
import org.genrewise.training.optimiser.LossScaleSettings;
import org.genrewise.training.optimiser.OptimiserSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of the features a step of a linear probe changes. */
class LinearProbeTest {
  private static final PyTorchParameters PARAMETERS =
      new PyTorchParameters(PyTorchReference.SETTINGS);

  @Test
  void batchStatisticsMoveTheRunningOnesAsInPyTorchAndNothingElseOfTheFeatures() {
    Config theirs = BatchNormReference.linearProbe();
    TrainingSettings settings =
        probe(Precision.FLOAT32, Recompute.NONE, FeaturesBatchNorm.TRAINING)
            .batchSize(4)
            .optimiser(sgd(theirs.getDouble("weight_decay")))
            .build();
    try (TrainingNetwork network =
            new TrainingNetwork(PyTorchReference.SETTINGS, settings.graphOptions(), 1);
        TrainingStep step = new TrainingStep(network, settings, TrainingListener.NONE)) {
      PyTorchReference.load(network.graph());
      Map<String, float[]> before = read(network);
      Batch batch =
          new Batch(
              PyTorchReference.values(), PyTorchReference.targets(), PyTorchReference.labels());
      Totals totals = step.learn(batch, 0, theirs.getDouble("rate"), 1);

      assertEquals(theirs.getDouble("loss"), totals.meanLoss(), 1e-4);
      read(network)
          .forEach(
              (name, after) -> {
                if (theirs.hasPath(path(name))) {
                  assertFalse(Arrays.equals(before.get(name), after), name);
                  BatchNormReference.assertClose(theirs.getConfig(path(name)), after, 1e-5, name);
                } else {
                  assertArrayEquals(before.get(name), after, name);
                }
              });
    }
  }

  private static String path(String name) {
    return "after.\"" + name + "\"";
  }

  private static Map<String, float[]> read(TrainingNetwork network) {
    Map<String, float[]> values = new LinkedHashMap<>();
    for (String name : PARAMETERS.shapes().keySet()) {
      values.put(name, PARAMETERS.read(network.graph(), name));
    }
    return values;
  }

  /** Nothing, in evaluation mode; otherwise the statistics, the same whatever is recomputed. */
  @ParameterizedTest
  @CsvSource({
    "FLOAT32, AUTO",
    "FLOAT32, TRAINING",
    "FLOAT32, EVALUATION",
    "FLOAT16, AUTO",
    "FLOAT16, TRAINING",
    "FLOAT16, EVALUATION"
  })
  void onlyStatisticsMoveAndOnlyWhereBatchesAreAskedFor(
      Precision precision, FeaturesBatchNorm batchNorm) {
    float[] plain = learnt(probe(precision, Recompute.NONE, batchNorm).build(), batchNorm);
    float[] blocks = learnt(probe(precision, Recompute.BLOCKS, batchNorm).build(), batchNorm);
    assertArrayEquals(plain, blocks);
  }

  private static float[] learnt(TrainingSettings settings, FeaturesBatchNorm batchNorm) {
    try (TrainingNetwork network =
            new TrainingNetwork(TrainingStepTest.SHAPE, settings.graphOptions(), 3);
        TrainingStep step = new TrainingStep(network, settings, TrainingListener.NONE)) {
      step.microBatch(new MicroBatch(4));
      float[] before = network.parameters().toFloatVector();
      for (int i = 1; i <= 2; i++) {
        assertEquals(0, step.learn(TrainingStepTest.batch(12, 5), i, 0.01, i).skipped());
      }
      float[] after = network.parameters().toFloatVector();
      for (Entry entry : network.table().entries()) {
        int from = (int) entry.offset();
        int to = from + (int) entry.length();
        boolean moves =
            !entry.isFeature()
                || (batchNorm == FeaturesBatchNorm.TRAINING && entry.kind() == Kind.STATISTIC);
        assertEquals(
            moves,
            !Arrays.equals(before, from, to, after, from, to),
            entry.vertex() + "." + entry.key());
      }
      return after;
    }
  }

  /** No gradient passes through frozen convolutions, so the loss has to tell that they overflow. */
  @ParameterizedTest
  @CsvSource({
    "features.0, weight",
    "features.0, gamma",
    "features.27, weight",
    "features.49, gamma"
  })
  void aBatchThatOverflowsInsideTheFeaturesIsSkippedAndMovesNoStatistic(String vertex, String key) {
    TrainingSettings settings =
        probe(Precision.FLOAT16, Recompute.NONE, FeaturesBatchNorm.TRAINING)
            .lossScale(new LossScaleSettings(true, 1024, 2000, 5))
            .build();
    try (TrainingNetwork network =
            new TrainingNetwork(TrainingStepTest.SHAPE, settings.graphOptions(), 3);
        TrainingStep step = new TrainingStep(network, settings, TrainingListener.NONE)) {
      network.table().entries().stream()
          .filter(entry -> entry.vertex().equals(vertex) && entry.key().equals(key))
          .forEach(entry -> network.parameters().putScalar(entry.offset(), 1e9));
      float[] before = network.parameters().toFloatVector();
      assertEquals(1, step.learn(TrainingStepTest.batch(6, 1), 0, 0.01, 1).skipped());
      assertArrayEquals(before, network.parameters().toFloatVector());
    }
  }

  private static TrainingSettingsBuilder probe(
      Precision precision, Recompute recompute, FeaturesBatchNorm batchNorm) {
    return TrainingSettingsBuilder.defaults()
        .mode(Mode.LINEAR_PROBE)
        .featuresBatchNorm(batchNorm)
        .shape(new ShapeSettings(Width.parse("1/16"), 32, 0, ImageFormat.LOSSLESS))
        .compute(new ComputeSettings(precision, recompute, 0))
        .batchSize(12)
        .optimiser(sgd(0.1));
  }

  private static OptimiserSettings sgd(double weightDecay) {
    OptimiserSettings d = OptimiserSettings.DEFAULT;
    return new OptimiserSettings(
        OptimiserSettings.Kind.SGD, 0.9, false, d.beta1(), d.beta2(), d.epsilon(), weightDecay, 0);
  }
}
