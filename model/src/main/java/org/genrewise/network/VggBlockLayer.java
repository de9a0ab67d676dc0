package org.genrewise.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.genrewise.network.ConvolutionUnit.Kept;
import org.genrewise.network.ConvolutionUnit.Moments;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Computes a {@link VggBlock}. */
final class VggBlockLayer extends BlockLayer<VggBlock> {

  /** The batch's, of the last forward pass of frozen convolutions; they are not computed again. */
  private transient List<Moments> frozenMoments;

  VggBlockLayer(NeuralNetConfiguration configuration, DataType type) {
    super(configuration, type);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    boolean batchStatistics = training && layerConf().batchNorm() == BatchNormMode.TRAINING;
    ArrayType where = layerConf().frozen() ? ArrayType.ACTIVATIONS : ArrayType.FF_WORKING_MEM;
    List<Moments> all = new ArrayList<>();
    INDArray[] buffers = {
      largestMap(ArrayType.FF_WORKING_MEM, workspaces),
      largestMap(ArrayType.FF_WORKING_MEM, workspaces)
    };
    List<ConvolutionUnit> units = units();
    INDArray x = input;
    for (int i = 0; i < units.size(); i++) {
      INDArray y = view(buffers[i % 2], map(i));
      if (batchStatistics) {
        INDArray scratch = view(buffers[(i + 1) % 2], map(i));
        Moments moments = moments(units.get(i), i, where, workspaces);
        units.get(i).train(x, y, scratch, moments, y);
        all.add(moments);
      } else {
        units.get(i).evaluate(x, y);
      }
      x = y;
    }
    frozenMoments = layerConf().frozen() ? all : null;
    long[] pooled = {x.size(0), x.size(1) / 2, x.size(2) / 2, x.size(3)};
    INDArray result =
        workspaces.createUninitialized(ArrayType.ACTIVATIONS, kernels().activationType(), pooled);
    kernels().maxPool(x, result);
    return result;
  }

  /** The gradient of the output is overwritten. */
  @Override
  public Pair<Gradient, INDArray> backpropGradient(
      INDArray gradient, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    if (layerConf().frozen()) {
      stepFrozenStatistics();
      return new Pair<>(gradients(), layerConf().first() ? null : noGradient(workspaces));
    }
    watch(layerConf().getLayerName(), gradient);
    List<ConvolutionUnit> units = units();
    List<INDArray> outputs =
        units.stream().map(unit -> largestMap(ArrayType.BP_WORKING_MEM, workspaces)).toList();
    List<Kept> kept = again(units, outputs, workspaces);
    int last = units.size() - 1;
    INDArray dy =
        workspaces.createUninitialized(
            ArrayType.BP_WORKING_MEM, kernels().activationType(), map(last));
    kernels().maxPoolBackward(kept.get(last).output(), gradient, dy);
    for (int i = last; i >= 0; i--) {
      watch(layerConf().names().get(i), dy);
      // A unit is done with its output before it writes the gradient of its input.
      INDArray dx = i > 0 ? view(outputs.get(i), map(i - 1)) : inputGradient(workspaces);
      units.get(i).backward(kept.get(i), dy, dx);
      dy = dx;
    }
    return new Pair<>(gradients(), dy);
  }

  private INDArray inputGradient(LayerWorkspaceMgr workspaces) {
    return layerConf().first()
        ? null
        : workspaces.createUninitialized(
            ArrayType.ACTIVATION_GRAD, kernels().activationType(), input.shape());
  }

  private void stepFrozenStatistics() {
    gradientsFlattened.assign(0);
    List<ConvolutionUnit> units = units();
    for (int i = 0; i < frozenMoments.size(); i++) {
      units.get(i).stepStatistics(frozenMoments.get(i), input.length() / input.size(3));
    }
  }

  private List<Kept> again(
      List<ConvolutionUnit> units, List<INDArray> outputs, LayerWorkspaceMgr workspaces) {
    List<Kept> kept = new ArrayList<>();
    DataType type = kernels().activationType();
    INDArray x = input;
    for (int i = 0; i < units.size(); i++) {
      INDArray z = workspaces.createUninitialized(ArrayType.BP_WORKING_MEM, type, map(i));
      INDArray y = view(outputs.get(i), map(i));
      Moments moments = moments(units.get(i), i, ArrayType.BP_WORKING_MEM, workspaces);
      units.get(i).train(x, z, y, moments, y);
      kept.add(new Kept(x, z, y, moments));
      x = y;
    }
    return kept;
  }

  private List<ConvolutionUnit> units() {
    return layerConf().names().stream()
        .map(
            name ->
                new ConvolutionUnit(
                    kernels(), layerConf().batchNorm(), of(name, params), of(name, gradientViews)))
        .toList();
  }

  /** What belongs to a convolution, by the keys of a {@link ConvolutionBlock}. */
  private static Map<String, INDArray> of(String convolution, Map<String, INDArray> all) {
    Map<String, INDArray> own = new HashMap<>();
    if (all != null) {
      for (Parameter parameter : ConvolutionBlock.parameters(1, 1)) {
        own.put(parameter.key(), all.get(VggBlock.key(convolution, parameter.key())));
      }
    }
    return own;
  }

  private long[] map(int convolution) {
    long[] shape = input.shape().clone();
    shape[3] = layerConf().channels().get(convolution);
    return shape;
  }

  private Moments moments(
      ConvolutionUnit unit, int convolution, ArrayType where, LayerWorkspaceMgr workspaces) {
    long channels = layerConf().channels().get(convolution);
    return unit.moments(() -> workspaces.createUninitialized(where, DataType.FLOAT, channels));
  }

  private INDArray largestMap(ArrayType where, LayerWorkspaceMgr workspaces) {
    long pixels = input.length() / input.size(3);
    long largest =
        pixels * layerConf().channels().stream().mapToLong(Long::longValue).max().orElseThrow();
    return workspaces.createUninitialized(where, kernels().activationType(), largest);
  }

  private static INDArray view(INDArray buffer, long[] shape) {
    long length = shape[0] * shape[1] * shape[2] * shape[3];
    return buffer.get(NDArrayIndex.interval(0, length)).reshape('c', shape);
  }

  @Override
  public void clear() {
    super.clear();
    frozenMoments = null;
  }

  @Override
  public Type type() {
    return Type.CONVOLUTIONAL;
  }
}
