package org.genrewise.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.genrewise.network.Parameter.Role;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Where each tensor of a layer lies in the graph's flat vectors, one after the other. */
record ParameterLayout(List<Parameter> parameters) implements ParamInitializer {

  @Override
  public long numParams(NeuralNetConfiguration configuration) {
    return numParams(configuration.getLayer());
  }

  @Override
  public long numParams(Layer layer) {
    return parameters.stream().mapToLong(Parameter::length).sum();
  }

  @Override
  public List<String> paramKeys(Layer layer) {
    return parameters.stream().map(Parameter::key).toList();
  }

  @Override
  public List<String> weightKeys(Layer layer) {
    return keys(Role.WEIGHT);
  }

  @Override
  public List<String> biasKeys(Layer layer) {
    return keys(Role.BIAS);
  }

  @Override
  public boolean isWeightParam(Layer layer, String key) {
    return keys(Role.WEIGHT).contains(key);
  }

  @Override
  public boolean isBiasParam(Layer layer, String key) {
    return keys(Role.BIAS).contains(key);
  }

  boolean isStatistic(String key) {
    return keys(Role.STATISTIC).contains(key);
  }

  @Override
  public Map<String, INDArray> init(
      NeuralNetConfiguration configuration, INDArray flat, boolean initialise) {
    Map<String, INDArray> views = views(flat);
    Block block = (Block) configuration.getLayer();
    for (Parameter parameter : parameters) {
      configuration.addVariable(parameter.key());
      if (initialise) {
        long salt = block.qualified(parameter.key()).hashCode();
        parameter.fill(
            views.get(parameter.key()).reshape(parameter.order(), new long[] {parameter.length()}),
            configuration.getSeed() + (salt << Integer.SIZE));
      }
    }
    return views;
  }

  @Override
  public Map<String, INDArray> getGradientsFromFlattened(
      NeuralNetConfiguration configuration, INDArray flat) {
    return views(flat);
  }

  private Map<String, INDArray> views(INDArray flat) {
    Map<String, INDArray> views = new LinkedHashMap<>();
    INDArray vector = flat.reshape(flat.length());
    long offset = 0;
    for (Parameter parameter : parameters) {
      long end = offset + parameter.length();
      views.put(
          parameter.key(),
          vector
              .get(NDArrayIndex.interval(offset, end))
              .reshape(parameter.order(), parameter.shape()));
      offset = end;
    }
    return views;
  }

  private List<String> keys(Role role) {
    return parameters.stream().filter(p -> p.role() == role).map(Parameter::key).toList();
  }
}
