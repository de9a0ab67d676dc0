package org.genrewise.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChordTest {

  /** Pitches from the root upwards, root in the octave of middle C (60) when the tonic is C. */
  @ParameterizedTest
  @CsvSource({
    "I, 60 64 67", "vi, 69 72 76", "V7, 67 71 74 77", "ii7, 62 65 69 72", "bVII, 70 74 77",
    "IVmaj7, 65 69 72 76", "#ivdim7, 66 69 72 75", "i9, 60 62 63 67 70", "Vsus4, 67 72 74",
        "I5, 60 67"
  })
  void hasTheTonesOfItsNumeral(String numeral, String pitches) {
    Chord chord = Chord.parse(numeral);
    List<Integer> expected = List.of(pitches.split(" ")).stream().map(Integer::valueOf).toList();
    assertEquals(expected, chord.tonesFrom(chord.rootFrom(60), expected.size()));
  }

  @Test
  void movesWithTheTonic() {
    assertEquals(List.of(62, 66, 69), Chord.parse("I").above(2).tonesFrom(61, 3), "D major");
    assertEquals(4, Chord.parse("V").above(9).root(), "E in A");
  }

  @Test
  void findsItsNearestTone() {
    Chord c = Chord.parse("I");
    assertEquals(60, c.nearest(61));
    assertEquals(67, c.nearest(68));
    assertEquals(72, c.nearest(71));
    assertTrue(c.contains(c.nearest(58)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "H", "I6", "iV", "VIII", "b"})
  void refusesWhatIsNoNumeral(String text) {
    assertThrows(IllegalArgumentException.class, () -> Chord.parse(text));
  }

  @Test
  void formsProgressionsByBar() {
    Progression progression = Progression.parse(Mode.MAJOR, "I, ii V7");
    assertEquals(1, progression.bar(0).size());
    assertEquals(2, progression.bar(1).size());
    assertEquals(progression.bar(0), progression.bar(2), "it begins again after its end");
  }
}
