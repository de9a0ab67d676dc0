package org.genrewise.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class DecoderSettingsTest {
  private static final DecoderSettings DEFAULT = DecoderSettings.DEFAULT;

  @Test
  void refusesWhatCannotWorkAndNamesIt() {
    assertRefused(() -> DEFAULT.withSampleRate(999), "999");
    assertRefused(() -> DEFAULT.withSampleRate(200_000), "200000");
    assertRefused(() -> DEFAULT.withSeconds(-1, 10), "-1.0");
    assertRefused(() -> DEFAULT.withSeconds(Double.NaN, 10), "NaN");
    assertRefused(() -> DEFAULT.withSeconds(10, 10), "10.0");
    assertRefused(() -> DEFAULT.withSeconds(1, Double.POSITIVE_INFINITY), "Infinity");
    assertRefused(() -> DEFAULT.withTimeout(Duration.ZERO), "PT0S");
    assertRefused(() -> DEFAULT.withMaximumSpoolBytes(0), "0");
  }

  @Test
  void changesOneThingAtATime() {
    DecoderSettings changed = DEFAULT.withSampleRate(16_000).withSeconds(1, 60);
    assertEquals(16_000, changed.sampleRate());
    assertEquals(60, changed.maximumSeconds());
    assertEquals(DEFAULT, changed.withSampleRate(22_050).withSeconds(3, 6 * 3600));
  }

  private static void assertRefused(Executable making, String value) {
    String message = assertThrows(IllegalArgumentException.class, making).getMessage();
    assertTrue(message.contains(value), message);
  }
}
