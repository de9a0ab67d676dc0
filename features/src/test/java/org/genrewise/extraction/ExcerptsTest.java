package org.genrewise.extraction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.genrewise.audio.AudioException;
import org.genrewise.cqt.CqtSettings;
import org.genrewise.picture.Slice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Some slices of a track, beside the same slices of the whole. */
class ExcerptsTest {
  private static final int RATE = ArrayPieces.RATE;
  private static final FeatureExtractor EXTRACTOR = new FeatureExtractor(FeatureSettings.DEFAULT);

  /** Two minutes have 10 slices; of three, these are chosen. */
  private static final List<Integer> CHOSEN = List.of(1, 5, 8);

  private static final double LOUD_INSIDE = 65;
  private static final double LOUD_OUTSIDE = 45;

  @Test
  void areThoseOfTheWhole() throws Exception {
    ArrayPieces audio = ArrayPieces.of(music(120, LOUD_INSIDE));
    TrackFeatures excerpts = EXTRACTOR.extract(audio, 3);

    assertEquals(0, audio.wholes());
    assertTrue(audio.closed());
    assertEquals(120, excerpts.durationSeconds());
    assertEquals(List.of("a warning"), excerpts.warnings());
    assertEquals(CHOSEN, excerpts.slices().stream().map(Slice::index).toList());
    assertSameSlices(whole(music(120, LOUD_INSIDE)), excerpts);
  }

  @Test
  void decodeLittleMoreThanThemselves() throws Exception {
    ArrayPieces audio = ArrayPieces.of(music(120, LOUD_INSIDE));
    EXTRACTOR.extract(audio, 3);

    assertEquals(3, audio.pieces().size());
    assertEquals(3 * (11.4 + 2 * 0.6), (double) audio.samplesRead() / RATE, 0.3);
    audio.pieces().forEach(first -> assertEquals(0, first % 512));
  }

  @Test
  void areRelativeToTheLoudestMomentInThem() throws Exception {
    TrackFeatures whole = whole(music(120, LOUD_OUTSIDE));
    TrackFeatures excerpts = EXTRACTOR.extract(ArrayPieces.of(music(120, LOUD_OUTSIDE)), 3);

    float loudest = Float.NEGATIVE_INFINITY;
    for (Slice slice : excerpts.slices()) {
      loudest = Math.max(loudest, slice.dbMax());
      Slice same = whole.slices().get(slice.index());
      float above = slice.dbMax() - same.dbMax();
      assertTrue(above > 6, "above by " + above);
    }
    assertEquals(0, loudest);
  }

  @Test
  void holdForOtherSettings() throws Exception {
    FeatureExtractor extractor =
        new FeatureExtractor(new FeatureSettings(new CqtSettings(RATE, 256, 110, 48, 12), 1.5));
    float[] music = music(30, 15.8);
    TrackFeatures whole = extractor.extract(ArrayPieces.of(music), FeatureExtractor.ALL_SLICES);
    TrackFeatures excerpts = extractor.extract(ArrayPieces.of(music), 3);

    assertEquals(3, excerpts.slices().size());
    assertSameSlices(whole, excerpts);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 10, 400})
  void comeFromTheWholeWhereTheyAreMostOfIt(int most) throws Exception {
    ArrayPieces audio = ArrayPieces.of(music(120, LOUD_INSIDE));
    TrackFeatures features = EXTRACTOR.extract(audio, most);

    assertEquals(most == 5 ? 0 : 1, audio.wholes());
    assertEquals(Math.min(most, 10), features.slices().size());
    assertSameSlices(whole(music(120, LOUD_INSIDE)), features);
  }

  @Test
  void comeFromTheWholeWhereTheLengthIsNotKnown() throws Exception {
    ArrayPieces audio = new ArrayPieces(music(120, LOUD_INSIDE), OptionalLong.empty());
    TrackFeatures features = EXTRACTOR.extract(audio, 3);

    assertEquals(List.of(), audio.pieces());
    assertEquals(CHOSEN, features.slices().stream().map(Slice::index).toList());
    assertSameSlices(whole(music(120, LOUD_INSIDE)), features);
  }

  @Test
  void comeFromTheWholeWhereTheClaimIsFalse() throws Exception {
    ArrayPieces audio = new ArrayPieces(music(120, LOUD_INSIDE), OptionalLong.of(900L * RATE));
    TrackFeatures features = EXTRACTOR.extract(audio, 3);

    assertEquals(120, features.durationSeconds());
    assertSameSlices(whole(music(120, LOUD_INSIDE)), features);
    assertTrue(audio.closed());
  }

  @Test
  void forgiveATailThatIsALittleShort() throws Exception {
    // 23 slices of 2 s and next to nothing at the ends.
    FeatureExtractor extractor = new FeatureExtractor(new FeatureSettings(CqtSettings.DEFAULT, 2));
    int grid = 23 * 86 * 512;
    float[] music = music(60, 30);
    ArrayPieces audio = new ArrayPieces(Arrays.copyOf(music, grid - 2000), OptionalLong.of(grid));
    assertEquals(12, extractor.extract(audio, 12).slices().size());
    ArrayPieces shorter = new ArrayPieces(Arrays.copyOf(music, grid - 8000), OptionalLong.of(grid));
    extractor.extract(shorter, 12);
    assertEquals(1, shorter.wholes());
  }

  @Test
  void comeFromTheWholeWhereAllPiecesAreSilent() throws Exception {
    float[] gaps = new float[120 * RATE];
    System.arraycopy(music(5, 2), 0, gaps, 45 * RATE, 5 * RATE);
    ArrayPieces audio = ArrayPieces.of(gaps);
    TrackFeatures features = EXTRACTOR.extract(audio, 3);

    assertEquals(1, audio.wholes());
    assertSameSlices(whole(gaps), features);
  }

  @ParameterizedTest
  @EnumSource(names = {"CORRUPT", "EMPTY_AUDIO", "NOT_AUDIO", "NON_FINITE"})
  void comeFromTheWholeWhereAPieceCannotBeDecoded(AudioException.Kind kind) throws Exception {
    ArrayPieces audio = ArrayPieces.of(music(120, LOUD_INSIDE)).refusingPieces(kind);
    assertSameSlices(whole(music(120, LOUD_INSIDE)), EXTRACTOR.extract(audio, 3));
    assertTrue(audio.closed());
  }

  @ParameterizedTest
  @EnumSource(names = {"TIMEOUT", "IO", "DECODER_UNAVAILABLE"})
  void areNotTriedAgainWhereTheFileIsNotToBlame(AudioException.Kind kind) {
    ArrayPieces audio = ArrayPieces.of(music(120, LOUD_INSIDE)).refusingPieces(kind);
    AudioException refusal = assertThrows(AudioException.class, () -> EXTRACTOR.extract(audio, 3));
    assertEquals(kind, refusal.kind());
    assertEquals(0, audio.wholes());
    assertTrue(audio.closed());
  }

  @Test
  void tellWhatTheyCost() throws Exception {
    for (int most : new int[] {FeatureExtractor.ALL_SLICES, 3}) {
      long start = System.nanoTime();
      TrackFeatures features = EXTRACTOR.extract(ArrayPieces.of(music(120, 60)), most);
      double all = (System.nanoTime() - start) / 1e9;
      assertTrue(features.decodeSeconds() > 0 && features.transformSeconds() > 0);
      assertTrue(features.decodeSeconds() + features.transformSeconds() <= all);
    }
  }

  @Test
  void shortAudioIsPaddedAsEver() throws Exception {
    TrackFeatures features = EXTRACTOR.extract(ArrayPieces.of(music(5, 2)), 1);
    assertTrue(features.slices().get(0).padded());
    assertFalse(whole(music(120, 60)).slices().get(0).padded());
  }

  @Test
  void fewerThanNoneAreRefused() {
    ArrayPieces audio = ArrayPieces.of(music(20, 2));
    assertThrows(IllegalArgumentException.class, () -> EXTRACTOR.extract(audio, -1));
    assertTrue(audio.closed());
  }

  private static TrackFeatures whole(float[] samples) throws AudioException {
    return EXTRACTOR.extract(ArrayPieces.of(samples), FeatureExtractor.ALL_SLICES);
  }

  private static void assertSameSlices(TrackFeatures whole, TrackFeatures some) {
    for (Slice slice : some.slices()) {
      Slice same = whole.slices().get(slice.index());
      assertEquals(same.index(), slice.index());
      assertEquals(same.startSeconds(), slice.startSeconds());
      assertEquals(same.dbMin(), slice.dbMin());
      assertEquals(same.dbMax(), slice.dbMax());
      assertArrayEquals(same.indices(), slice.indices());
    }
  }

  /** Decaying notes over a little noise, and one note that is four times as loud. */
  private static float[] music(int seconds, double loudest) {
    Random random = new Random(1);
    float[] samples = new float[seconds * RATE];
    double frequency = 0;
    for (int i = 0; i < samples.length; i++) {
      int inNote = i % (RATE / 4);
      if (inNote == 0) {
        frequency = 40 * Math.pow(2, random.nextInt(72) / 12.0);
      }
      double amplitude = i / (RATE / 4) == (int) (4 * loudest) ? 0.8 : 0.05;
      samples[i] =
          (float)
              (amplitude
                      * Math.exp(-6.0 * inNote / RATE)
                      * Math.sin(2 * Math.PI * frequency * i / RATE)
                  + 0.001 * random.nextGaussian());
    }
    return samples;
  }
}
