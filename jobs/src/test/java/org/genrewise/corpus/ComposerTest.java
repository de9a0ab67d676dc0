package org.genrewise.corpus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ComposerTest {

  private static final CorpusSettings SETTINGS = new CorpusSettings(10, 24, 7);

  private static MidiFile piece(Genre genre, int number) {
    return MidiFile.read(Composer.compose(genre, number, SETTINGS));
  }

  @ParameterizedTest
  @EnumSource
  void givesTheSameBytesForTheSameSeedAndOthersForAnother(Genre genre) {
    byte[] piece = Composer.compose(genre, 3, SETTINGS);
    assertArrayEquals(piece, Composer.compose(genre, 3, new CorpusSettings(5, 24, 7)));
    assertFalse(Arrays.equals(piece, Composer.compose(genre, 4, SETTINGS)));
    assertFalse(Arrays.equals(piece, Composer.compose(genre, 3, new CorpusSettings(10, 24, 8))));
  }

  /**
   * Pins the music to all machines and Java versions. Where it is changed on purpose, so is this.
   */
  @Test
  void composesTheSameOnEveryMachine() throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (Genre genre : Genre.values()) {
      digest.update(Composer.compose(genre, 1, CorpusSettings.DEFAULT));
    }
    assertEquals(
        "a6d43a22dfce481834784f9255a6da4b946fd4f7503980835f8dcdd38d03b5a4",
        HexFormat.of().formatHex(digest.digest()));
  }

  @ParameterizedTest
  @EnumSource
  void fillsTheTimeWithMusic(Genre genre) {
    for (double seconds : new double[] {5, 24, 61.7}) {
      MidiFile piece = MidiFile.read(Composer.compose(genre, 1, new CorpusSettings(1, seconds, 7)));
      assertEquals(seconds - 0.5, piece.seconds(), 0.4, genre + " of " + seconds + " s");
      assertTrue(piece.notes().size() > seconds, genre + ": " + piece.notes().size() + " notes");
      double longest = piece.longestRest();
      assertTrue(longest < 3, genre + " rests for " + longest + " s");
    }
  }

  @ParameterizedTest
  @EnumSource
  void variesKeysTempiAndInstrumentsWithinAClass(Genre genre) {
    Set<Set<Integer>> instruments = new HashSet<>();
    Set<Long> tempi = new HashSet<>();
    Set<Integer> lastPitches = new HashSet<>();
    IntStream.rangeClosed(1, 10)
        .mapToObj(number -> piece(genre, number))
        .forEach(
            piece -> {
              instruments.add(piece.programs());
              tempi.add(Math.round(piece.tempo() / 2));
              lastPitches.add(piece.lastBass() % 12);
            });
    assertTrue(instruments.size() >= 2, instruments.toString());
    assertTrue(tempi.size() >= 4, tempi.toString());
    assertTrue(lastPitches.size() >= 4, "keys: " + lastPitches);
  }

  @ParameterizedTest
  @EnumSource(names = {"SOLO", "CHAMBER", "OPERA"})
  void givesNoDrumsToMusicThatHasNone(Genre genre) {
    IntStream.rangeClosed(1, 10)
        .forEach(
            number -> assertEquals(0, piece(genre, number).drumStrokes(), genre + " " + number));
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "ADULT_CONTEMPORARY",
        "TEEN_POP",
        "CONTEMPORARY_DANCE_POP",
        "DANCE_POP",
        "CLASSIC_INDIE_POP",
        "SOUL_OR_R_AND_B",
        "ADULT_ALTERNATIVE_ROCK",
        "UPLIFTING_ANTHEMIC_ROCK",
        "SOFT_ROCK"
      })
  void givesABeatToMusicThatHasOne(Genre genre) {
    IntStream.rangeClosed(1, 10)
        .forEach(
            number -> {
              MidiFile piece = piece(genre, number);
              assertTrue(piece.drumStrokes() > 2 * piece.seconds(), genre + " " + number);
            });
  }

  @Test
  void letsASoloistPlayAlone() {
    IntStream.rangeClosed(1, 10)
        .forEach(number -> assertEquals(1, piece(Genre.SOLO, number).programs().size()));
  }

  @Test
  void givesASymphonyAWholeOrchestra() {
    IntStream.rangeClosed(1, 10)
        .mapToObj(number -> piece(Genre.SYMPHONY, number))
        .forEach(
            piece -> {
              assertTrue(piece.programs().size() >= 6, piece.programs().toString());
              assertTrue(piece.lowest() <= 40 && piece.highest() >= 79, "wide range");
            });
  }

  @ParameterizedTest
  @CsvSource({"4, 995, 1", "0, 24, 1", "1000, 24, 1", "1, 4.9, 1", "1, NaN, 1"})
  void refusesUnusualSettings(int tracks, double seconds, long seed) {
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> new CorpusSettings(tracks, seconds, seed))
            .getMessage();
    assertTrue(message.contains("must be from"), message);
  }

  @Test
  void namesTheClassesInTheOrderOfTheDataSet() {
    assertEquals(16, Genre.values().length);
    assertEquals("Symphony", Genre.values()[0].label());
    assertEquals("Chamber_cabaret_and_art_pop", Genre.values()[10].label());
    assertEquals("Acoustic_pop", Genre.values()[15].label());
  }
}
