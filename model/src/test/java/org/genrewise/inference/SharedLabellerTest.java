package org.genrewise.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.genrewise.network.GraphOptions;
import org.genrewise.network.NetworkSettings;
import org.genrewise.network.Vgg19Bn;
import org.genrewise.picture.PictureRenderer;
import org.genrewise.picture.Slice;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.NoOp;

class SharedLabellerTest {
  private static final List<String> CLASSES = List.of("folk", "jazz", "rock");
  private static final NetworkSettings SETTINGS =
      new NetworkSettings(3, 32, Collections.nCopies(16, 6), List.of(8), 0);
  private static final CompiledNetwork NETWORK =
      CompiledNetwork.of(Vgg19Bn.create(SETTINGS, GraphOptions.DEFAULT, new NoOp(), 3), SETTINGS);
  private static final Labeller LABELLER = new Labeller(NETWORK, CLASSES);

  @Test
  void tracksOfManyThreadsGetTheirOwnAnswersWhateverSharesTheirBatches() throws Exception {
    List<List<Slice>> tracks =
        IntStream.range(0, 40).mapToObj(i -> slices(1 + i * 7 % 11, i)).toList();
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try (SharedLabeller shared = new SharedLabeller(LABELLER, 4, 2)) {
      List<Future<SlicePredictions>> answers = new ArrayList<>();
      for (List<Slice> track : tracks) {
        answers.add(threads.submit(() -> shared.submit(track).get()));
      }
      for (int i = 0; i < tracks.size(); i++) {
        SlicePredictions answer = answers.get(i).get();
        assertEquals(tracks.get(i).size(), answer.slices());
        assertArrayEquals(
            LABELLER.probabilities(tracks.get(i)), answer.probabilities(), 1e-5f, "track " + i);
        assertEquals(LABELLER.label(tracks.get(i)).label(), answer.track().label());
        assertTrue(answer.seconds() > 0);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void anEmbeddingIsWhatEntersTheLastLayer() throws Exception {
    List<Slice> track = slices(3, 5);
    PictureRenderer renderer = new PictureRenderer(32);
    float[] expected = new float[8];
    for (Slice slice : track) {
      float[] picture = new float[renderer.values()];
      renderer.render(slice, picture, 0);
      float[] embedding = new float[8];
      float[] probabilities = NETWORK.probabilities(picture, 1, embedding);
      assertArrayEquals(NETWORK.probabilities(picture, 1), probabilities);
      for (int i = 0; i < 8; i++) {
        assertTrue(embedding[i] >= 0, "after ReLU");
        expected[i] += embedding[i] / track.size();
      }
    }
    try (SharedLabeller shared = new SharedLabeller(LABELLER, 8, 1)) {
      assertArrayEquals(expected, shared.submit(track).get().meanEmbedding(), 1e-5f);
    }
    assertTrue(IntStream.range(0, 8).anyMatch(i -> expected[i] > 0), "an embedding of zeros");
  }

  @Test
  void nothingIsTakenOnceItIsClosed() {
    SharedLabeller shared = new SharedLabeller(LABELLER, 1, 1);
    shared.close();

    assertThrows(IllegalArgumentException.class, () -> shared.submit(List.of()));
    assertThrows(IllegalStateException.class, () -> shared.submit(slices(1, 1)));
    assertThrows(IllegalArgumentException.class, () -> new SharedLabeller(LABELLER, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new SharedLabeller(LABELLER, 1, 0));
  }

  private static List<Slice> slices(int count, int seed) {
    Random random = new Random(seed);
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              byte[] indices = new byte[84 * 60];
              random.nextBytes(indices);
              return new Slice(i, i * 11.4, 84, 60, indices, -70, 0, false);
            })
        .toList();
  }
}
