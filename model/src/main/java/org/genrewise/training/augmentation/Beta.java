package org.genrewise.training.augmentation;

import java.util.random.RandomGenerator;

/** Draws from a Beta distribution as a ratio of two gamma draws. */
final class Beta {
  private Beta() {}

  /**
   * A draw from Beta(alpha, alpha).
   *
   * @param alpha above 0
   */
  static double symmetric(double alpha, RandomGenerator random) {
    // in logarithms: with a small alpha both gamma draws may be too small for a double
    double one = logGamma(alpha, random);
    double other = logGamma(alpha, random);
    return 1 / (1 + Math.exp(other - one));
  }

  /**
   * The logarithm of a draw from Gamma(alpha, 1): Marsaglia and Tsang, "A Simple Method for
   * Generating Gamma Variables" (2000), with their boost for alpha below 1.
   */
  private static double logGamma(double alpha, RandomGenerator random) {
    if (alpha < 1) {
      return logGamma(alpha + 1, random) + Math.log(positive(random)) / alpha;
    }
    double d = alpha - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double x = random.nextGaussian();
      double root = 1 + c * x;
      if (root > 0) {
        double logV = 3 * Math.log(root);
        double v = root * root * root;
        if (Math.log(positive(random)) < x * x / 2 + d - d * v + d * logV) {
          return Math.log(d) + logV;
        }
      }
    }
  }

  /** Above 0, at most 1. */
  private static double positive(RandomGenerator random) {
    return 1 - random.nextDouble();
  }
}
