package org.genrewise.training;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.genrewise.network.Precision;
import org.genrewise.network.Width;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
  private static final int INPUT_SIZE = 32;

  @TempDir Path directory;

  @Test
  void learnsWhatBandsTellApart() throws IOException {
    try (SliceStore store = SyntheticSlices.store(directory, 240, 1)) {
      LabelledPictures training = SyntheticSlices.pictures(store, INPUT_SIZE, 0, 180);
      LabelledPictures validation = SyntheticSlices.pictures(store, INPUT_SIZE, 180, 240);
      Trainer trainer =
          new Trainer(
              settings(5, 0.01), new ProgressLine(System.out::println, Duration.ofSeconds(1)));
      ComputationGraph network = trainer.newNetwork(SyntheticSlices.CLASSES, training);
      TrainingResult result = trainer.train(network, training, validation);
      assertTrue(result.best().validationAccuracy() > 0.9, result.toString());
    }
  }

  static TrainingSettings settings(int epochs, double learningRate) {
    return new TrainingSettings(
        Precision.FLOAT32,
        Width.parse("1/8"),
        INPUT_SIZE,
        0.2,
        epochs,
        12,
        learningRate,
        LearningRateSchedule.CONSTANT,
        0.9,
        ClassWeighting.BALANCED,
        0,
        7);
  }
}
