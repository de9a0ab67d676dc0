package org.genrewise.check.part;

import java.util.List;
import java.util.Random;
import org.genrewise.check.CheckSettings;
import org.genrewise.check.measure.Pictures;
import org.genrewise.inference.CompiledNetwork;
import org.genrewise.network.BatchNormMode;
import org.genrewise.network.GraphOptions;
import org.genrewise.network.GraphOptions.Recompute;
import org.genrewise.network.NetworkSettings;
import org.genrewise.network.ParameterTable;
import org.genrewise.network.Precision;
import org.genrewise.network.TrainingNetwork;
import org.genrewise.network.Width;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A small network, its parameters and its pictures: the same on every device and in every process,
 * because Java's own generator makes them and not ND4J's, which has another one for each device.
 */
final class NarrowNetwork {
  static final int PICTURES = 8;

  private static final Width WIDTH = new Width(8);
  private static final int INPUT_SIZE = 64;
  private static final long SEED = 1;

  /** Dropout would hide nothing, and add noise to losses that are compared. */
  static final NetworkSettings SETTINGS = withoutDropout(WIDTH, INPUT_SIZE);

  /** In files, so that nobody compares with numbers of another network. */
  static final String DESCRIPTION =
      "narrow network 1: width %s, %d x %d, %d pictures, seed %d"
          .formatted(WIDTH, INPUT_SIZE, INPUT_SIZE, PICTURES, SEED);

  private NarrowNetwork() {}

  private static NetworkSettings withoutDropout(Width width, int inputSize) {
    NetworkSettings all = NetworkSettings.of(CheckSettings.CLASSES, width, inputSize);
    return new NetworkSettings(all.classes(), inputSize, all.channels(), all.head(), 0);
  }

  /** Sets the parameters: weights as He et al. begin, batch norms and biases off their defaults. */
  static void load(TrainingNetwork network) {
    float[] values = new float[Math.toIntExact(network.table().length())];
    Random random = new Random(SEED);
    for (ParameterTable.Entry entry : network.table().entries()) {
      double mean = entry.key().equals("gamma") || entry.key().equals("variance") ? 1 : 0;
      double deviation = entry.kind() == ParameterTable.Kind.WEIGHT ? deviation(entry) : 0.1;
      for (int i = 0; i < entry.length(); i++) {
        double deviate = deviation * random.nextGaussian();
        // a variance is positive
        double value = entry.key().equals("variance") ? Math.abs(deviate) : deviate;
        values[Math.toIntExact(entry.offset()) + i] = (float) (mean + value);
      }
    }
    try (INDArray parameters = Nd4j.createFromArray(values)) {
      network.parameters().assign(parameters);
    }
  }

  private static double deviation(ParameterTable.Entry weight) {
    List<Long> shape = weight.shape();
    long inputs = weight.length() / shape.get(shape.size() - 1);
    return Math.sqrt(2.0 / inputs);
  }

  /** What the network makes of its pictures, forward and backward, on this process's device. */
  static Outputs compute(Precision precision, double lossScale) {
    GraphOptions options =
        new GraphOptions(precision, Recompute.NONE, false, BatchNormMode.TRAINING);
    float[] pictures = Pictures.noise(PICTURES, INPUT_SIZE, SEED);
    try (TrainingNetwork network = new TrainingNetwork(SETTINGS, options, SEED)) {
      load(network);
      float[] logits =
          CompiledNetwork.of(network.graph(), SETTINGS, precision).logits(pictures, PICTURES);
      float[] probabilities = flat(network.probabilities(pictures, PICTURES));
      double loss = network.backward(pictures, PICTURES, targets(), lossScale, 0).loss();
      return new Outputs(logits, probabilities, loss, gradient(network, lossScale));
    }
  }

  private static float[] gradient(TrainingNetwork network, double lossScale) {
    float[] gradient = network.gradient().toFloatVector();
    for (ParameterTable.Entry entry : network.table().entries()) {
      if (entry.kind() != ParameterTable.Kind.STATISTIC) {
        for (long i = entry.offset(); i < entry.offset() + entry.length(); i++) {
          gradient[(int) i] /= (float) lossScale;
        }
      }
    }
    return gradient;
  }

  private static float[] targets() {
    float[] targets = new float[PICTURES * CheckSettings.CLASSES];
    for (int i = 0; i < PICTURES; i++) {
      targets[i * CheckSettings.CLASSES + i % CheckSettings.CLASSES] = 1;
    }
    return targets;
  }

  private static float[] flat(double[][] rows) {
    float[] values = new float[rows.length * rows[0].length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) rows[i / rows[0].length][i % rows[0].length];
    }
    return values;
  }
}
