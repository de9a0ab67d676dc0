package org.genrewise.network;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Computes a {@link ConvolutionBlock}. */
final class ConvolutionBlockLayer extends BlockLayer<ConvolutionBlock> {

  /** Kept for the backward pass: the convolution's result, the block's, and the batch's moments. */
  private transient INDArray convolved;

  private transient INDArray output;
  private transient INDArray mean;
  private transient INDArray variance;

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
      convolve(z);
      mean = statistic(workspaces);
      variance = statistic(workspaces);
      kernels().moments(z, y, mean, variance);
      normalise(z, mean, variance, y);
      convolved = z;
      output = y;
    } else {
      convolve(y);
      normalise(y, getParam(ConvolutionBlock.MEAN), getParam(ConvolutionBlock.VARIANCE), y);
    }
    return y;
  }

  private void convolve(INDArray z) {
    kernels()
        .convolve(input, getParam(ConvolutionBlock.WEIGHT), getParam(ConvolutionBlock.BIAS), z);
  }

  private void normalise(INDArray z, INDArray mean, INDArray variance, INDArray y) {
    INDArray gamma = getParam(ConvolutionBlock.GAMMA);
    INDArray beta = getParam(ConvolutionBlock.BETA);
    kernels().normalise(z, mean, variance, gamma, beta, ConvolutionBlock.EPSILON, y);
    kernels().relu(y);
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
    kernels().reluBackward(output, gradient);
    kernels()
        .normaliseBackward(
            convolved,
            gradient,
            mean,
            variance,
            getParam(ConvolutionBlock.GAMMA),
            ConvolutionBlock.EPSILON,
            gradientViews.get(ConvolutionBlock.GAMMA),
            gradientViews.get(ConvolutionBlock.BETA));
    // Batch norm subtracts the mean again, so the bias has no influence in training.
    gradientViews.get(ConvolutionBlock.BIAS).assign(0);
    stepStatistics();

    INDArray inputGradient =
        layerConf().isFirst()
            ? null
            : workspaces.createUninitialized(
                ArrayType.ACTIVATION_GRAD, kernels().activationType(), input.shape());
    kernels()
        .convolveBackward(
            input,
            getParam(ConvolutionBlock.WEIGHT),
            gradient,
            inputGradient,
            gradientViews.get(ConvolutionBlock.WEIGHT));
    return new Pair<>(gradients(), inputGradient);
  }

  /** Writes what the optimiser will take off the running statistics. */
  private void stepStatistics() {
    long count = convolved.length() / layerConf().getNOut();
    double unbiased = count > 1 ? count / (count - 1.0) : 1;
    step(ConvolutionBlock.MEAN, mean, 1);
    step(ConvolutionBlock.VARIANCE, variance, unbiased);
  }

  private void step(String key, INDArray batch, double factor) {
    INDArray step = gradientViews.get(key);
    step.assign(batch).muli(-factor).addi(getParam(key)).muli(ConvolutionBlock.MOMENTUM);
  }

  @Override
  public void clear() {
    super.clear();
    convolved = null;
    output = null;
    mean = null;
    variance = null;
  }

  @Override
  public Type type() {
    return Type.CONVOLUTIONAL;
  }
}
