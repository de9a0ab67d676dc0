package org.genrewise.network;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Computes a {@link MaxPool}. */
final class MaxPoolLayer extends BlockLayer<MaxPool> {

  MaxPoolLayer(NeuralNetConfiguration configuration, DataType type) {
    super(configuration, type);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    INDArray y =
        workspaces.createUninitialized(
            ArrayType.ACTIVATIONS,
            kernels().activationType(),
            input.size(0),
            input.size(1) / 2,
            input.size(2) / 2,
            input.size(3));
    kernels().maxPool(input, y);
    return y;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(
      INDArray gradient, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    watch(layerConf().getLayerName(), gradient);
    INDArray inputGradient =
        workspaces.createUninitialized(
            ArrayType.ACTIVATION_GRAD, kernels().activationType(), input.shape());
    kernels().maxPoolBackward(input, gradient, inputGradient);
    return new Pair<>(gradients(), inputGradient);
  }

  @Override
  public Type type() {
    return Type.SUBSAMPLING;
  }
}
