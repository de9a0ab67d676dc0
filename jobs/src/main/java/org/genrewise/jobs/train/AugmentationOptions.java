package org.genrewise.jobs.train;

import java.util.List;
import org.genrewise.jobs.settings.Setting;
import org.genrewise.jobs.settings.Settings;
import org.genrewise.training.augmentation.AugmentationSettings;

/** The settings of augmentation, as users name them. */
final class AugmentationOptions {
  private static final AugmentationSettings DEFAULT = AugmentationSettings.DEFAULT;

  private static final Setting<Double> TIME_SHIFT =
      Setting.number(
          "time-shift",
          DEFAULT.timeShift(),
          "0 to 1",
          "largest circular shift in time, as a share of the slice");
  private static final Setting<Integer> FREQUENCY_SHIFT =
      Setting.whole(
          "frequency-shift", DEFAULT.frequencyShift(), "bins", "largest shift up or down");
  private static final Setting<Integer> TIME_MASKS =
      Setting.whole(
          "time-masks", DEFAULT.timeMasks(), "masks", "stretches of time that are silenced");
  private static final Setting<Double> TIME_MASK_WIDTH =
      Setting.number(
          "time-mask-width",
          DEFAULT.timeMaskWidth(),
          "0 to 1",
          "longest of them, as a share of the slice");
  private static final Setting<Integer> FREQUENCY_MASKS =
      Setting.whole(
          "frequency-masks", DEFAULT.frequencyMasks(), "masks", "bands that are silenced");
  private static final Setting<Integer> FREQUENCY_MASK_WIDTH =
      Setting.whole("frequency-mask-width", DEFAULT.frequencyMaskWidth(), "bins", "widest of them");
  private static final Setting<Double> MIXUP =
      Setting.number(
          "mixup",
          DEFAULT.mixup(),
          "0 or more",
          "alpha of the beta distribution that mixes pairs of slices; 0 is off");

  static final List<Setting<?>> ALL =
      List.of(
          TIME_SHIFT,
          FREQUENCY_SHIFT,
          TIME_MASKS,
          TIME_MASK_WIDTH,
          FREQUENCY_MASKS,
          FREQUENCY_MASK_WIDTH,
          MIXUP);

  private AugmentationOptions() {}

  static AugmentationSettings augmentation(Settings settings) {
    return new AugmentationSettings(
        settings.value(TIME_SHIFT),
        settings.value(FREQUENCY_SHIFT),
        settings.value(TIME_MASKS),
        settings.value(TIME_MASK_WIDTH),
        settings.value(FREQUENCY_MASKS),
        settings.value(FREQUENCY_MASK_WIDTH),
        settings.value(MIXUP));
  }
}
