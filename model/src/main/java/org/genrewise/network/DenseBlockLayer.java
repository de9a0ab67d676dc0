package org.genrewise.network;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Computes a {@link DenseBlock}. */
final class DenseBlockLayer extends BlockLayer<DenseBlock> {

  /** Kept for the backward pass: what the product saw, the dropout mask, and the result. */
  private transient INDArray flat;

  private transient INDArray mask;
  private transient INDArray output;

  DenseBlockLayer(NeuralNetConfiguration configuration, DataType type) {
    super(configuration, type);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    long batch = input.size(0);
    flat = input.reshape('c', batch, layerConf().getNIn());
    if (training && layerConf().dropout() > 0) {
      mask =
          DropoutMask.draw(layerConf().dropout(), batch, layerConf().getNIn(), seed(), workspaces);
      INDArray dropped =
          workspaces.createUninitialized(ArrayType.ACTIVATIONS, flat.dataType(), flat.shape());
      kernels().multiply(flat, mask, dropped);
      flat = dropped;
    }
    DataType type = layerConf().isRectified() ? kernels().activationType() : DataType.FLOAT;
    INDArray y =
        workspaces.createUninitialized(ArrayType.ACTIVATIONS, type, batch, layerConf().getNOut());
    kernels().dense(flat, getParam(DenseBlock.WEIGHT), getParam(DenseBlock.BIAS), y);
    if (layerConf().isRectified()) {
      kernels().relu(y);
    }
    output = y;
    return y;
  }

  /** Another mask for each layer and each step, and the same again for the same seed. */
  private long seed() {
    return conf.getSeed()
        + 31L * layerConf().getLayerName().hashCode()
        + ((long) getIterationCount() << Integer.SIZE);
  }

  /** The gradient of the output is overwritten. */
  @Override
  public Pair<Gradient, INDArray> backpropGradient(
      INDArray gradient, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    watch(layerConf().getLayerName(), gradient);
    if (layerConf().isRectified()) {
      kernels().reluBackward(output, gradient);
    }
    INDArray inputGradient =
        layerConf().lowest()
            ? null
            : workspaces.createUninitialized(
                ArrayType.ACTIVATION_GRAD, kernels().activationType(), flat.shape());
    kernels()
        .denseBackward(
            flat,
            getParam(DenseBlock.WEIGHT),
            gradient,
            inputGradient,
            gradientViews.get(DenseBlock.WEIGHT),
            gradientViews.get(DenseBlock.BIAS));
    if (inputGradient == null) {
      return new Pair<>(gradients(), noGradient(workspaces));
    }
    if (mask != null) {
      kernels().multiply(inputGradient, mask, inputGradient);
    }
    return new Pair<>(gradients(), inputGradient.reshape('c', input.shape()));
  }

  @Override
  public void clear() {
    super.clear();
    flat = null;
    mask = null;
    output = null;
  }
}
