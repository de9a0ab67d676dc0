package org.genrewise.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.genrewise.network.PyTorchReference;
import org.junit.jupiter.api.Test;

class CompiledNetworkTest {

  @Test
  void logitsAreThoseOfPyTorch() {
    CompiledNetwork network =
        CompiledNetwork.of(PyTorchReference.graph(), PyTorchReference.SETTINGS);
    float[] pictures = PyTorchReference.pictures().reshape(-1).toFloatVector();
    assertArrayEquals(PyTorchReference.floats("logits.f32"), network.logits(pictures, 4), 1e-4f);
  }
}
