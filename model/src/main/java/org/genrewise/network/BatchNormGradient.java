package org.genrewise.network;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Batch norm's gradient with the sums over all pixels done: for each channel dz = factor dy +
 * normalised z * gamma + beta.
 *
 * <p>With a = gamma / sqrt(variance + epsilon), n pixels a channel and x the normalised z: dz = a
 * (dy - dBeta / n - x dGamma / n); see Ioffe and Szegedy, "Batch Normalization". The last two terms
 * are a batch norm of z with another gamma and beta. They come from mean and variance, and are not
 * there where those are constants.
 */
record BatchNormGradient(INDArray factor, INDArray gamma, INDArray beta) {

  /**
   * @param pixels n
   * @param dGamma in: the sum of z dy; out: the gradient of gamma
   * @param dBeta the sum of dy, which is the gradient of beta
   */
  static BatchNormGradient of(
      long pixels,
      INDArray mean,
      INDArray variance,
      INDArray gamma,
      double epsilon,
      INDArray dGamma,
      INDArray dBeta) {
    INDArray inverseDeviation = Nd4j.math().rsqrt(variance.add(epsilon));
    dGamma.subi(mean.mul(dBeta)).muli(inverseDeviation);
    INDArray factor = gamma.mul(inverseDeviation);
    INDArray share = factor.div(-pixels);
    return new BatchNormGradient(factor, share.mul(dGamma), share.mul(dBeta));
  }
}
