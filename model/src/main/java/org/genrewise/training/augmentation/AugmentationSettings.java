package org.genrewise.training.augmentation;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How training pictures are changed each time that they are seen. All is off by default.
 *
 * @param timeShift the largest circular shift in time, either way, as a share of the slice, from 0
 *     (off, default) to 1
 * @param frequencyShift the largest shift up or down in bins, from 0 (off, default) to 24
 * @param timeMasks how many stretches of frames are blanked (Park et al., "SpecAugment"), from 0
 *     (off, default) to 100
 * @param timeMaskWidth the largest width of one, as a share of the slice, from 0 to 1 (default 0.1)
 * @param frequencyMasks how many stretches of bins are blanked, from 0 (off, default) to 100
 * @param frequencyMaskWidth the largest width of one in bins, 0 or more (default 8)
 * @param mixup alpha of the Beta(alpha, alpha) distribution of the shares in which two pictures are
 *     mixed (Zhang et al., "mixup: Beyond Empirical Risk Minimization"), 0 (off, default) or more
 */
public record AugmentationSettings(
    double timeShift,
    int frequencyShift,
    int timeMasks,
    double timeMaskWidth,
    int frequencyMasks,
    int frequencyMaskWidth,
    double mixup)
    implements Serializable {

  private static final int MOST_BINS = 24;
  private static final int MOST_MASKS = 100;

  /** Pictures as they are. */
  public static final AugmentationSettings OFF = new AugmentationSettings(0, 0, 0, 0.1, 0, 8, 0);

  public static final AugmentationSettings DEFAULT = OFF;

  public AugmentationSettings {
    require(
        timeShift >= 0 && timeShift <= 1, "time-shift must be from 0 (off) to 1, not " + timeShift);
    require(
        frequencyShift >= 0 && frequencyShift <= MOST_BINS,
        "frequency-shift must be from 0 (off) to 24, not " + frequencyShift);
    require(
        timeMasks >= 0 && timeMasks <= MOST_MASKS,
        "time-masks must be from 0 (off) to 100, not " + timeMasks);
    require(
        timeMaskWidth >= 0 && timeMaskWidth <= 1,
        "time-mask-width must be from 0 to 1, not " + timeMaskWidth);
    require(
        frequencyMasks >= 0 && frequencyMasks <= MOST_MASKS,
        "frequency-masks must be from 0 (off) to 100, not " + frequencyMasks);
    require(
        frequencyMaskWidth >= 0,
        "frequency-mask-width must be 0 or more, not " + frequencyMaskWidth);
    require(mixup >= 0 && Double.isFinite(mixup), "mixup must be 0 (off) or more, not " + mixup);
  }

  /** Whether pictures are neither changed nor mixed. */
  public boolean isOff() {
    return keepsPictures() && mixup == 0;
  }

  /** Whether pictures are not changed, though they may be mixed. */
  boolean keepsPictures() {
    return timeShift == 0 && frequencyShift == 0 && timeMasks == 0 && frequencyMasks == 0;
  }

  /** Every setting by the name that it has in configuration files. */
  public Map<String, String> asMap() {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("time-shift", Double.toString(timeShift));
    map.put("frequency-shift", Integer.toString(frequencyShift));
    map.put("time-masks", Integer.toString(timeMasks));
    map.put("time-mask-width", Double.toString(timeMaskWidth));
    map.put("frequency-masks", Integer.toString(frequencyMasks));
    map.put("frequency-mask-width", Integer.toString(frequencyMaskWidth));
    map.put("mixup", Double.toString(mixup));
    return map;
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
