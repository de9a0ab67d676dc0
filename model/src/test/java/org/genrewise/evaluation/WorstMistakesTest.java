package org.genrewise.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.genrewise.picture.Slice;
import org.junit.jupiter.api.Test;

class WorstMistakesTest {
  private static final List<String> CLASSES = List.of("folk", "jazz", "rock");

  @Test
  void notesTheClassItWasTakenForAndTheSliceThatMisledMost() {
    WorstMistakes mistakes = new WorstMistakes(CLASSES);
    // the second slice is sure of jazz, but the track is taken for rock
    mistakes.add(
        "a", 0, new float[] {0, 0.25f, 0.75f, 0, 0.875f, 0.125f, 0, 0, 1, 0, 0, 1}, this::slice);

    Mistake mistake = mistakes.mistakes().get(0);
    assertEquals(new Mistake("a", "folk", "rock", 0.71875, 2, 1), mistake);
    assertArrayEquals(new byte[] {2}, mistakes.slice(mistake).orElseThrow().indices());
  }

  @Test
  void rightTracksAreNoMistakes() {
    WorstMistakes mistakes = new WorstMistakes(CLASSES);

    assertEquals(Optional.empty(), mistakes.add("a", 1, new float[] {0.25f, 0.5f, 0.25f}));
    assertEquals(List.of(), mistakes.mistakes());
  }

  @Test
  void keepsTheMostProbableOfThemWhateverTheOrder() {
    List<Integer> order = new ArrayList<>(IntStream.range(0, 40).boxed().toList());
    for (int seed = 0; seed < 5; seed++) {
      Collections.shuffle(order, new Random(seed));
      WorstMistakes mistakes = new WorstMistakes(CLASSES, 3);
      order.forEach(track -> add(mistakes, track));

      // 32 steps of probability: 31 is the highest, 30 the next; those after 31 begin anew
      assertEquals(
          List.of("31", "30", "29"), mistakes.mistakes().stream().map(Mistake::track).toList());
      mistakes.mistakes().forEach(kept -> assertTrue(mistakes.slice(kept).isPresent()));
    }
  }

  @Test
  void equallyProbableOnesAreOrderedByTheirIds() {
    WorstMistakes mistakes = new WorstMistakes(CLASSES, 2);
    for (String track : List.of("c", "a", "d", "b")) {
      mistakes.add(track, 0, new float[] {0, 1, 0});
    }

    assertEquals(List.of("a", "b"), mistakes.mistakes().stream().map(Mistake::track).toList());
  }

  @Test
  void listsMadeApartMergeIntoTheSameList() {
    WorstMistakes whole = new WorstMistakes(CLASSES, 4);
    WorstMistakes even = new WorstMistakes(CLASSES, 4);
    WorstMistakes odd = new WorstMistakes(CLASSES, 4);
    for (int track = 0; track < 40; track++) {
      add(whole, track);
      add(track % 2 == 0 ? even : odd, track);
    }
    odd.merge(even);

    assertEquals(whole.mistakes(), odd.mistakes());
    odd.mistakes().forEach(kept -> assertTrue(odd.slice(kept).isPresent()));
  }

  @Test
  void slicesCanBeGivenLaterAndOnlyToWhatIsKept() {
    WorstMistakes mistakes = new WorstMistakes(CLASSES, 1);
    Mistake mild = mistakes.add("a", 0, new float[] {0, 0.75f, 0.25f}).orElseThrow();
    Mistake bad = mistakes.add("b", 0, new float[] {0, 1, 0}).orElseThrow();

    mistakes.draw(mild, slice(0));
    assertEquals(Optional.empty(), mistakes.slice(mild));
    assertEquals(Optional.empty(), mistakes.slice(bad));
    mistakes.draw(bad, slice(7));
    assertArrayEquals(new byte[] {7}, mistakes.slice(bad).orElseThrow().indices());
  }

  @Test
  void travelsBetweenProcesses() throws Exception {
    WorstMistakes mistakes = new WorstMistakes(CLASSES);
    add(mistakes, 5);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(mistakes);
    }
    WorstMistakes arrived;
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      arrived = (WorstMistakes) in.readObject();
    }
    add(arrived, 6);

    assertEquals(List.of("6", "5"), arrived.mistakes().stream().map(Mistake::track).toList());
    arrived.mistakes().forEach(kept -> assertTrue(arrived.slice(kept).isPresent()));
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThrows(IllegalArgumentException.class, () -> new WorstMistakes(CLASSES, 0));
    assertThrows(
        IllegalArgumentException.class, () -> new Mistake("a", "folk", "folk", 0.5, 0, 0.5));
    assertThrows(
        IllegalArgumentException.class, () -> new Mistake("a", "folk", "jazz", 0.5, -1, 0.5));
  }

  private void add(WorstMistakes mistakes, int track) {
    float wrong = 0.5f + track % 32 / 64f;
    mistakes.add(Integer.toString(track), 0, new float[] {0, wrong, 1 - wrong}, this::slice);
  }

  private Slice slice(int index) {
    return new Slice(index, 0, 1, 1, new byte[] {(byte) index}, -80, 0, false);
  }
}
