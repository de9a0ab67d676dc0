package org.genrewise.network;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.genrewise.network.ConvolutionUnit.Kept;
import org.genrewise.network.ConvolutionUnit.Moments;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Computes a {@link ConvolutionBlock}. */
final class ConvolutionBlockLayer extends BlockLayer<ConvolutionBlock> {

  private transient Kept kept;

  ConvolutionBlockLayer(NeuralNetConfiguration configuration, DataType type) {
    super(configuration, type);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    long[] shape = input.shape().clone();
    shape[3] = layerConf().getNOut();
    DataType type = kernels().activationType();
    INDArray y = workspaces.createUninitialized(ArrayType.ACTIVATIONS, type, shape);
    if (training) {
      INDArray z = workspaces.createUninitialized(ArrayType.ACTIVATIONS, type, shape);
      ConvolutionUnit unit = unit();
      Moments moments = unit.moments(() -> statistic(workspaces));
      unit.train(input, z, y, moments, y);
      kept = new Kept(input, z, y, moments);
    } else {
      unit().evaluate(input, y);
    }
    return y;
  }

  private ConvolutionUnit unit() {
    return new ConvolutionUnit(kernels(), layerConf().batchNorm(), params, gradientViews);
  }

  private INDArray statistic(LayerWorkspaceMgr workspaces) {
    return workspaces.createUninitialized(
        ArrayType.ACTIVATIONS, DataType.FLOAT, layerConf().getNOut());
  }

  /** The gradient of the output is overwritten. */
  @Override
  public Pair<Gradient, INDArray> backpropGradient(
      INDArray gradient, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    watch(layerConf().getLayerName(), gradient);
    INDArray inputGradient =
        layerConf().isFirst()
            ? null
            : workspaces.createUninitialized(
                ArrayType.ACTIVATION_GRAD, kernels().activationType(), input.shape());
    unit().backward(kept, gradient, inputGradient);
    return new Pair<>(gradients(), inputGradient);
  }

  @Override
  public void clear() {
    super.clear();
    kept = null;
  }

  @Override
  public Type type() {
    return Type.CONVOLUTIONAL;
  }
}
