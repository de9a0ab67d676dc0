package org.genrewise.extraction;

import java.math.BigDecimal;
import org.genrewise.cqt.CqtSettings;

/**
 * What features are made of: the settings that training and labelling must share.
 *
 * @param cqt the constant-Q transform
 * @param sliceSeconds length of a slice in seconds, from 0.5 to 600 (default 11.4)
 */
public record FeatureSettings(CqtSettings cqt, double sliceSeconds) {
  public static final double DEFAULT_SLICE_SECONDS = 11.4;
  public static final FeatureSettings DEFAULT =
      new FeatureSettings(CqtSettings.DEFAULT, DEFAULT_SLICE_SECONDS);

  public FeatureSettings {
    if (!(sliceSeconds >= 0.5 && sliceSeconds <= 600)) {
      throw new IllegalArgumentException(
          "slice-seconds must be from 0.5 to 600, not " + sliceSeconds);
    }
  }

  /** Short text that differs where features differ. */
  public String version() {
    return cqt.version()
        + "-slice"
        + BigDecimal.valueOf(sliceSeconds).stripTrailingZeros().toPlainString();
  }
}
