package org.genrewise.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.genrewise.training.augmentation.AugmentationSettings;
import org.genrewise.training.checkpoint.CheckpointException;
import org.genrewise.training.optimiser.OptimiserSettings;
import org.genrewise.training.optimiser.ScheduleSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings that are stopped, and go on. */
class ResumeTest {
  @TempDir Path directory;

  @Test
  void killedAtAnyMomentItEndsAsIfItHadNeverBeenStopped() throws Exception {
    Path undisturbed = directory.resolve("undisturbed");
    float[] expected = Killed.train(undisturbed);

    Path killed = directory.resolve("killed");
    int kills = 0;
    for (int delay = 0; delay < 5; delay++) {
      Process process = start(killed);
      awaitANewCheckpoint(killed, newest(killed), process);
      TimeUnit.MILLISECONDS.sleep(10L * delay);
      if (process.isAlive()) {
        process.destroyForcibly().waitFor();
        kills++;
      }
    }
    assertTrue(kills >= 3, kills + " kills");
    assertArrayEquals(expected, Killed.train(killed));
  }

  private static void awaitANewCheckpoint(Path folder, String newest, Process process)
      throws Exception {
    while (process.isAlive() && newest(folder).equals(newest)) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  /** Name of the newest checkpoint, whole or not. */
  private static String newest(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      return "";
    }
    List<Path> checkpoints = checkpoints(folder);
    return checkpoints.isEmpty()
        ? ""
        : checkpoints.get(checkpoints.size() - 1).getFileName().toString();
  }

  private static Process start(Path folder) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Killed.class.getName(),
            folder.toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  @Test
  void aDamagedCheckpointIsPassedOverForTheOneBefore() throws IOException {
    Path folder = directory.resolve("run");
    float[] expected = Killed.train(folder);
    List<Path> checkpoints = checkpoints(folder);
    Path last = checkpoints.get(checkpoints.size() - 1);
    Path vector = last.resolve("vector-00000.bin");
    byte[] bytes = Files.readAllBytes(vector);
    bytes[1000] ^= 1;
    Files.write(vector, bytes);

    try (SliceStore store = SyntheticSlices.store(directory, 60, 1);
        Training training = Killed.training(folder, store, Killed.settings().build())) {
      Optional<TrainingResult> result = training.resume();
      assertEquals(Killed.EPOCHS, result.orElseThrow().history().size());
      assertTrue(training.notes.get(0).contains("damaged"), training.notes.toString());
      assertArrayEquals(expected, training.parameters());
    }
  }

  @Test
  void otherSettingsAreRefusedByName() throws IOException {
    Path folder = directory.resolve("run");
    Killed.train(folder);
    TrainingSettings other =
        Killed.settings()
            .seed(99)
            .batchSize(11)
            .featuresBatchNorm(FeaturesBatchNorm.TRAINING)
            .build();
    try (SliceStore store = SyntheticSlices.store(directory, 60, 1);
        Training training = Killed.training(folder, store, other)) {
      CheckpointException refused =
          assertThrows(CheckpointException.class, () -> training.resume());
      assertTrue(refused.getMessage().contains("seed was 7, is 99"), refused.getMessage());
      assertTrue(refused.getMessage().contains("batch-size was 10, is 11"), refused.getMessage());
      assertTrue(
          refused.getMessage().contains("features-batch-norm was auto, is training"),
          refused.getMessage());
    }
  }

  @Test
  void moreEpochsGoOnWhereTheLastEnded() throws IOException {
    Path folder = directory.resolve("run");
    Killed.train(folder);
    TrainingSettings longer = Killed.settings().epochs(Killed.EPOCHS + 1).build();
    try (SliceStore store = SyntheticSlices.store(directory, 60, 1);
        Training training = Killed.training(folder, store, longer)) {
      assertEquals(Killed.EPOCHS + 1, training.resume().orElseThrow().history().size());
    }
  }

  @Test
  void withoutACheckpointThereIsNothingToGoOnFrom() throws IOException {
    try (SliceStore store = SyntheticSlices.store(directory, 60, 1);
        Training training =
            Killed.training(directory.resolve("none"), store, Killed.settings().build())) {
      assertTrue(training.resume().isEmpty());
    }
  }

  @Test
  void onlyTheLastCheckpointsAndTheBestAreKept() throws IOException {
    Path folder = directory.resolve("run");
    Killed.train(folder);
    assertTrue(checkpoints(folder).size() <= 3, checkpoints(folder).toString());
  }

  private static List<Path> checkpoints(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    }
  }

  /** The training that is killed: everything random is on. */
  public static final class Killed {
    static final int EPOCHS = 4;

    private Killed() {}

    public static void main(String[] arguments) throws IOException {
      train(Path.of(arguments[0]));
    }

    static TrainingSettingsBuilder settings() {
      OptimiserSettings d = OptimiserSettings.DEFAULT;
      return Training.small()
          .epochs(EPOCHS)
          .optimiser(
              new OptimiserSettings(
                  OptimiserSettings.Kind.ADAMW,
                  d.momentum(),
                  false,
                  d.beta1(),
                  d.beta2(),
                  d.epsilon(),
                  0.01,
                  1))
          .schedule(Training.schedule(ScheduleSettings.Kind.REDUCE_ON_PLATEAU, 0.001))
          .augmentation(new AugmentationSettings(0.5, 2, 1, 0.1, 1, 8, 0.4))
          .rounds(new RoundSettings(1, 2));
    }

    static Training training(Path folder, SliceStore store, TrainingSettings settings) {
      return new Training(
          settings,
          folder,
          SyntheticSlices.pictures(store, Training.INPUT_SIZE, 0, 45),
          SyntheticSlices.pictures(store, Training.INPUT_SIZE, 45, 60));
    }

    static float[] train(Path folder) throws IOException {
      Path scratch = Files.createDirectories(folder.resolveSibling("slices"));
      try (SliceStore store = SyntheticSlices.store(scratch, 60, 1);
          Training training = training(folder, store, settings().build())) {
        if (training.resume().isEmpty()) {
          training.run();
        }
        return training.parameters();
      }
    }
  }
}
