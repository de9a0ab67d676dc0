package org.genrewise.network;

import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What the fused layers have in common. Arrays that a layer keeps from the forward pass for the
 * backward pass live in the graph's workspace of activations and are let go in {@link #clear()}.
 */
abstract class BlockLayer<B extends Block> extends BaseLayer<B> {

  private transient GradientWatch watch;

  BlockLayer(NeuralNetConfiguration configuration, DataType type) {
    super(configuration, type);
  }

  /** Has the gradients of this layer seen by somebody; null for nobody. */
  final void setWatch(GradientWatch watch) {
    this.watch = watch;
  }

  final void watch(String vertex, INDArray gradient) {
    if (watch != null) {
      watch.gradient(vertex, gradient);
    }
  }

  /** What stands for the gradient of an input that nobody wants: the graph does not take null. */
  final INDArray noGradient(LayerWorkspaceMgr workspaces) {
    return workspaces.create(ArrayType.ACTIVATION_GRAD, DataType.FLOAT, 1);
  }

  final Kernels kernels() {
    return layerConf().kernels();
  }

  /** All gradient tensors of this layer, as views of the graph's flat gradient. */
  final Gradient gradients() {
    Gradient gradients = new DefaultGradient();
    for (Parameter parameter : layerConf().parameters()) {
      gradients.setGradientFor(
          parameter.key(), gradientViews.get(parameter.key()), parameter.order());
    }
    return gradients;
  }

  @Override
  public boolean updaterDivideByMinibatch(String key) {
    return !new ParameterLayout(layerConf().parameters()).isStatistic(key);
  }

  @Override
  public void setParamTable(Map<String, INDArray> table) {
    params = table;
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }
}
