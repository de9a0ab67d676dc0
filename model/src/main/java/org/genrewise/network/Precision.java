package org.genrewise.network;

/**
 * In which precision a network computes. Parameters, their gradients, batch norm, softmax and loss
 * are 32-bit floats in every case.
 */
public enum Precision {
  /** 32-bit floats throughout. */
  FLOAT32,
  /**
   * Mixed (Micikevicius et al., "Mixed Precision Training"): activations and their gradients are
   * 16-bit floats, and convolutions and dense layers multiply 16-bit inputs by weights rounded to
   * 16 bits and sum in 32 bits. Gradients below 6e-8 are lost and above 65504 infinite, so training
   * needs a loss scale. On a CPU it halves the memory of activations and is not faster.
   */
  FLOAT16
}
