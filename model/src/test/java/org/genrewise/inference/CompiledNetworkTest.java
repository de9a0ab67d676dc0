package org.genrewise.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.genrewise.network.GraphOptions;
import org.genrewise.network.NetworkSettings;
import org.genrewise.network.Precision;
import org.genrewise.network.PyTorchReference;
import org.genrewise.network.Vgg19Bn;
import org.genrewise.network.Width;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

class CompiledNetworkTest {

  private static final NetworkSettings SETTINGS = NetworkSettings.of(5, new Width(16), 32);
  private static final int PICTURE = 32 * 32 * 3;

  @Test
  void logitsAreThoseOfPyTorch() {
    CompiledNetwork network =
        CompiledNetwork.of(PyTorchReference.graph(), PyTorchReference.SETTINGS);
    float[] pictures = PyTorchReference.pictures().reshape(-1).toFloatVector();
    assertArrayEquals(PyTorchReference.floats("logits.f32"), network.logits(pictures, 4), 1e-4f);
  }

  @Test
  void equalsTheTrainedGraphForAnyCount() {
    ComputationGraph graph = trainedGraph();
    CompiledNetwork network = CompiledNetwork.of(graph, SETTINGS);
    for (int count : new int[] {1, 3, 64, 65, 150}) {
      float[] pictures = pictures(count, count);
      INDArray input = Nd4j.createFromArray(pictures).reshape(count, 32, 32, 3);
      assertArrayEquals(
          graph.feedForward(input, false).get(Vgg19Bn.logits(SETTINGS)).reshape(-1).toFloatVector(),
          network.logits(pictures, count),
          1e-4f);
      assertArrayEquals(
          graph.outputSingle(input).reshape(-1).toFloatVector(),
          network.probabilities(pictures, count),
          1e-5f);
    }
  }

  @Test
  void sixteenBitsGiveTheSameButForRounding() {
    ComputationGraph graph = trainedGraph();
    CompiledNetwork wide = CompiledNetwork.of(graph, SETTINGS);
    CompiledNetwork half = CompiledNetwork.of(graph, SETTINGS, Precision.FLOAT16);
    float[] pictures = pictures(65, 2);
    assertArrayEquals(wide.probabilities(pictures, 65), half.probabilities(pictures, 65), 1e-2f);
    assertArrayEquals(half.logits(pictures, 3), half.logits(pictures, 3));
  }

  @Test
  void isNotChangedByFurtherTraining() {
    ComputationGraph graph = trainedGraph();
    CompiledNetwork network = CompiledNetwork.of(graph, SETTINGS);
    float[] before = network.logits(pictures(2, 1), 2);
    graph.params().addi(0.1);
    assertArrayEquals(before, network.logits(pictures(2, 1), 2));
  }

  @Test
  void noPicturesGiveNoLogits() {
    assertEquals(0, CompiledNetwork.of(trainedGraph(), SETTINGS).logits(new float[0], 0).length);
  }

  @Test
  void refusesTooFewValues() {
    CompiledNetwork network = CompiledNetwork.of(trainedGraph(), SETTINGS);
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class, () -> network.logits(new float[2 * PICTURE - 1], 2));
    assertTrue(error.getMessage().contains(String.valueOf(2 * PICTURE)), error.getMessage());
  }

  @Test
  void manyThreadsShareIt() throws Exception {
    CompiledNetwork network = CompiledNetwork.of(trainedGraph(), SETTINGS);
    List<float[]> inputs = IntStream.range(0, 8).mapToObj(i -> pictures(2, i)).toList();
    List<float[]> expected = inputs.stream().map(p -> network.logits(p, 2)).toList();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<float[]>> results =
          IntStream.range(0, 200)
              .mapToObj(i -> threads.submit(() -> network.logits(inputs.get(i % 8), 2)))
              .toList();
      for (int i = 0; i < results.size(); i++) {
        assertArrayEquals(expected.get(i % 8), results.get(i).get(), 1e-6f);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void thousandsOfCallsTakeNoMoreMemory() throws InterruptedException {
    CompiledNetwork network = CompiledNetwork.of(trainedGraph(), SETTINGS);
    float[] pictures = pictures(1, 1);
    long before = outsideHeapAfter(network, pictures, 300);
    long least = Long.MAX_VALUE;
    for (int window = 0; window < 5; window++) {
      long after = outsideHeapAfter(network, pictures, 300);
      least = Math.min(least, after - before);
      before = after;
    }
    // The JVM itself takes memory now and then; a leak takes it in every window.
    assertTrue(least < 4L << 20, "grew by at least " + least + " bytes in each 300 calls");
  }

  /** Resident memory without the Java heap, after some calls. */
  private static long outsideHeapAfter(CompiledNetwork network, float[] pictures, int calls)
      throws InterruptedException {
    for (int i = 0; i < calls; i++) {
      network.logits(pictures, 1);
    }
    // What is garbage goes when the heap is collected, which a large one is too seldom to count on.
    System.gc();
    Thread.sleep(300);
    return Pointer.physicalBytes() - Runtime.getRuntime().totalMemory();
  }

  /** Trained for some steps, so that the running statistics are not those of the start. */
  private static ComputationGraph trainedGraph() {
    ComputationGraph graph = Vgg19Bn.create(SETTINGS, GraphOptions.DEFAULT, new Sgd(0.05), 1);
    INDArray labels = Nd4j.zeros(10, 5);
    for (int i = 0; i < 10; i++) {
      labels.putScalar(i, i % 5, 1);
    }
    INDArray input = Nd4j.createFromArray(pictures(10, 3)).reshape(10, 32, 32, 3);
    for (int i = 0; i < 3; i++) {
      graph.fit(new DataSet(input, labels));
    }
    return graph;
  }

  private static float[] pictures(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] pictures = new float[count * PICTURE];
    for (int i = 0; i < pictures.length; i++) {
      pictures[i] = (float) random.nextDouble(-1, 1);
    }
    return pictures;
  }
}
