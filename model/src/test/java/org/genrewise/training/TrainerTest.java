package org.genrewise.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.genrewise.inference.CompiledNetwork;
import org.genrewise.inference.Labeller;
import org.genrewise.network.Precision;
import org.genrewise.network.PyTorchParameters;
import org.genrewise.network.Width;
import org.genrewise.picture.PictureRenderer;
import org.genrewise.picture.Slice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
  private static final int INPUT_SIZE = 32;
  private static final int CLASSES = SyntheticSlices.CLASSES;

  @TempDir Path directory;
  private SliceStore store;
  private LabelledPictures many;
  private LabelledPictures few;
  private LabelledPictures validation;

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
        new TrainingSettings(
            Precision.FLOAT32,
            Width.parse("1/8"),
            INPUT_SIZE,
            0,
            5,
            10,
            0.01,
            LearningRateSchedule.CONSTANT,
            0.9,
            ClassWeighting.NONE,
            0,
            7);
    Trainer trainer = new Trainer(settings);
    ComputationGraph network = trainer.newNetwork(CLASSES, many);
    TrainingResult result = trainer.train(network, many, validation);

    assertTrue(result.best().validationAccuracy() > 0.9, result.toString());
    assertTrue(
        result.history().get(4).trainingLoss() < result.history().get(0).trainingLoss() / 2,
        result.toString());
    Labeller labeller =
        new Labeller(
            CompiledNetwork.of(network, settings.network(CLASSES)),
            List.of("low", "middle", "high"),
            4);
    Random random = new Random(77);
    for (int label = 0; label < CLASSES; label++) {
      List<Slice> slices = new ArrayList<>();
      for (int i = 0; i < 9; i++) {
        byte[] indices = SyntheticSlices.slice(label, random);
        slices.add(
            new Slice(i, i, SyntheticSlices.BINS, SyntheticSlices.FRAMES, indices, -80, 0, false));
      }
      assertEquals(labeller.classes().get(label), labeller.label(slices).label());
    }
  }

  @Test
  void validationIsInEvaluationModeWithTheWeightsOfTheClasses() throws IOException {
    int[] uneven = {0, 1, 2, 3, 6, 9, 12, 15, 18, 21, 24, 27};
    LabelledPictures training = new StoredPictures(store, uneven, new PictureRenderer(INPUT_SIZE));
    TrainingSettings settings = settings(2, 0.001, 0);
    Trainer trainer = new Trainer(settings);
    ComputationGraph network = trainer.newNetwork(CLASSES, training);
    TrainingResult result = trainer.train(network, training, validation);

    float[] weights = {12f / (3 * 10), 12f / 3, 12f / 3};
    CompiledNetwork compiled = CompiledNetwork.of(network, settings.network(CLASSES));
    double loss = 0;
    double total = 0;
    double hits = 0;
    for (int i = 0; i < validation.size(); i++) {
      float[] picture = new float[INPUT_SIZE * INPUT_SIZE * 3];
      validation.draw(i, picture, 0);
      float[] p = compiled.probabilities(picture, 1);
      int label = validation.label(i);
      loss -= weights[label] * Math.log(p[label]);
      total += weights[label];
      hits += p[label] == Math.max(p[0], Math.max(p[1], p[2])) ? 1 : 0;
    }
    assertEquals(loss / total, result.best().validationLoss(), 1e-3);
    assertEquals(hits / validation.size(), result.best().validationAccuracy());
  }

  @Test
  void theSameSeedGivesTheSameNetworkBitForBit() throws IOException {
    TrainingSettings settings = settings(2, 0.01, 0);
    float[] first = parametersAfter(settings);

    assertArrayEquals(first, parametersAfter(settings));
    TrainingSettings otherSeed = settings(2, 0.01, 0, LearningRateSchedule.CONSTANT, 8);
    assertFalse(Arrays.equals(first, parametersAfter(otherSeed)));
  }

  @Test
  void theBestEpochIsKeptThoughLaterOnesAreWorse() throws IOException {
    List<ComputationGraph> network = new ArrayList<>();
    List<float[]> parameters = new ArrayList<>();
    TrainingListener spoiler =
        new TrainingListener() {
          @Override
          public void epochEnded(EpochResult result) {
            parameters.add(network.get(0).params().toFloatVector());
            if (result.epoch() == 2) {
              spoil(network.get(0));
            }
          }
        };
    Trainer trainer = new Trainer(settings(4, 0.001, 0), spoiler);
    network.add(trainer.newNetwork(CLASSES, few));
    TrainingResult result = trainer.train(network.get(0), few, validation);

    EpochResult lowest =
        result.history().stream()
            .min(Comparator.comparingDouble(EpochResult::validationLoss))
            .orElseThrow();
    assertEquals(4, result.history().size());
    assertEquals(lowest, result.best());
    assertTrue(result.bestEpoch() <= 2, result.toString());
    assertArrayEquals(
        parameters.get(result.bestEpoch() - 1), network.get(0).params().toFloatVector());
  }

  @Test
  void theLearningRateIsTheTrainersAndFallsOnAPlateau() throws IOException {
    LabelledPictures twelve = SyntheticSlices.pictures(store, INPUT_SIZE, 0, 12);
    List<ComputationGraph> networks = new ArrayList<>();
    TrainingListener spoiler =
        new TrainingListener() {
          @Override
          public void epochEnded(EpochResult result) {
            spoil(networks.get(networks.size() - 1));
          }
        };
    TrainingSettings settings = settings(8, 0.001, 0, LearningRateSchedule.REDUCE_ON_PLATEAU, 7);
    Trainer trainer = new Trainer(settings, spoiler);
    networks.add(trainer.newNetwork(CLASSES, twelve));
    TrainingResult result = trainer.train(networks.get(0), twelve, validation);

    assertEquals(1, result.bestEpoch(), result.toString());
    assertEquals(0.001, result.history().get(6).learningRate());
    assertEquals(0.0001, result.history().get(7).learningRate(), 1e-12);

    networks.add(new Trainer(settings(8, 0.3, 0)).newNetwork(CLASSES, twelve));
    assertEquals(
        withoutTimes(result),
        withoutTimes(trainer.train(networks.get(1), twelve, validation)),
        "a network made for another rate learns otherwise");
  }

  @Test
  void trainingEndsEarlyWhenPatienceIsOver() throws IOException {
    ComputationGraph[] network = new ComputationGraph[1];
    TrainingListener spoiler =
        new TrainingListener() {
          @Override
          public void epochEnded(EpochResult result) {
            spoil(network[0]);
          }
        };
    Trainer trainer = new Trainer(settings(9, 0.001, 2), spoiler);
    network[0] = trainer.newNetwork(CLASSES, few);
    TrainingResult result = trainer.train(network[0], few, validation);

    assertEquals(result.bestEpoch() + 2, result.history().size(), result.toString());
  }

  @Test
  void aLossThatIsNoNumberEndsTraining() {
    Trainer trainer = new Trainer(settings(4, 1e12, 0));
    ComputationGraph network = trainer.newNetwork(CLASSES, few);
    TrainingDivergedException diverged =
        assertThrows(
            TrainingDivergedException.class, () -> trainer.train(network, few, validation));

    assertTrue(diverged.getMessage().contains("learning rate of 1.0E12"), diverged.getMessage());
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
          public void draw(int picture, float[] target, int offset) throws IOException {
            drawn.add(picture);
            few.draw(picture, target, offset);
          }
        };
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void stepEnded(TrainingProgress progress) {
            steps.add(progress);
          }
        };
    Trainer trainer =
        new Trainer(settings(2, 0.001, 0), listener, new ProgressLine(lines::add, Duration.ZERO));
    trainer.train(trainer.newNetwork(CLASSES, counted), counted, validation);

    // 26 pictures in batches of 10 at most: three batches of 8, 9 and 9
    assertEquals(
        List.of(8, 17, 26, 8, 17, 26), steps.stream().map(TrainingProgress::pictures).toList());
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
    Trainer trainer = new Trainer(settings(1, 0.001, 0));
    ComputationGraph network = trainer.newNetwork(CLASSES, few);
    store.close();

    assertThrows(IOException.class, () -> trainer.train(network, few, validation));
  }

  @Test
  void trainingNeedsPicturesAndSensibleSettings() {
    LabelledPictures none = SyntheticSlices.pictures(store, INPUT_SIZE, 0, 0);
    Trainer trainer = new Trainer(settings(1, 0.001, 0));
    ComputationGraph network = trainer.newNetwork(CLASSES, few);

    assertThrows(IllegalArgumentException.class, () -> trainer.train(network, none, few));
    assertThrows(IllegalArgumentException.class, () -> trainer.train(network, few, none));
    assertThrows(IllegalArgumentException.class, () -> settings(0, 0.001, 0));
    assertThrows(IllegalArgumentException.class, () -> settings(1, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> settings(1, 1, -1));
  }

  private float[] parametersAfter(TrainingSettings settings) throws IOException {
    Trainer trainer = new Trainer(settings);
    ComputationGraph network = trainer.newNetwork(CLASSES, few);
    trainer.train(network, few, validation);
    return network.params().toFloatVector();
  }

  /** Makes it say the last class whatever it sees; no few steps mend that. */
  private static void spoil(ComputationGraph network) {
    new PyTorchParameters(settings(1, 1, 0).network(CLASSES))
        .write(network, "classifier.9.bias", new float[] {-1000, 0, 1000});
  }

  private static List<List<Double>> withoutTimes(TrainingResult result) {
    return result.history().stream()
        .map(epoch -> List.of(epoch.learningRate(), epoch.trainingLoss(), epoch.validationLoss()))
        .toList();
  }

  private static TrainingSettings settings(int epochs, double learningRate, int patience) {
    return settings(epochs, learningRate, patience, LearningRateSchedule.CONSTANT, 7);
  }

  private static TrainingSettings settings(
      int epochs, double learningRate, int patience, LearningRateSchedule schedule, long seed) {
    return new TrainingSettings(
        Precision.FLOAT32,
        Width.parse("1/16"),
        INPUT_SIZE,
        0.2,
        epochs,
        10,
        learningRate,
        schedule,
        0.9,
        ClassWeighting.BALANCED,
        patience,
        seed);
  }
}
