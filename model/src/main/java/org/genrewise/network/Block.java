package org.genrewise.network;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The configuration of one of this network's fused layers, in the form that Deeplearning4j writes
 * to JSON. It is given its sizes outright, so the graph has no shapes to infer.
 */
abstract class Block extends FeedForwardLayer {

  @JsonProperty private Precision precision = Precision.FLOAT32;

  Block() {}

  Block(String name, Precision precision, long in, long out) {
    setLayerName(name);
    this.precision = precision;
    setNIn(in);
    setNOut(out);
  }

  /** The tensors of this layer, in the order in which they lie in the flat vector. */
  abstract List<Parameter> parameters();

  /** The layer that computes, without parameters yet. */
  abstract BlockLayer<?> layer(NeuralNetConfiguration configuration, DataType type);

  /** The name of a parameter in the whole network, from which its first values are drawn. */
  String qualified(String key) {
    return getLayerName() + "." + key;
  }

  Kernels kernels() {
    return Kernels.of(precision);
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration configuration,
      Collection<TrainingListener> listeners,
      int index,
      INDArray flat,
      boolean initialise,
      DataType type) {
    BlockLayer<?> layer = layer(configuration, type);
    layer.setListeners(listeners);
    layer.setIndex(index);
    if (parameters().isEmpty()) {
      layer.setParamTable(Map.of());
    } else {
      layer.setParamsViewArray(flat);
      layer.setParamTable(initializer().init(configuration, flat, initialise));
    }
    layer.setConf(configuration);
    return layer;
  }

  @Override
  public ParamInitializer initializer() {
    return new ParameterLayout(parameters());
  }

  @Override
  public IUpdater getUpdaterByParam(String key) {
    return new ParameterLayout(parameters()).isStatistic(key)
        ? new NoOp()
        : super.getUpdaterByParam(key);
  }

  @Override
  public InputType getOutputType(int index, InputType in) {
    return InputType.feedForward(getNOut());
  }

  @Override
  public LayerMemoryReport getMemoryReport(InputType in) {
    long size = initializer().numParams(this);
    return new LayerMemoryReport.Builder(getLayerName(), getClass(), in, getOutputType(-1, in))
        .standardMemory(size, getIUpdater().stateSize(size))
        .build();
  }
}
