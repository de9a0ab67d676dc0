package org.genrewise.cqt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CqtSettingsTest {

  @Test
  void defaultsAreLibrosas() {
    CqtSettings settings = CqtSettings.DEFAULT;
    assertEquals(32.70319566, settings.fmin(), 1e-8);
    assertEquals(3951.066, settings.frequency(83), 1e-3);
    assertEquals(7, settings.octaves());
    assertEquals(17.33159, settings.quality(), 1e-5);
    assertEquals(0, settings.earlyHalvings());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0      | 512 | 32.7 | 84  | 12 | sample rate must be positive, in hertz, not 0",
        "22050  | -1  | 32.7 | 84  | 12 | hop length must be from 1 to 65536 samples, not -1",
        "22050  | 512 | 0    | 84  | 12 | fmin must be positive and finite, in hertz, not 0.0",
        "22050  | 512 | NaN  | 84  | 12 | fmin must be positive and finite, in hertz, not NaN",
        "22050  | 512 | 32.7 | 0   | 12 | bins must be positive, not 0",
        "22050  | 512 | 32.7 | 84  | 0  | bins per octave must be positive, not 0",
        "8000   | 512 | 32.7 | 84  | 12 | use at most 83 bins",
        "22050  | 512 | 32.7 | 200 | 12 | use at most 101 bins",
        "22050  | 512 | 12000 | 1  | 12 | use a lower fmin or a higher sample rate",
        "192000 | 441 | 16.35 | 84 | 48 | a hop length of 441 can be halved 0 times"
      })
  void impossibleSettingsAreRefusedWithTheRemedy(
      int rate, int hop, double fmin, int bins, int binsPerOctave, String message) {
    String actual =
        assertThrows(
                IllegalArgumentException.class,
                () -> new CqtSettings(rate, hop, fmin, bins, binsPerOctave))
            .getMessage();
    assertTrue(actual.contains(message), actual);
  }

  @Test
  void theRemedyForTooManyBinsIsTheLargestNumberThatWorks() {
    new CqtSettings(22_050, 512, 32.7, 101, 12);
    assertThrows(IllegalArgumentException.class, () -> new CqtSettings(22_050, 512, 32.7, 102, 12));
  }

  @Test
  void versionTellsSettingsApart() {
    assertEquals(
        "cqt1-sr22050-hop512-fmin32.70319566257483-bins84-bpo12", CqtSettings.DEFAULT.version());
    assertNotEquals(
        CqtSettings.DEFAULT.version(),
        new CqtSettings(22_050, 256, CqtSettings.C1, 84, 12).version());
  }
}
