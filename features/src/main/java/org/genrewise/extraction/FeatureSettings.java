package org.genrewise.extraction;

import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.genrewise.cqt.CqtSettings;

/**
 * What features are made of: the settings that training and labelling must share.
 *
 * @param cqt the constant-Q transform
 * @param sliceSeconds length of a slice in seconds, from 0.5 to 600 (default 11.4)
 */
public record FeatureSettings(CqtSettings cqt, double sliceSeconds) implements Serializable {
  public static final double DEFAULT_SLICE_SECONDS = 11.4;
  public static final FeatureSettings DEFAULT =
      new FeatureSettings(CqtSettings.DEFAULT, DEFAULT_SLICE_SECONDS);

  private static final String NUMBER = "([0-9.]+(?:E-?[0-9]+)?)";
  private static final Pattern VERSION =
      Pattern.compile(
          "cqt1-sr(\\d{1,9})-hop(\\d{1,9})-fmin%s-bins(\\d{1,9})-bpo(\\d{1,9})-slice%s"
              .formatted(NUMBER, NUMBER));

  public FeatureSettings {
    if (!(sliceSeconds >= 0.5 && sliceSeconds <= 600)) {
      throw new IllegalArgumentException(
          "slice-seconds must be from 0.5 to 600, not " + sliceSeconds);
    }
  }

  /** Short text that differs where features differ; {@link #parse} reads it. */
  public String version() {
    return cqt.version() + "-slice" + sliceSeconds;
  }

  /**
   * The settings that a version stands for.
   *
   * @throws IllegalArgumentException if the text is no version, or one of another program version
   */
  public static FeatureSettings parse(String version) {
    Matcher matcher = VERSION.matcher(version);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'%s' is not a feature version that this program knows; extract the features again"
              .formatted(version));
    }
    return new FeatureSettings(
        new CqtSettings(
            Integer.parseInt(matcher.group(1)),
            Integer.parseInt(matcher.group(2)),
            Double.parseDouble(matcher.group(3)),
            Integer.parseInt(matcher.group(4)),
            Integer.parseInt(matcher.group(5))),
        Double.parseDouble(matcher.group(6)));
  }
}
