package org.genrewise.training.optimiser;

import java.util.List;
import java.util.stream.LongStream;
import org.genrewise.network.ParameterTable;
import org.genrewise.network.ParameterTable.Kind;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.Axpy;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Changes parameters after their gradient. It works in place and in chunks, so that beside its
 * {@link #state()} it needs no memory outside the heap. For one thread at a time.
 */
public final class Optimiser implements AutoCloseable {
  private final OptimiserSettings settings;
  private final Rule rule;
  private final long length;
  private final List<Chunk> chunks;
  private final INDArray state;

  /**
   * @param frozenFeatures whether the convolutions and their batch norms stay exactly as they are,
   *     but for the steps of running statistics
   */
  public Optimiser(OptimiserSettings settings, ParameterTable table, boolean frozenFeatures) {
    this(settings, table, frozenFeatures, Chunk.LONGEST);
  }

  Optimiser(
      OptimiserSettings settings, ParameterTable table, boolean frozenFeatures, long longest) {
    this.settings = settings;
    this.rule = Rule.of(settings);
    this.length = table.length();
    this.chunks = Chunk.of(table, frozenFeatures, settings.weightDecay() > 0, longest);
    // it outlives whatever workspace the caller is in
    try (MemoryWorkspace ignored = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      this.state = Nd4j.zeros(DataType.FLOAT, stateLength(settings, table));
    }
  }

  /** Number of values of {@link #state()}. */
  public static long stateLength(OptimiserSettings settings, ParameterTable table) {
    return Rule.of(settings).memories() * table.length();
  }

  /**
   * What it remembers from step to step, FLOAT, 0 at first, as a view: what is written there is
   * what it goes on with. Of SGD the velocity, as long as the parameters; of ADAMW the mean of
   * gradients, then the mean of squares, each as long.
   */
  public INDArray state() {
    return state;
  }

  /**
   * Makes a step.
   *
   * @param parameters FLOAT, as long as the table; changed in place
   * @param gradient of the same length, unscaled and clipped; its values may be lost. Steps of
   *     running statistics are taken off as they are
   * @param learningRate 0 or more
   * @param number how many steps have been made with this one, from 1; skipped ones do not count
   */
  public void step(INDArray parameters, INDArray gradient, double learningRate, long number) {
    if (number < 1) {
      throw new IllegalArgumentException("steps are counted from 1, not " + number);
    }
    INDArray values = flat("parameters", parameters);
    INDArray slopes = flat("gradient", gradient);
    for (Chunk chunk : chunks) {
      if (chunk.kind() == Kind.STATISTIC) {
        INDArray statistics = chunk.of(values);
        // less 1 times the step: before subi of two arrays ND4J waits for a GPU
        Nd4j.exec(new Axpy(chunk.of(slopes), statistics, statistics, -1));
      } else {
        rule.step(
            chunk.of(values),
            chunk.of(slopes),
            memory(chunk),
            learningRate,
            chunk.kind() == Kind.WEIGHT ? settings.weightDecay() : 0,
            number);
      }
    }
  }

  private List<INDArray> memory(Chunk chunk) {
    return LongStream.range(0, rule.memories()).mapToObj(i -> chunk.of(state, i * length)).toList();
  }

  private INDArray flat(String what, INDArray vector) {
    if (vector.length() != length) {
      throw new IllegalArgumentException(
          "%s must have the table's %d values, not %d".formatted(what, length, vector.length()));
    }
    return vector.reshape(length);
  }

  /** Frees the state. */
  @Override
  public void close() {
    if (!state.wasClosed()) {
      state.close();
    }
  }
}
