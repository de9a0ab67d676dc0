package org.genrewise.jobs.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.genrewise.device.DeviceChoice;
import org.genrewise.jobs.cli.UserException;
import org.genrewise.network.Precision;
import org.genrewise.network.Width;
import org.genrewise.training.KeptEpoch;
import org.genrewise.training.TrainingSettings;
import org.genrewise.training.optimiser.OptimiserSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilesOptionsTest {

  @Test
  void theDefaultsAreTheArticlesRowsOfTheWholeNetwork() {
    FilesSettings settings = settings();
    assertEquals(List.of(1, 10, 100), settings.counts());
    assertEquals(100, settings.mostFiles());
    assertEquals(Width.FULL, settings.width());
    assertEquals(224, settings.inputSize());
    TrainingSettings epoch = settings.epoch(Precision.FLOAT16);
    assertEquals(1, epoch.epochs());
    assertEquals(OptimiserSettings.Kind.SGD, epoch.optimiser().kind());
    assertEquals(Precision.FLOAT16, epoch.compute().precision());
    assertEquals(8, epoch.compute().microBatch(), "memory is that of whole batches");
  }

  @Test
  void trainingsDifferBySeedAlone() {
    AccuracySettings accuracy = settings("seed=5").accuracy();
    TrainingSettings first = accuracy.training(Precision.FLOAT32, 0);
    TrainingSettings third = accuracy.training(Precision.FLOAT32, 2);
    assertEquals(5, first.seed());
    assertEquals(7, third.seed());
    assertEquals(7, accuracy.split(2).seed());
    assertEquals(first, third.toBuilder().seed(5).build());
    assertEquals(KeptEpoch.LAST, first.keptEpoch(), "nothing is chosen by few validation files");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "counts=10,1|counts must be ascending",
        "counts=0|counts must be ascending numbers from 1",
        "counts=1,,3|counts = '1,,3': must be whole numbers",
        "counts=ten|must be whole numbers with commas",
        "width=2|width must be 1, 1/2",
        "input-size=100|100",
        "slice-seconds=0|0",
        "runs=0|runs must be at least 1, not 0",
        "batch-size=0|batch-size must be at least 1",
        "epoch-slices=-1|epoch-slices must be 0 (all) or more, not -1",
        "accuracy-runs=-1|accuracy-runs must be 0 (off) or more, not -1",
        "accuracy-epochs=0|epochs must be at least 1",
        "accuracy-learning-rate=0|learning-rate must be above 0",
        "test-share=0|test-share and validation-share must be above 0, not 0.0",
        "validation-share=1|leave something for training",
        "tempo=3|there is no setting 'tempo'"
      })
  void valuesOutOfTheirRangeAreRefused(String assignment, String message) {
    UserException refusal = assertThrows(UserException.class, () -> settings(assignment));
    assertTrue(refusal.getMessage().contains(message), refusal.getMessage());
  }

  @Test
  void everyDeviceAndPrecisionThatThereIsIsMeasured() {
    assertEquals(List.of("cpu float32"), texts(DeviceChoice.AUTO, false, false));
    assertEquals(List.of("cpu float32", "cpu float16"), texts(DeviceChoice.AUTO, false, true));
    assertEquals(
        List.of("cpu float32", "cuda float32", "cuda float16"),
        texts(DeviceChoice.AUTO, true, false));
    assertEquals(List.of("cpu float32"), texts(DeviceChoice.CPU, true, false));
    assertEquals(List.of("cuda float32", "cuda float16"), texts(DeviceChoice.CUDA, true, true));
  }

  private static List<String> texts(DeviceChoice asked, boolean gpu, boolean cpuFloat16) {
    return Combination.of(asked, gpu, cpuFloat16).stream().map(Combination::text).toList();
  }

  @Test
  void rowsHaveTheFilesThatThereAre() {
    assertEquals(List.of(1, 10, 96), LabelStage.counts(List.of(1, 10, 100), 96));
    assertEquals(List.of(1, 4), LabelStage.counts(List.of(1, 10, 100), 4));
    assertEquals(List.of(1, 10, 100), LabelStage.counts(List.of(1, 10, 100), 100));
  }

  @Test
  void someOfManyAreSpreadEvenly() {
    assertEquals(List.of(0, 2, 5, 7), Spread.over(10, 4));
    assertEquals(List.of(0, 1, 2), Spread.over(3, 10));
    assertEquals(List.of(0), Spread.over(96, 1));
  }

  private static FilesSettings settings(String... assignments) {
    return FilesOptions.of(FilesOptions.SCHEMA.resolve(Optional.empty(), List.of(assignments)));
  }
}
