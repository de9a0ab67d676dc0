package org.genrewise.extraction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.genrewise.audio.AudioStream;
import org.genrewise.cqt.CqtSettings;
import org.genrewise.picture.Slice;
import org.junit.jupiter.api.Test;

class FeatureExtractorTest {
  private static final int RATE = 22_050;
  private static final FeatureExtractor EXTRACTOR = new FeatureExtractor(FeatureSettings.DEFAULT);

  @Test
  void aToneShinesInItsBinInEverySliceOfALongTrack() throws Exception {
    TrackFeatures track = EXTRACTOR.extract(tone(440, 65));

    assertEquals(65, track.durationSeconds());
    assertEquals(5, track.slices().size());
    for (Slice slice : track.slices()) {
      assertFalse(slice.padded());
      for (int frame = 0; frame < slice.frames(); frame += 10) {
        assertEquals(45, brightestBin(slice, frame), "slice " + slice.index() + ", frame " + frame);
      }
    }
    assertEquals(
        11.4, track.slices().get(1).startSeconds() - track.slices().get(0).startSeconds(), 0.05);
  }

  @Test
  void shortAudioIsPaddedToOneSliceAndSaysSo() throws Exception {
    TrackFeatures track = EXTRACTOR.extract(tone(440, 5));

    assertEquals(5, track.durationSeconds());
    Slice only = track.slices().get(0);
    assertEquals(1, track.slices().size());
    assertTrue(only.padded());
    assertEquals(491, only.frames());
    assertEquals(45, brightestBin(only, 100));
    assertEquals(0, only.indices()[45 * only.frames() + 400], "silence after the end");
  }

  @Test
  void audioOfAnotherRateIsRefused() {
    FeatureExtractor other =
        new FeatureExtractor(
            new FeatureSettings(new CqtSettings(44_100, 512, CqtSettings.C1, 84, 12), 11.4));

    assertThrows(IllegalArgumentException.class, () -> other.extract(tone(440, 5)));
  }

  @Test
  void aVersionStandsForItsSettings() {
    FeatureSettings unusual =
        new FeatureSettings(new CqtSettings(16_000, 256, 55.123456789, 60, 24), 2.85);

    assertEquals(unusual, FeatureSettings.parse(unusual.version()));
    assertEquals(FeatureSettings.DEFAULT, FeatureSettings.parse(FeatureSettings.DEFAULT.version()));
    for (String unknown : List.of("", "cqt2-sr1", FeatureSettings.DEFAULT.version() + "x")) {
      assertThrows(IllegalArgumentException.class, () -> FeatureSettings.parse(unknown));
    }
  }

  private static int brightestBin(Slice slice, int frame) {
    int brightest = 0;
    for (int bin = 1; bin < slice.bins(); bin++) {
      if (index(slice, bin, frame) > index(slice, brightest, frame)) {
        brightest = bin;
      }
    }
    return brightest;
  }

  private static int index(Slice slice, int bin, int frame) {
    return slice.indices()[bin * slice.frames() + frame] & 0xff;
  }

  /** A sine, read in pieces of uneven length. */
  private static AudioStream tone(double hertz, double seconds) {
    return new AudioStream() {
      private int position;

      @Override
      public int read(float[] buffer, int offset, int length) {
        int left = (int) (seconds * RATE) - position;
        if (left == 0) {
          return -1;
        }
        int count = Math.min(Math.min(left, length), 1 + position % 7919);
        for (int i = 0; i < count; i++, position++) {
          buffer[offset + i] = (float) (0.5 * Math.sin(2 * Math.PI * hertz * position / RATE));
        }
        return count;
      }

      @Override
      public int sampleRate() {
        return RATE;
      }

      @Override
      public List<String> warnings() {
        return List.of();
      }

      @Override
      public void close() {}
    };
  }
}
