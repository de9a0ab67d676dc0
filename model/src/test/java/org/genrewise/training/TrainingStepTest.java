package org.genrewise.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.genrewise.network.BatchNormMode;
import org.genrewise.network.GraphOptions;
import org.genrewise.network.NetworkSettings;
import org.genrewise.network.ParameterTable;
import org.genrewise.network.Precision;
import org.genrewise.network.TrainingNetwork;
import org.genrewise.network.Width;
import org.genrewise.picture.ImageFormat;
import org.genrewise.training.optimiser.LossScaleSettings;
import org.genrewise.training.optimiser.LossScaler;
import org.genrewise.training.optimiser.TrainingDivergedException;
import org.junit.jupiter.api.Test;

class TrainingStepTest {
  static final NetworkSettings SHAPE =
      new ShapeSettings(Width.parse("1/16"), 32, 0, ImageFormat.LOSSLESS).network(3);

  @Test
  void aStepWhoseScaleOverflowsIsSkippedAndChangesNothing() {
    TrainingSettings settings =
        float16().lossScale(new LossScaleSettings(true, 0x1p60, 2000, 5)).build();
    try (TrainingNetwork network = network(Precision.FLOAT16);
        TrainingStep step = new TrainingStep(network, settings, TrainingListener.NONE)) {
      float[] before = step.vectors().chunk(0);
      Totals totals = step.learn(batch(6, 1), 0, 0.01, 1);

      assertEquals(1, totals.skipped());
      assertEquals(0x1p59, step.scaler().scale());
      assertArrayEquals(before, step.vectors().chunk(0));
    }
  }

  @Test
  void anOverflowingScaleBacksOffUntilTheNetworkLearns() {
    TrainingSettings settings =
        float16().lossScale(new LossScaleSettings(true, 0x1p40, 2000, 5)).build();
    try (TrainingNetwork network = network(Precision.FLOAT16);
        TrainingStep step = new TrainingStep(network, settings, TrainingListener.NONE)) {
      int skipped = 0;
      double first = 0;
      double last = 0;
      for (int i = 1; i <= 60; i++) {
        Totals totals = step.learn(batch(12, 3), i, 0.01, i);
        skipped += totals.skipped();
        if (totals.skipped() == 0) {
          first = first == 0 ? totals.meanLoss() : first;
          last = totals.meanLoss();
        }
      }
      assertTrue(skipped > 3 && skipped < 40, skipped + " skipped");
      assertEquals(0x1p40 / Math.pow(2, skipped), step.scaler().scale());
      assertTrue(last < first / 2, first + " to " + last);
    }
  }

  /** The parts hold the same pictures, so that batch norm sees the same in each. */
  @Test
  void microBatchesAddUpToTheBatch() {
    Batch twice = repeated(batch(3, 5), 2);
    requireTheSameStep(twice, 6, 3, Training.small().build());
  }

  @Test
  void whereStatisticsAreConstantMicroBatchesOfAnyPicturesAddUp() {
    TrainingSettings settings =
        Training.small()
            .mode(Mode.FINE_TUNE)
            .featuresBatchNorm(FeaturesBatchNorm.EVALUATION)
            .build();
    requireTheSameStep(batch(7, 5), 7, 2, settings);
  }

  private static void requireTheSameStep(
      Batch batch, int one, int other, TrainingSettings settings) {
    float[] begin = parametersAfter(batch, one, 0, settings);
    float[] whole = parametersAfter(batch, one, 0.01, settings);
    float[] parts = parametersAfter(batch, other, 0.01, settings);
    boolean biasLearns = settings.featuresBatchNorm() == FeaturesBatchNorm.EVALUATION;
    for (ParameterTable.Entry entry : ParameterTable.of(SHAPE).entries()) {
      // the unbiased variance depends on how many there are
      if (entry.kind() != ParameterTable.Kind.STATISTIC
          && (biasLearns || !entry.key().equals("bias"))) {
        double difference = 0;
        double change = 0;
        for (int i = (int) entry.offset(); i < entry.offset() + entry.length(); i++) {
          difference += Math.pow(parts[i] - whole[i], 2);
          change += Math.pow(whole[i] - begin[i], 2);
        }
        String name = entry.vertex() + "." + entry.key();
        assertTrue(change > 0, name);
        assertEquals(0, Math.sqrt(difference / change), 0.02, name);
      }
    }
  }

  @Test
  void memoryThatRunsOutHalvesTheMicroBatchAndTheStepGoesOn() {
    MicroBatch microBatch = new MicroBatch(8);
    assertTrue(microBatch.halve(8));
    assertEquals(4, microBatch.size());
    assertTrue(microBatch.halve(3));
    assertEquals(1, microBatch.size());
    assertFalse(microBatch.halve(3));
  }

  @Test
  void aShortageIsFoundBehindWhatDeeplearning4jWrapsItIn() {
    OutOfMemoryError shortage = new OutOfMemoryError("Physical memory usage is too high");
    RuntimeException wrapped = new RuntimeException("Error during backpropagation", shortage);
    assertSame(shortage, NotEnoughMemoryException.cause(wrapped).orElseThrow());
    assertTrue(NotEnoughMemoryException.cause(new RuntimeException("other")).isEmpty());
  }

  @Test
  void theMicroBatchIsWhatTheFreeMemoryHolds() {
    long[] used = {1000};
    List<Integer> passes = new ArrayList<>();
    MicroBatch measured =
        MicroBatch.measured(
            32,
            pictures -> {
              passes.add(pictures);
              used[0] = 1000 + 100L * pictures;
            },
            () -> used[0],
            () -> 1000);
    // 80 % of 1000 bytes hold 8 pictures more than the 2 that were measured; 32 in 4 parts of 8
    assertEquals(8, measured.size());
    assertEquals(List.of(1, 1, 2, 2), passes);
    assertEquals(32, MicroBatch.measured(32, p -> {}, () -> 0, () -> Long.MAX_VALUE / 2).size());
    // two were tried, so two fit
    assertEquals(2, MicroBatch.measured(32, p -> {}, () -> 0, () -> 0).size());
  }

  @Test
  void float32HasNoLossScale() {
    LossScaler scaler = TrainingStep.scaler(TrainingSettings.DEFAULT);
    assertEquals(1, scaler.scale());
    assertThrows(TrainingDivergedException.class, () -> scaler.update(false));
  }

  private static float[] parametersAfter(
      Batch batch, int microBatch, double rate, TrainingSettings settings) {
    try (TrainingNetwork network = new TrainingNetwork(SHAPE, settings.graphOptions(), 3);
        TrainingStep step = new TrainingStep(network, settings, TrainingListener.NONE)) {
      step.microBatch(new MicroBatch(microBatch));
      step.learn(batch, 0, rate, 1);
      return network.parameters().toFloatVector();
    }
  }

  private static TrainingSettingsBuilder float16() {
    return Training.small()
        .compute(new ComputeSettings(Precision.FLOAT16, GraphOptions.Recompute.NONE, 0));
  }

  private static TrainingNetwork network(Precision precision) {
    return new TrainingNetwork(
        SHAPE,
        new GraphOptions(precision, GraphOptions.Recompute.NONE, false, BatchNormMode.TRAINING),
        3);
  }

  static Batch batch(int count, long seed) {
    Random random = new Random(seed);
    float[] pictures = new float[count * 32 * 32 * 3];
    float[] targets = new float[count * 3];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = i % 3;
      targets[i * 3 + labels[i]] = 1;
      for (int j = 0; j < 32 * 32 * 3; j++) {
        boolean band = j / (32 * 3) / 11 == labels[i];
        pictures[i * 32 * 32 * 3 + j] = (band ? 0.5f : -0.5f) + 0.3f * random.nextFloat();
      }
    }
    return new Batch(pictures, targets, labels);
  }

  private static Batch repeated(Batch some, int times) {
    float[] pictures = new float[times * some.pictures().length];
    float[] targets = new float[times * some.targets().length];
    int[] labels = new int[times * some.count()];
    for (int i = 0; i < times; i++) {
      copy(some.pictures(), pictures, i);
      copy(some.targets(), targets, i);
      System.arraycopy(some.labels(), 0, labels, i * some.count(), some.count());
    }
    return new Batch(pictures, targets, labels);
  }

  private static void copy(float[] from, float[] to, int time) {
    System.arraycopy(from, 0, to, time * from.length, from.length);
  }
}
