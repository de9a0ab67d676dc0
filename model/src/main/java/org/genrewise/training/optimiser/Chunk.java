package org.genrewise.training.optimiser;

import java.util.ArrayList;
import java.util.List;
import org.genrewise.network.ParameterTable;
import org.genrewise.network.ParameterTable.Entry;
import org.genrewise.network.ParameterTable.Kind;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A stretch of a flat vector whose values are treated alike. Neighbouring tensors share one, and
 * long ones are cut, so that scratch memory can be short.
 *
 * @param from the first value
 * @param to behind the last value
 * @param kind how they are treated
 */
record Chunk(long from, long to, Kind kind) {

  /** Most values of a chunk. */
  static final long LONGEST = 1 << 20;

  /**
   * What is treated at all, in order.
   *
   * @param frozenFeatures whether all of the convolutions but their running statistics is left out
   * @param decays whether weights are treated differently from biases; otherwise all count as
   *     biases
   * @param longest most values of a chunk
   */
  static List<Chunk> of(
      ParameterTable table, boolean frozenFeatures, boolean decays, long longest) {
    List<Chunk> chunks = new ArrayList<>();
    Chunk current = null;
    for (Entry entry : table.entries()) {
      if (frozenFeatures && entry.isFeature() && entry.kind() != Kind.STATISTIC) {
        continue;
      }
      Kind kind = entry.kind() == Kind.WEIGHT && !decays ? Kind.BIAS : entry.kind();
      long end = entry.offset() + entry.length();
      if (current != null && current.kind == kind && current.to == entry.offset()) {
        current = new Chunk(current.from, end, kind);
      } else {
        cut(current, longest, chunks);
        current = new Chunk(entry.offset(), end, kind);
      }
    }
    cut(current, longest, chunks);
    return List.copyOf(chunks);
  }

  private static void cut(Chunk whole, long longest, List<Chunk> chunks) {
    if (whole != null) {
      for (long from = whole.from; from < whole.to; from += longest) {
        chunks.add(new Chunk(from, Math.min(whole.to, from + longest), whole.kind));
      }
    }
  }

  /** Its values in a vector of rank 1, as a view. */
  INDArray of(INDArray flat) {
    return of(flat, 0);
  }

  /** Its values in the part of a vector of rank 1 that begins at an offset, as a view. */
  INDArray of(INDArray flat, long offset) {
    return flat.get(NDArrayIndex.interval(offset + from, offset + to));
  }
}
