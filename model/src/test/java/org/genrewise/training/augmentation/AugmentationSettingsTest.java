package org.genrewise.training.augmentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AugmentationSettingsTest {

  @Test
  void everySettingIsKnownByItsNameInConfiguration() {
    assertEquals(
        "{time-shift=0.0, frequency-shift=0, time-masks=0, time-mask-width=0.1,"
            + " frequency-masks=0, frequency-mask-width=8, mixup=0.0}",
        AugmentationSettings.DEFAULT.asMap().toString());
  }

  @ParameterizedTest
  @CsvSource({
    "1.5, 0, 0, 0.1, 0, 8, 0, 'time-shift must be from 0 (off) to 1, not 1.5'",
    "0, 25, 0, 0.1, 0, 8, 0, 'frequency-shift must be from 0 (off) to 24, not 25'",
    "0, 0, -1, 0.1, 0, 8, 0, 'time-masks must be from 0 (off) to 100, not -1'",
    "0, 0, 0, NaN, 0, 8, 0, 'time-mask-width must be from 0 to 1, not NaN'",
    "0, 0, 0, 0.1, 101, 8, 0, 'frequency-masks must be from 0 (off) to 100, not 101'",
    "0, 0, 0, 0.1, 0, -8, 0, 'frequency-mask-width must be 0 or more, not -8'",
    "0, 0, 0, 0.1, 0, 8, -1, 'mixup must be 0 (off) or more, not -1.0'",
  })
  void refusalsNameTheSettingItsValueAndWhatIsAllowed(
      double timeShift,
      int frequencyShift,
      int timeMasks,
      double timeMaskWidth,
      int frequencyMasks,
      int frequencyMaskWidth,
      double mixup,
      String message) {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new AugmentationSettings(
                    timeShift,
                    frequencyShift,
                    timeMasks,
                    timeMaskWidth,
                    frequencyMasks,
                    frequencyMaskWidth,
                    mixup));
    assertEquals(message, refusal.getMessage());
  }

  @Test
  void itIsOffWhereNothingIsDone() {
    assertTrue(AugmentationSettings.OFF.isOff());
    assertFalse(new AugmentationSettings(0, 1, 0, 0.1, 0, 8, 0).isOff());
    assertFalse(new AugmentationSettings(0, 0, 0, 0.1, 0, 8, 0.2).isOff());
  }
}
