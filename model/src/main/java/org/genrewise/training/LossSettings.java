package org.genrewise.training;

import java.io.Serializable;
import java.util.Map;

/**
 * What the network is told to make small.
 *
 * @param classWeighting how much each class counts (default BALANCED)
 * @param labelSmoothing share of a picture's weight that is spread evenly over all classes, from 0
 *     to below 1 (default 0); see Szegedy et al., "Rethinking the Inception Architecture"
 */
public record LossSettings(ClassWeighting classWeighting, double labelSmoothing)
    implements Serializable {

  public static final LossSettings DEFAULT = new LossSettings(ClassWeighting.BALANCED, 0);

  public LossSettings {
    if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
      throw new IllegalArgumentException(
          "label-smoothing must be from 0 to below 1, not " + labelSmoothing);
    }
  }

  Map<String, String> asMap() {
    return Map.of(
        "class-weighting", TrainingSettings.text(classWeighting),
        "label-smoothing", Double.toString(labelSmoothing));
  }
}
