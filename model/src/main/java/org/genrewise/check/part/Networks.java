package org.genrewise.check.part;

import java.util.Locale;
import java.util.concurrent.Callable;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.genrewise.check.measure.Pictures;
import org.genrewise.check.measure.TrainingBench;
import org.genrewise.inference.CompiledNetwork;
import org.genrewise.network.GraphOptions;
import org.genrewise.network.GraphOptions.Recompute;
import org.genrewise.network.NetworkSettings;
import org.genrewise.network.Precision;
import org.genrewise.network.Vgg19Bn;
import org.genrewise.training.ComputeSettings;
import org.nd4j.linalg.learning.config.NoOp;

/** Networks that label or learn noise, to measure them; one that learns at a time. */
public final class Networks implements AutoCloseable {

  /** What a network does. */
  public enum Work {
    INFERENCE,
    TRAINING;

    /** As it stands in results. */
    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final NetworkSettings settings;
  private final Precision precision;
  private CompiledNetwork compiled;
  private TrainingBench training;

  Networks(NetworkSettings settings, Precision precision) {
    this.settings = settings;
    this.precision = precision;
  }

  /** Begins a kind of work; each call of what comes does it on one batch. */
  Callable<?> begin(Work work, int batch) {
    close();
    float[] pictures = Pictures.noise(batch, settings.inputSize(), 1);
    if (work == Work.INFERENCE) {
      CompiledNetwork network = compiled();
      return () -> network.probabilities(pictures, batch);
    }
    training =
        new TrainingBench(
            settings, pictures, batch, new ComputeSettings(precision, Recompute.NONE, batch));
    return training::step;
  }

  /** The network that labels. */
  CompiledNetwork compiled() {
    if (compiled == null) {
      ComputationGraph graph = Vgg19Bn.create(settings, GraphOptions.DEFAULT, new NoOp(), 1);
      compiled = CompiledNetwork.of(graph, settings, precision);
      graph.close();
    }
    return compiled;
  }

  @Override
  public void close() {
    if (training != null) {
      training.close();
      training = null;
    }
  }
}
