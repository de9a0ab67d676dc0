package org.genrewise.training.augmentation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AugmentationTest {
  private static final int BINS = 84;
  private static final int FRAMES = 90;
  private static final int DRAWS = 400;

  @Test
  void aPulseMovesInTimeAndNothingIsLost() {
    byte[] pulse = new byte[BINS * FRAMES];
    for (int bin = 0; bin < BINS; bin++) {
      pulse[bin * FRAMES + 10] = (byte) (100 + bin);
    }
    Augmentation augmentation = shifts(0.2, 0);
    Set<Integer> shifts = new HashSet<>();
    for (int picture = 0; picture < DRAWS; picture++) {
      byte[] moved = augmentation.apply(pulse, BINS, FRAMES, 3, picture);
      int at = column(moved);
      shifts.add((at - 10 + FRAMES / 2 + FRAMES) % FRAMES - FRAMES / 2);
      for (int bin = 0; bin < BINS; bin++) {
        for (int frame = 0; frame < FRAMES; frame++) {
          assertEquals(frame == at ? (byte) (100 + bin) : 0, moved[bin * FRAMES + frame]);
        }
      }
    }
    assertRange(shifts, -18, 18);
  }

  @Test
  void aToneMovesByBinsAndSilenceFollows() {
    byte[] tone = new byte[BINS * FRAMES];
    Arrays.fill(tone, 40 * FRAMES, 41 * FRAMES, (byte) 200);
    Augmentation augmentation = shifts(0, 3);
    Set<Integer> shifts = new HashSet<>();
    for (int picture = 0; picture < DRAWS; picture++) {
      byte[] moved = augmentation.apply(tone, BINS, FRAMES, 0, picture);
      int bin = 0;
      while (moved[bin * FRAMES] == 0) {
        bin++;
      }
      shifts.add(bin - 40);
      byte[] expected = new byte[BINS * FRAMES];
      Arrays.fill(expected, bin * FRAMES, (bin + 1) * FRAMES, (byte) 200);
      assertArrayEquals(expected, moved);
    }
    assertRange(shifts, -3, 3);
  }

  @Test
  void whatLeavesOneEndInFrequencyDoesNotReturnAtTheOther() {
    byte[] full = full();
    Augmentation augmentation = shifts(0, 24);
    Set<Integer> silent = new HashSet<>();
    for (int picture = 0; picture < DRAWS; picture++) {
      byte[] moved = augmentation.apply(full, BINS, FRAMES, 0, picture);
      List<Integer> rows = blankRows(moved);
      silent.add(rows.size());
      assertTrue(
          rows.isEmpty() || rows.contains(0) != rows.contains(BINS - 1), "at one end: " + rows);
    }
    assertRange(silent, 0, 24);
  }

  @Test
  void aShiftByAllBinsAndMoreLeavesSilence() {
    Augmentation augmentation = shifts(0, 24);
    byte[] picture = {1, 2, 3, 4, 5, 6};
    int silent = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
      byte[] moved = augmentation.apply(picture, 2, 3, 0, draw);
      silent += Arrays.equals(new byte[6], moved) ? 1 : 0;
    }
    // all but the shifts by -1, 0 and 1 of 49
    assertEquals(46.0 / 49, (double) silent / DRAWS, 0.04);
  }

  @Test
  void timeMasksBlankWholeFramesWithinTheirBounds() {
    Augmentation augmentation =
        new Augmentation(new AugmentationSettings(0, 0, 2, 0.1, 0, 8, 0), 7);
    Set<Integer> counts = new HashSet<>();
    for (int picture = 0; picture < DRAWS; picture++) {
      byte[] masked = augmentation.apply(full(), BINS, FRAMES, 0, picture);
      int blank = 0;
      for (int frame = 0; frame < FRAMES; frame++) {
        boolean first = masked[frame] == 0;
        blank += first ? 1 : 0;
        for (int bin = 0; bin < BINS; bin++) {
          assertEquals(first, masked[bin * FRAMES + frame] == 0);
        }
      }
      counts.add(blank);
    }
    assertRange(counts, 0, 18);
  }

  @Test
  void frequencyMasksBlankWholeBinsWithinTheirBounds() {
    Augmentation augmentation =
        new Augmentation(new AugmentationSettings(0, 0, 0, 0.1, 1, 8, 0), 7);
    Set<Integer> counts = new HashSet<>();
    Set<Integer> touched = new HashSet<>();
    for (int picture = 0; picture < DRAWS; picture++) {
      byte[] masked = augmentation.apply(full(), BINS, FRAMES, 0, picture);
      List<Integer> rows = blankRows(masked);
      counts.add(rows.size());
      touched.addAll(rows);
      int blank = 0;
      for (byte index : masked) {
        blank += index == 0 ? 1 : 0;
      }
      assertEquals(rows.size() * FRAMES, blank);
      if (!rows.isEmpty()) {
        assertEquals(rows.size() - 1, rows.get(rows.size() - 1) - rows.get(0), "side by side");
      }
    }
    assertRange(counts, 0, 8);
    assertRange(touched, 0, BINS - 1);
  }

  @Test
  void aMaskWiderThanThePictureIsNone() {
    Augmentation augmentation =
        new Augmentation(new AugmentationSettings(0, 0, 1, 1, 1, 1000, 0), 7);
    for (int picture = 0; picture < DRAWS; picture++) {
      assertEquals(6, augmentation.apply(new byte[6], 2, 3, 0, picture).length);
    }
  }

  @Test
  void thePictureAndTheEpochAndTheSeedDecide() {
    AugmentationSettings settings = new AugmentationSettings(0.5, 12, 2, 0.1, 2, 8, 0.2);
    byte[] picture = noise();
    byte[] before = picture.clone();
    Augmentation augmentation = new Augmentation(settings, 42);
    byte[] first = augmentation.apply(picture, BINS, FRAMES, 1, 5);
    assertArrayEquals(before, picture, "the original is left as it is");

    Augmentation other = new Augmentation(settings, 42);
    other.apply(picture, BINS, FRAMES, 9, 9);
    other.mixingShare(1, 1);
    assertArrayEquals(first, other.apply(picture, BINS, FRAMES, 1, 5));
    assertDiffers(first, other.apply(picture, BINS, FRAMES, 2, 5));
    assertDiffers(first, other.apply(picture, BINS, FRAMES, 1, 6));
    assertDiffers(first, other.apply(picture, BINS, FRAMES, 5, 1));
    assertDiffers(first, other.apply(picture, BINS, FRAMES, 1, 5 + (1L << 32)));
    assertDiffers(first, new Augmentation(settings, 43).apply(picture, BINS, FRAMES, 1, 5));
  }

  @Test
  void whereAllIsOffPicturesStayTheSame() {
    byte[] picture = noise();
    Augmentation off = new Augmentation(AugmentationSettings.OFF, 1);
    assertSame(picture, off.apply(picture, BINS, FRAMES, 0, 0));
    assertEquals(1, off.mixingShare(0, 0));

    AugmentationSettings mixing = new AugmentationSettings(0, 0, 0, 0.1, 0, 8, 0.4);
    assertFalse(mixing.isOff());
    assertSame(picture, new Augmentation(mixing, 1).apply(picture, BINS, FRAMES, 0, 0));
  }

  private static Augmentation shifts(double time, int frequency) {
    return new Augmentation(new AugmentationSettings(time, frequency, 0, 0.1, 0, 8, 0), 7);
  }

  private static byte[] full() {
    byte[] full = new byte[BINS * FRAMES];
    Arrays.fill(full, (byte) 255);
    return full;
  }

  private static byte[] noise() {
    byte[] noise = new byte[BINS * FRAMES];
    new java.util.Random(1).nextBytes(noise);
    return noise;
  }

  private static int column(byte[] picture) {
    int frame = 0;
    while (picture[frame] == 0) {
      frame++;
    }
    return frame;
  }

  private static List<Integer> blankRows(byte[] picture) {
    List<Integer> rows = new ArrayList<>();
    for (int bin = 0; bin < BINS; bin++) {
      boolean blank = true;
      for (int frame = 0; frame < FRAMES; frame++) {
        blank &= picture[bin * FRAMES + frame] == 0;
      }
      if (blank) {
        rows.add(bin);
      }
    }
    return rows;
  }

  /** All values lie in a range and both its ends were reached, so no end is off by one. */
  private static void assertRange(Set<Integer> values, int lowest, int highest) {
    assertEquals(lowest, values.stream().min(Integer::compare).orElseThrow());
    assertEquals(highest, values.stream().max(Integer::compare).orElseThrow());
  }

  private static void assertDiffers(byte[] one, byte[] other) {
    assertFalse(Arrays.equals(one, other));
  }
}
