package org.genrewise.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.genrewise.inference.CompiledNetwork;
import org.genrewise.inference.Labeller;
import org.genrewise.network.PyTorchParameters;
import org.genrewise.network.Width;
import org.genrewise.picture.ImageFormat;
import org.genrewise.picture.PictureRenderer;
import org.genrewise.picture.Slice;
import org.genrewise.training.optimiser.ScheduleSettings;
import org.genrewise.training.optimiser.TrainingDivergedException;
import org.genrewise.weights.FloatSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
  private static final int INPUT_SIZE = Training.INPUT_SIZE;

  @TempDir Path directory;
  private SliceStore store;
  private LabelledPictures many;
  private LabelledPictures few;
  private LabelledPictures validation;
  private int runs;

  @BeforeEach
  void makeSlices() throws IOException {
    store = SyntheticSlices.store(directory, 210, 1);
    many = SyntheticSlices.pictures(store, INPUT_SIZE, 0, 150);
    few = SyntheticSlices.pictures(store, INPUT_SIZE, 0, 26);
    validation = SyntheticSlices.pictures(store, INPUT_SIZE, 180, 210);
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  @Test
  void learnsToTellBandsApartAndLabelsNewSlices() throws IOException {
    TrainingSettings settings =
        Training.small()
            .shape(new ShapeSettings(Width.parse("1/8"), INPUT_SIZE, 0, ImageFormat.LOSSLESS))
            .loss(new LossSettings(ClassWeighting.NONE, 0))
            .schedule(Training.constant(0.01))
            .epochs(5)
            .build();
    try (Training training = training(settings, many)) {
      TrainingResult result = training.run();

      assertTrue(result.kept().validationAccuracy() > 0.9, result.toString());
      assertTrue(
          result.history().get(4).trainingLoss() < result.history().get(0).trainingLoss() / 2,
          result.toString());
      Labeller labeller =
          new Labeller(
              CompiledNetwork.of(training.replica.network().graph(), training.shape),
              List.of("low", "middle", "high"),
              4);
      Random random = new Random(77);
      for (int label = 0; label < Training.CLASSES; label++) {
        List<Slice> slices = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
          byte[] indices = SyntheticSlices.slice(label, random);
          slices.add(
              new Slice(
                  i, i, SyntheticSlices.BINS, SyntheticSlices.FRAMES, indices, -80, 0, false));
        }
        assertEquals(labeller.classes().get(label), labeller.label(slices).label());
      }
    }
  }

  @Test
  void validationIsInEvaluationModeWithTheWeightsOfTheClasses() throws IOException {
    int[] uneven = {0, 1, 2, 3, 6, 9, 12, 15, 18, 21, 24, 27};
    LabelledPictures pictures = new StoredPictures(store, uneven, new PictureRenderer(INPUT_SIZE));
    try (Training training = training(Training.small().epochs(2).build(), pictures)) {
      TrainingResult result = training.run();

      float[] weights = {12f / (3 * 10), 12f / 3, 12f / 3};
      CompiledNetwork compiled =
          CompiledNetwork.of(training.replica.network().graph(), training.shape);
      double loss = 0;
      double total = 0;
      double hits = 0;
      for (int i = 0; i < validation.size(); i++) {
        float[] picture = new float[INPUT_SIZE * INPUT_SIZE * 3];
        validation.draw(i, SliceTransform.NONE, picture, 0);
        float[] p = compiled.probabilities(picture, 1);
        int label = validation.label(i);
        loss -= weights[label] * Math.log(p[label]);
        total += weights[label];
        hits += p[label] == Math.max(p[0], Math.max(p[1], p[2])) ? 1 : 0;
      }
      assertEquals(loss / total, result.kept().validationLoss(), 1e-3);
      assertEquals(hits / validation.size(), result.kept().validationAccuracy());
    }
  }

  @Test
  void theSameSeedGivesTheSameNetworkBitForBit() throws IOException {
    TrainingSettingsBuilder settings = Training.small().epochs(2).schedule(Training.constant(0.01));
    float[] first = parametersAfter(settings.build());

    assertArrayEquals(first, parametersAfter(settings.build()));
    assertFalse(Arrays.equals(first, parametersAfter(settings.seed(8).build())));
  }

  @Test
  void theBestEpochIsKeptThoughLaterOnesAreWorse() throws IOException {
    Training[] training = new Training[1];
    List<float[]> parameters = new ArrayList<>();
    TrainingListener spoiler =
        new TrainingListener() {
          @Override
          public void stepEnded(TrainingProgress progress) {
            if (progress.epoch() > 2) {
              spoil(training[0]);
            }
          }

          @Override
          public void epochEnded(EpochResult result) {
            parameters.add(training[0].parameters());
          }
        };
    training[0] = training(Training.small().epochs(5).build(), few, spoiler);
    try (Training run = training[0]) {
      TrainingResult result = run.run();

      EpochResult lowest =
          result.history().stream()
              .min(Comparator.comparingDouble(EpochResult::validationLoss))
              .orElseThrow();
      assertEquals(5, result.history().size());
      assertEquals(lowest, result.kept());
      assertTrue(result.keptEpoch() <= 2, result.toString());
      assertArrayEquals(parameters.get(result.keptEpoch() - 1), training[0].parameters());
    }
  }

  @Test
  void theLastEpochIsKeptWhereThatIsAskedFor() throws IOException {
    Training[] training = new Training[1];
    training[0] =
        training(
            Training.small().epochs(3).keptEpoch(KeptEpoch.LAST).build(),
            few,
            spoiledFromEpoch(2, training));
    try (Training run = training[0]) {
      TrainingResult result = run.run();

      assertEquals(3, result.keptEpoch());
      assertTrue(result.kept().validationLoss() > result.history().get(0).validationLoss());
    }
  }

  @Test
  void theLearningRateFallsOnAPlateau() throws IOException {
    Training[] training = new Training[1];
    training[0] =
        training(
            Training.small()
                .epochs(8)
                .schedule(Training.schedule(ScheduleSettings.Kind.REDUCE_ON_PLATEAU, 0.001))
                .build(),
            SyntheticSlices.pictures(store, INPUT_SIZE, 0, 12),
            spoiledFromEpoch(2, training));
    try (Training run = training[0]) {
      TrainingResult result = run.run();

      assertEquals(1, result.keptEpoch(), result.toString());
      assertEquals(0.001, result.history().get(6).learningRate());
      assertEquals(0.0001, result.history().get(7).learningRate(), 1e-12);
    }
  }

  @Test
  void trainingEndsEarlyWhenPatienceIsOver() throws IOException {
    Training[] training = new Training[1];
    training[0] =
        training(
            Training.small().epochs(9).earlyStoppingPatience(2).build(),
            few,
            spoiledFromEpoch(2, training));
    try (Training run = training[0]) {
      TrainingResult result = run.run();

      assertEquals(result.keptEpoch() + 2, result.history().size(), result.toString());
    }
  }

  @Test
  void aLossThatIsNoNumberEndsTraining() {
    TrainingSettings settings =
        Training.small().epochs(4).schedule(Training.constant(1e12)).build();
    try (Training training = training(settings, few)) {
      TrainingDivergedException diverged =
          assertThrows(TrainingDivergedException.class, training::run);

      assertTrue(diverged.getMessage().contains("learning"), diverged.getMessage());
    }
  }

  @Test
  void everyPictureIsLearntOnceAnEpochAndProgressIsTold() throws IOException {
    List<TrainingProgress> steps = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    List<Integer> drawn = Collections.synchronizedList(new ArrayList<>());
    LabelledPictures counted =
        new LabelledPictures() {
          @Override
          public int size() {
            return few.size();
          }

          @Override
          public int label(int picture) {
            return few.label(picture);
          }

          @Override
          public void draw(int picture, SliceTransform transform, float[] target, int offset)
              throws IOException {
            drawn.add(picture);
            few.draw(picture, transform, target, offset);
          }
        };
    ProgressLine told = new ProgressLine(lines::add, Duration.ZERO);
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void stepEnded(TrainingProgress progress) {
            steps.add(progress);
            told.stepEnded(progress);
          }

          @Override
          public void epochEnded(EpochResult result) {
            told.epochEnded(result);
          }
        };
    try (Training training = training(Training.small().epochs(2).build(), counted, listener)) {
      training.run();
    }

    // 26 pictures in batches of 10 at most: three batches of 8, 9 and 9
    assertEquals(
        List.of(8L, 17L, 26L, 8L, 17L, 26L),
        steps.stream().map(TrainingProgress::pictures).toList());
    assertEquals(0, steps.get(5).secondsLeft());
    assertEquals(8, lines.size());
    assertTrue(lines.get(7).startsWith("epoch 2: loss "), lines.get(7));
    List<Integer> firstEpoch = drawn.subList(0, 26);
    List<Integer> secondEpoch = drawn.subList(26, 52);
    assertEquals(26, firstEpoch.stream().distinct().count());
    assertEquals(26, secondEpoch.stream().distinct().count());
    assertFalse(firstEpoch.equals(secondEpoch), "both epochs had the same order");
  }

  @Test
  void aPictureThatCannotBeReadEndsTraining() throws IOException {
    try (Training training = training(Training.small().epochs(1).build(), few)) {
      store.close();

      assertThrows(IOException.class, training::run);
    }
  }

  @Test
  void trainingNeedsPicturesAndSensibleSettings() {
    LabelledPictures none = SyntheticSlices.pictures(store, INPUT_SIZE, 0, 0);

    assertThrows(IllegalArgumentException.class, () -> new Share(0, none, few));
    assertThrows(IllegalArgumentException.class, () -> Training.small().epochs(0).build());
    assertThrows(IllegalArgumentException.class, () -> Training.constant(0));
    assertThrows(
        IllegalArgumentException.class, () -> Training.small().earlyStoppingPatience(-1).build());
    assertThrows(IllegalArgumentException.class, () -> new RoundSettings(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new LossSettings(ClassWeighting.NONE, 1));
  }

  private Training training(
      TrainingSettings settings, LabelledPictures pictures, TrainingListener... listeners) {
    return new Training(
        settings, directory.resolve("run" + runs++), pictures, validation, listeners);
  }

  private float[] parametersAfter(TrainingSettings settings) throws IOException {
    try (Training training = training(settings, few)) {
      training.run();
      return training.parameters();
    }
  }

  private static TrainingListener spoiledFromEpoch(int epoch, Training[] training) {
    return new TrainingListener() {
      @Override
      public void stepEnded(TrainingProgress progress) {
        if (progress.epoch() >= epoch) {
          spoil(training[0]);
        }
      }
    };
  }

  /** Makes it say the last class whatever it sees; no few steps mend that. */
  private static void spoil(Training training) {
    try {
      new PyTorchParameters(training.shape)
          .write(
              training.replica.network().graph(),
              "classifier.9.bias",
              FloatSource.of(new float[] {-1000, 0, 1000}));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
