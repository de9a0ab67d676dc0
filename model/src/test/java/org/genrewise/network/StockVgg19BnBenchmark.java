package org.genrewise.network;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * The speed of the same network made of Deeplearning4j's own layers, to stand beside this
 * project's; no test, and used for nothing else. Run the main method; arguments: batch size, then
 * the number of runs. {@code -Dorg.eclipse.deeplearning4j.helpers.disable=false} lets the layers
 * use oneDNN.
 */
final class StockVgg19BnBenchmark {

  private StockVgg19BnBenchmark() {}

  public static void main(String[] arguments) {
    int batch = Integer.parseInt(arguments[0]);
    int runs = Integer.parseInt(arguments[1]);
    NetworkSettings settings = NetworkSettings.of(16, Width.FULL, 224);
    ComputationGraph graph = create(settings);
    INDArray pictures = Nd4j.rand(DataType.FLOAT, batch, 3, 224, 224).muli(2).subi(1);
    INDArray labels = Nd4j.zeros(batch, 16);
    for (int i = 0; i < batch; i++) {
      labels.putScalar(i, i % 16, 1);
    }
    time("stock forward_" + batch, runs, () -> graph.outputSingle(pictures));
    time("stock step_" + batch, runs, () -> graph.fit(new DataSet(pictures, labels)));
  }

  /** Once to warm up, then the least of some runs. */
  private static void time(String name, int runs, Runnable run) {
    run.run();
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < runs; i++) {
      long begin = System.nanoTime();
      run.run();
      least = Math.min(least, (System.nanoTime() - begin) / 1e9);
    }
    System.out.printf("%-16s minimum %8.3f s%n", name, least);
  }

  private static ComputationGraph create(NetworkSettings settings) {
    GraphBuilder graph =
        new NeuralNetConfiguration.Builder()
            .updater(new Nesterovs(0.001, 0.9))
            .convolutionMode(ConvolutionMode.Same)
            .graphBuilder()
            .addInputs("in")
            .setInputTypes(
                InputType.convolutional(
                    settings.inputSize(),
                    settings.inputSize(),
                    NetworkSettings.CHANNELS_IN,
                    CNN2DFormat.NCHW));
    String previous = "in";
    int convolution = 0;
    for (int block = 0; block < NetworkSettings.BLOCKS.size(); block++) {
      for (int i = 0; i < NetworkSettings.BLOCKS.get(block); i++) {
        String name = "convolution" + convolution;
        graph.addLayer(
            name,
            new ConvolutionLayer.Builder(3, 3)
                .nOut(settings.channels().get(convolution))
                .activation(Activation.IDENTITY)
                .build(),
            previous);
        graph.addLayer(name + "norm", new BatchNormalization(), name);
        graph.addLayer(name + "relu", new ActivationLayer(Activation.RELU), name + "norm");
        previous = name + "relu";
        convolution++;
      }
      graph.addLayer(
          "pool" + block,
          new SubsamplingLayer.Builder().kernelSize(2, 2).stride(2, 2).build(),
          previous);
      previous = "pool" + block;
    }
    for (int i = 0; i < settings.head().size(); i++) {
      graph.addLayer(
          "dense" + i,
          new DenseLayer.Builder()
              .nOut(settings.head().get(i))
              .activation(Activation.RELU)
              .dropOut(1 - settings.dropout())
              .build(),
          previous);
      previous = "dense" + i;
    }
    graph.addLayer(
        "out",
        new OutputLayer.Builder(LossFunction.MCXENT)
            .nOut(settings.classes())
            .activation(Activation.SOFTMAX)
            .build(),
        previous);
    ComputationGraph network = new ComputationGraph(graph.setOutputs("out").build());
    network.init();
    return network;
  }
}
