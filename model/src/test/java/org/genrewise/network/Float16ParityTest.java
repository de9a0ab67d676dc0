package org.genrewise.network;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.genrewise.network.GraphOptions.Recompute;
import org.junit.jupiter.api.Test;

/**
 * How far 16-bit gradients lie from 32-bit ones, beside PyTorch's autocast, tensor by tensor. Over
 * many batches, since a single one is luck; see make_float16_spread.py. {@code
 * -Dfloat16.batches=256} takes all that PyTorch's are from, in about a minute.
 */
class Float16ParityTest {

  private static final Config THEIRS = ConfigFactory.parseResources("network/float16_spread.json");
  private static final int BATCHES = Integer.getInteger("float16.batches", 32);
  private static final int SIZE = PyTorchReference.SETTINGS.inputSize();

  /** How many standard errors of the difference are taken for luck. */
  private static final double ERRORS = 3;

  @Test
  void gradientsAreNoFurtherFromThoseOf32BitsThanPyTorchs() {
    Map<String, List<Double>> ours = distances();
    ours.forEach(
        (name, logarithms) ->
            assertNoFurther(name, logarithms, THEIRS.getConfig("gradients.\"" + name + "\"")));
    List<Double> together =
        IntStream.range(0, BATCHES)
            .mapToObj(k -> ours.values().stream().mapToDouble(v -> v.get(k)).average())
            .map(OptionalDouble::orElseThrow)
            .toList();
    assertNoFurther("all", together, THEIRS.getConfig("all"));
  }

  private static void assertNoFurther(String name, List<Double> logarithms, Config theirs) {
    Spread ours = Spread.of(logarithms);
    double difference = ours.mean() - theirs.getDouble("mean");
    double standardError =
        Math.hypot(
            ours.deviation() / Math.sqrt(BATCHES),
            theirs.getDouble("deviation") / Math.sqrt(THEIRS.getInt("batches")));
    assertTrue(
        difference < ERRORS * standardError,
        "%s is further by a factor of %.3f, where luck makes %.3f"
            .formatted(name, Math.exp(difference), Math.exp(standardError)));
  }

  private static Map<String, List<Double>> distances() {
    Map<String, List<Double>> distances = new LinkedHashMap<>();
    try (TrainingNetwork wide = network(Precision.FLOAT32);
        TrainingNetwork half = network(Precision.FLOAT16)) {
      float[] pictures = PyTorchReference.values();
      double scale = THEIRS.getDouble("loss_scale");
      for (int k = 0; k < BATCHES; k++) {
        float[] rolled = rolled(pictures, 4 * (k / 16), 4 * (k % 16));
        Map<String, float[]> expected = gradients(wide, rolled, 1);
        Map<String, float[]> actual = gradients(half, rolled, scale);
        for (String name : expected.keySet()) {
          distances
              .computeIfAbsent(name, n -> new ArrayList<>())
              .add(Math.log(distance(actual.get(name), expected.get(name), scale)));
        }
      }
    }
    return distances;
  }

  private static TrainingNetwork network(Precision precision) {
    TrainingNetwork network =
        new TrainingNetwork(
            PyTorchReference.SETTINGS,
            new GraphOptions(precision, Recompute.NONE, false, BatchNormMode.TRAINING),
            1);
    PyTorchReference.load(network.graph());
    return network;
  }

  private static Map<String, float[]> gradients(
      TrainingNetwork network, float[] pictures, double scale) {
    network.backward(pictures, 4, PyTorchReference.targets(), scale, 0);
    PyTorchParameters parameters = new PyTorchParameters(PyTorchReference.SETTINGS);
    return THEIRS.getObject("gradients").keySet().stream()
        .collect(
            Collectors.toMap(name -> name, name -> parameters.readGradient(network.graph(), name)));
  }

  /** Pictures moved down and to the right; what leaves comes in on the other side. */
  private static float[] rolled(float[] pictures, int down, int right) {
    float[] rolled = new float[pictures.length];
    for (int i = 0; i < pictures.length / 3; i++) {
      int x = (i % SIZE + right) % SIZE;
      int y = (i / SIZE % SIZE + down) % SIZE;
      int to = (i / (SIZE * SIZE) * SIZE + y) * SIZE + x;
      System.arraycopy(pictures, 3 * i, rolled, 3 * to, 3);
    }
    return rolled;
  }

  private static double distance(float[] scaled, float[] expected, double scale) {
    double difference = 0;
    double size = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += Math.pow(scaled[i] / scale - expected[i], 2);
      size += Math.pow(expected[i], 2);
    }
    return Math.sqrt(difference / size);
  }

  /** Mean and standard deviation. */
  private record Spread(double mean, double deviation) {
    static Spread of(List<Double> values) {
      double mean = values.stream().mapToDouble(v -> v).average().orElseThrow();
      double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
      return new Spread(mean, Math.sqrt(squares / (values.size() - 1)));
    }
  }
}
