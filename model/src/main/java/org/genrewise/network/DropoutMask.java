package org.genrewise.network;

import java.util.SplittableRandom;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Masks for inverted dropout (Srivastava et al., "Dropout"): 0 where a value is dropped, else 1 /
 * (1 - probability). Drawn in Java, so that a seed gives the same mask on every device and with any
 * number of threads.
 */
final class DropoutMask {

  private DropoutMask() {}

  static INDArray draw(
      double probability, long rows, long columns, long seed, LayerWorkspaceMgr workspaces) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[Math.toIntExact(rows * columns)];
    float kept = (float) (1 / (1 - probability));
    int threshold = (int) (Integer.MIN_VALUE + probability * 0x1p32);
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt() < threshold ? 0 : kept;
    }
    INDArray mask =
        workspaces.createUninitialized(ArrayType.ACTIVATIONS, DataType.FLOAT, rows, columns);
    return mask.assign(Nd4j.createFromArray(values).reshape(rows, columns));
  }
}
