package org.genrewise.training;

import java.io.Serializable;

/**
 * How tracks are divided.
 *
 * @param validation share of the tracks for choosing the best epoch, from 0 to below 1 (default
 *     0.15)
 * @param test share of the tracks that training never sees, from 0 to below 1 (default 0.15); the
 *     rest, more than 0, is for training
 * @param seed the same seed and tracks give the same split (default 42)
 */
public record SplitSettings(double validation, double test, long seed) implements Serializable {

  public static final SplitSettings DEFAULT = new SplitSettings(0.15, 0.15, 42);

  public SplitSettings {
    if (!(validation >= 0 && test >= 0 && validation + test < 1)) {
      throw new IllegalArgumentException(
          "shares of validation and test must be 0 or more and leave something for training, not "
              + validation
              + " and "
              + test);
    }
  }

  double share(Split.Part part) {
    return switch (part) {
      case TRAIN -> 1 - validation - test;
      case VALIDATION -> validation;
      case TEST -> test;
    };
  }
}
