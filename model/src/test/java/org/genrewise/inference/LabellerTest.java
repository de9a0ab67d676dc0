package org.genrewise.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.genrewise.network.GraphOptions;
import org.genrewise.network.NetworkSettings;
import org.genrewise.network.Vgg19Bn;
import org.genrewise.picture.PictureRenderer;
import org.genrewise.picture.Slice;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.NoOp;

class LabellerTest {
  private static final List<String> CLASSES = List.of("folk", "jazz", "rock");
  private static final NetworkSettings SETTINGS =
      new NetworkSettings(3, 32, Collections.nCopies(16, 6), List.of(8), 0);
  private static final CompiledNetwork NETWORK =
      CompiledNetwork.of(Vgg19Bn.create(SETTINGS, GraphOptions.DEFAULT, new NoOp(), 3), SETTINGS);
  private static final List<Slice> SLICES =
      IntStream.range(0, 11).mapToObj(LabellerTest::slice).toList();

  @Test
  void asksTheNetworkAboutThePictureOfEachSlice() {
    PictureRenderer renderer = new PictureRenderer(32);
    float[] all = new Labeller(NETWORK, CLASSES).probabilities(SLICES);
    for (int i = 0; i < SLICES.size(); i++) {
      float[] picture = new float[renderer.values()];
      renderer.render(SLICES.get(i), picture, 0);
      float[] alone = NETWORK.probabilities(picture, 1);
      assertArrayEquals(alone, Arrays.copyOfRange(all, 3 * i, 3 * i + 3), 1e-5f);
    }
    assertEquals(
        Votes.count(CLASSES, all).label(), new Labeller(NETWORK, CLASSES).label(SLICES).label());
  }

  @Test
  void theSizeOfABatchDoesNotMatter() {
    float[] expected = new Labeller(NETWORK, CLASSES, 11).probabilities(SLICES);
    for (int batchSize : new int[] {1, 4, 100}) {
      assertArrayEquals(
          expected, new Labeller(NETWORK, CLASSES, batchSize).probabilities(SLICES), 1e-5f);
    }
  }

  @Test
  void threadsMayShareIt() {
    Labeller labeller = new Labeller(NETWORK, CLASSES, 4);
    float[] expected = labeller.probabilities(SLICES);
    IntStream.range(0, 16)
        .parallel()
        .forEach(i -> assertArrayEquals(expected, labeller.probabilities(SLICES), 1e-6f));
  }

  @Test
  void refusesNamesThatAreNotOneAClassAndTracksWithoutSlices() {
    assertThrows(
        IllegalArgumentException.class, () -> new Labeller(NETWORK, List.of("folk", "jazz")));
    assertThrows(IllegalArgumentException.class, () -> new Labeller(NETWORK, CLASSES, 0));
    assertThrows(
        IllegalArgumentException.class, () -> new Labeller(NETWORK, CLASSES).label(List.of()));
  }

  private static Slice slice(int index) {
    byte[] indices = new byte[84 * 40];
    new Random(index).nextBytes(indices);
    return new Slice(index, index, 84, 40, indices, -80, 0, false);
  }
}
