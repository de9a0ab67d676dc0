package org.genrewise.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.typesafe.config.Config;
import org.genrewise.network.GraphOptions.Recompute;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Fine-tuning with constant statistics against PyTorch, with PyTorch's parameters. */
class BatchNormParityTest {
  private static final Config THEIRS = BatchNormReference.fineTune();
  private static final PyTorchParameters PARAMETERS =
      new PyTorchParameters(PyTorchReference.SETTINGS);

  @ParameterizedTest
  @EnumSource(Recompute.class)
  void logitsLossAndEveryGradientAreThoseOfPyTorch(Recompute recompute) {
    GraphOptions options =
        new GraphOptions(Precision.FLOAT32, recompute, false, BatchNormMode.EVALUATION);
    try (TrainingNetwork network = new TrainingNetwork(PyTorchReference.SETTINGS, options, 1)) {
      PyTorchReference.load(network.graph());
      float[] logits =
          network
              .graph()
              .feedForward(PyTorchReference.pictures(), true)
              .get(Vgg19Bn.logits(PyTorchReference.SETTINGS))
              .dup('c')
              .reshape(-1)
              .toFloatVector();
      assertArrayEquals(BatchNormReference.values(THEIRS.getConfig("logits")), logits, 1e-4f);

      double loss =
          network.backward(PyTorchReference.values(), 4, PyTorchReference.targets(), 1, 0).loss();
      assertEquals(THEIRS.getDouble("loss"), loss, 1e-5);
      for (String name : PARAMETERS.shapes().keySet()) {
        float[] gradient = PARAMETERS.readGradient(network.graph(), name);
        if (name.contains("running")) {
          for (float step : gradient) {
            assertEquals(0, step, name);
          }
        } else {
          BatchNormReference.assertClose(
              THEIRS.getConfig("gradients.\"" + name + "\""), gradient, 1e-3, name);
        }
      }
    }
  }
}
