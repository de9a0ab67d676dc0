package org.genrewise.training.optimiser;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Which optimiser, and how it is set. The defaults are those of the ccmusic training.
 *
 * @param kind which one (default SGD)
 * @param momentum of SGD: how much of its last step a parameter repeats, from 0 to below 1 (default
 *     0.9)
 * @param nesterov of SGD: whether the gradient counts as if the momentum's step had already been
 *     made (default false); needs a momentum above 0
 * @param beta1 of ADAMW: what the mean of gradients keeps of its last value, from 0 to below 1
 *     (default 0.9)
 * @param beta2 of ADAMW: what the mean of squared gradients keeps of its last value, from 0 to
 *     below 1 (default 0.999)
 * @param epsilon of ADAMW: added to the root of the corrected mean of squares, from 1e-30 to 1
 *     (default 1e-8)
 * @param weightDecay how strongly weights, not biases and not batch norms, are drawn to 0, 0 (off,
 *     default) or more: as a part of the gradient in SGD, apart from it in ADAMW
 * @param gradientClipping the largest L2 norm of the whole gradient; a longer one is shortened to
 *     it (Pascanu et al., "On the difficulty of training Recurrent Neural Networks"); 0 (off,
 *     default) or more
 */
public record OptimiserSettings(
    Kind kind,
    double momentum,
    boolean nesterov,
    double beta1,
    double beta2,
    double epsilon,
    double weightDecay,
    double gradientClipping)
    implements Serializable {

  /** The optimisers. */
  public enum Kind {
    /**
     * Stochastic gradient descent with momentum, or Nesterov's (Sutskever et al., "On the
     * importance of initialization and momentum in deep learning"), in PyTorch's form.
     */
    SGD,
    /** Loshchilov and Hutter, "Decoupled Weight Decay Regularization". */
    ADAMW
  }

  /** A smaller one would vanish in 32-bit floats. */
  private static final double SMALLEST_EPSILON = 1e-30;

  public static final OptimiserSettings DEFAULT =
      new OptimiserSettings(Kind.SGD, 0.9, false, 0.9, 0.999, 1e-8, 0, 0);

  public OptimiserSettings {
    require(kind != null, "optimiser must be sgd or adamw, not missing");
    require(momentum >= 0 && momentum < 1, "momentum must be from 0 to below 1, not " + momentum);
    require(
        !nesterov || momentum > 0, "nesterov must be false where momentum is 0, but it is true");
    require(beta1 >= 0 && beta1 < 1, "adam-beta1 must be from 0 to below 1, not " + beta1);
    require(beta2 >= 0 && beta2 < 1, "adam-beta2 must be from 0 to below 1, not " + beta2);
    require(
        epsilon >= SMALLEST_EPSILON && epsilon <= 1,
        "adam-epsilon must be from 1e-30 to 1, not " + epsilon);
    require(
        weightDecay >= 0 && Double.isFinite(weightDecay),
        "weight-decay must be 0 (off) or more, not " + weightDecay);
    require(
        gradientClipping >= 0 && Double.isFinite(gradientClipping),
        "gradient-clipping must be 0 (off) or more, not " + gradientClipping);
  }

  /** Every setting by the name that it has in configuration files. */
  public Map<String, String> asMap() {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("optimiser", kind.name().toLowerCase(Locale.ROOT));
    map.put("momentum", Double.toString(momentum));
    map.put("nesterov", Boolean.toString(nesterov));
    map.put("adam-beta1", Double.toString(beta1));
    map.put("adam-beta2", Double.toString(beta2));
    map.put("adam-epsilon", Double.toString(epsilon));
    map.put("weight-decay", Double.toString(weightDecay));
    map.put("gradient-clipping", Double.toString(gradientClipping));
    return map;
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
