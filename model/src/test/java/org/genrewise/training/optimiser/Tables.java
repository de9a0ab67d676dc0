package org.genrewise.training.optimiser;

import java.util.Collections;
import java.util.List;
import org.genrewise.network.NetworkSettings;
import org.genrewise.network.ParameterTable;
import org.genrewise.network.ParameterTable.Entry;
import org.genrewise.network.ParameterTable.Kind;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A network of a few hundred values and its flat vectors. */
final class Tables {
  static final ParameterTable SMALL =
      ParameterTable.of(new NetworkSettings(2, 32, Collections.nCopies(16, 1), List.of(3), 0.5));

  private Tables() {}

  /** A vector whose tensors of each kind repeat the values of that kind. */
  static INDArray vector(float[] weight, float[] bias, float[] statistic) {
    float[] flat = new float[(int) SMALL.length()];
    for (Entry entry : SMALL.entries()) {
      float[] values = ofKind(entry.kind(), weight, bias, statistic);
      for (int i = 0; i < entry.length(); i++) {
        flat[(int) entry.offset() + i] = values[i % values.length];
      }
    }
    return Nd4j.createFromArray(flat);
  }

  static <T> T ofKind(Kind kind, T weight, T bias, T statistic) {
    return switch (kind) {
      case WEIGHT -> weight;
      case BIAS -> bias;
      case STATISTIC -> statistic;
    };
  }
}
