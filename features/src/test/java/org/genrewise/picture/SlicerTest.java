package org.genrewise.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.genrewise.cqt.CqtSettings;
import org.genrewise.cqt.Spectrogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlicerTest {

  private static final Slicer SLICER = new Slicer(CqtSettings.DEFAULT);

  /** A row of slices.csv: what the reference's arithmetic gives. */
  record Expected(
      CqtSettings settings, double seconds, long samples, int step, int count, int begin) {
    int frames(long length) {
      return (int) (1 + length / settings.hopLength());
    }
  }

  static Stream<Expected> expectations() {
    return Golden.rows("slices.csv").stream()
        .map(
            row ->
                new Expected(
                    settings(Integer.parseInt(row[0]), Integer.parseInt(row[1])),
                    Double.parseDouble(row[2]),
                    Long.parseLong(row[3]),
                    Integer.parseInt(row[4]),
                    Integer.parseInt(row[5]),
                    Integer.parseInt(row[6])));
  }

  @ParameterizedTest
  @MethodSource("expectations")
  void slicesAsTheReferenceDoes(Expected expected) {
    Slicer slicer = new Slicer(expected.settings(), expected.seconds());
    long length = slicer.paddedLength(expected.samples());
    boolean padded = expected.count() == 0;
    assertEquals(padded, length > expected.samples());

    Spectrogram decibels = Golden.levels(1, expected.frames(length));
    List<Slice> slices = slicer.slices(decibels, expected.samples());

    assertEquals(padded ? 1 : expected.count(), slices.size());
    for (int i = 0; i < slices.size(); i++) {
      Slice slice = slices.get(i);
      assertEquals(i, slice.index());
      assertEquals(padded, slice.padded());
      if (!padded) {
        int first = expected.begin() + i * expected.step();
        double seconds =
            first * (double) expected.settings().hopLength() / expected.settings().sampleRate();
        assertEquals(expected.step(), slice.frames());
        assertEquals(seconds, slice.startSeconds(), 1e-9);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "11.30, 251370, true",
    "11.39, 251150, false",
    "11.40, 251370, false",
    "0, 251370, true",
    "30, 661500, false"
  })
  void padsOnlyWhatGivesNoSlice(double seconds, long length, boolean padded) {
    long samples = Math.round(seconds * 22_050);
    assertEquals(length, SLICER.paddedLength(samples));
    Spectrogram decibels = Golden.levels(84, (int) (1 + length / 512));
    assertEquals(padded, SLICER.slices(decibels, samples).get(0).padded());
  }

  @Test
  void everyLengthGivesASlice() {
    for (int samples = 1; samples < 300_000; samples++) {
      long length = SLICER.paddedLength(samples);
      int frames = (int) (1 + length / 512);
      int step = (int) (11.4 * frames / (length / 22_050.0));
      assertTrue(length >= samples && step <= frames, samples + " samples");
    }
  }

  @Test
  void theFewestSamplesGiveASliceWithAFrameToSpareToo() {
    long fewest = 250_859;
    assertEquals(251_370, SLICER.paddedLength(fewest - 1));
    assertEquals(fewest, SLICER.paddedLength(fewest));
    assertEquals(490, SLICER.slices(Golden.levels(84, 490), fewest).get(0).frames());
    assertEquals(491, SLICER.slices(Golden.levels(84, 491), fewest).get(0).frames());
  }

  @Test
  void slicesLieSideBySideAndKeepTheirCellsInPlace() {
    // Every level is its own frame number, so a slice's range tells where it was cut.
    int frames = 2584; // of 60 s
    float[] values = new float[3 * frames];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % frames;
    }
    List<Slice> slices = SLICER.slices(new Spectrogram(3, frames, values), 60 * 22_050);

    assertEquals(5, slices.size());
    assertEquals(490, slices.get(0).frames());
    int first = 67; // (2584 - 5 * 490) / 2
    for (Slice slice : slices) {
      assertEquals(first, slice.dbMin());
      assertEquals(first + 489, slice.dbMax());
      assertEquals(first * 512 / 22_050.0, slice.startSeconds(), 1e-9);
      for (int bin = 0; bin < 3; bin++) {
        assertEquals(0, slice.indices()[bin * 490]);
        assertEquals((byte) 255, slice.indices()[bin * 490 + 489]);
      }
      first += 490;
    }
  }

  @Test
  void eachSliceUsesAllItsColours() {
    float[] values = new float[2 * 491];
    Arrays.fill(values, -80);
    values[3] = -40;
    values[4] = -60;
    values[5] = -40.1f;
    Slice slice = SLICER.slices(new Spectrogram(2, 491, values), 251_370).get(0);
    assertEquals(-80, slice.dbMin());
    assertEquals(-40, slice.dbMax());
    byte[] beginning = Arrays.copyOf(slice.indices(), 7);
    assertArrayEquals(new byte[] {0, 0, 0, (byte) 255, (byte) 128, (byte) 255, 0}, beginning);
  }

  @ParameterizedTest
  @MethodSource("ranges")
  void looksColoursUpAsMatplotlibDoes(float lowest, float highest, String crc32) {
    Slice slice = Golden.slice(borders(lowest, highest));
    CRC32 checksum = new CRC32();
    checksum.update(slice.indices());
    assertEquals(crc32, "%08x".formatted(checksum.getValue()));
  }

  static Stream<Object[]> ranges() {
    return Golden.rows("indices.csv").stream().map(row -> new Object[] {row[0], row[1], row[2]});
  }

  /** The levels at the borders of all 256 colours, with two neighbours on either side. */
  private static Spectrogram borders(float lowest, float highest) {
    float[] levels = new float[257 * 5];
    for (int colour = 0, i = 0; colour <= 256; colour++) {
      float level = (float) (lowest + colour * ((double) highest - lowest) / 256);
      level = Math.nextDown(Math.nextDown(level));
      for (int neighbour = 0; neighbour < 5; neighbour++) {
        levels[i++] = Math.max(lowest, Math.min(highest, level));
        level = Math.nextUp(level);
      }
    }
    return new Spectrogram(1, levels.length, levels);
  }

  @Test
  void silenceIsASliceOfTheLowestColour() {
    Slice slice = SLICER.slices(new Spectrogram(84, 491, new float[84 * 491]), 251_370).get(0);
    assertArrayEquals(new byte[84 * 491], slice.indices());
    assertEquals(0, slice.dbMin());
    assertEquals(0, slice.dbMax());
    assertFalse(slice.padded());
  }

  @Test
  void theMiddleOfAnIndexRestoresTheLevel() {
    Spectrogram decibels = Golden.levels(84, 491);
    Slice slice = SLICER.slices(decibels, 251_370).get(0);
    double width = (slice.dbMax() - slice.dbMin()) / 256.0;
    double worst = 0;
    for (int i = 0; i < decibels.values().length; i++) {
      double restored = slice.dbMin() + ((slice.indices()[i] & 0xff) + 0.5) * width;
      worst = Math.max(worst, Math.abs(restored - decibels.values()[i]));
    }
    assertEquals(70.7 / 512, worst, 1e-4);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void refusesLevelsThatAreNotFinite(float level) {
    Spectrogram decibels = Golden.levels(84, 491);
    decibels.values()[5 * 491 + 7] = level;
    String message = refusal(() -> SLICER.slices(decibels, 251_370));
    assertTrue(message.contains("level " + level + " dB at bin 5, frame 7"), message);
  }

  @Test
  void refusesASpectrogramOfAnotherLength() {
    Spectrogram unpadded = Golden.levels(84, 1 + 22_050 / 512);
    String message = refusal(() -> SLICER.slices(unpadded, 22_050));
    assertTrue(message.contains("44 frames"), message);
    assertTrue(message.contains("paddedLength(22050) = 251370"), message);
    refusal(() -> SLICER.slices(Golden.levels(84, 600), 251_370));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, -1, 0, 0.02, 1e6, Double.POSITIVE_INFINITY})
  void refusesSlicesThatCannotBe(double seconds) {
    String message = refusal(() -> new Slicer(CqtSettings.DEFAULT, seconds));
    assertTrue(message.contains("slice of " + seconds + " s at 22050 Hz"), message);
  }

  @Test
  void refusesANegativeLength() {
    refusal(() -> SLICER.paddedLength(-1));
  }

  private static String refusal(Runnable impossible) {
    return assertThrows(IllegalArgumentException.class, impossible::run).getMessage();
  }

  private static CqtSettings settings(int sampleRate, int hopLength) {
    return new CqtSettings(sampleRate, hopLength, CqtSettings.C1, 84, 12);
  }
}
