package org.genrewise.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.genrewise.training.Split.Assignment;
import org.genrewise.training.Split.Part;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitTest {

  @Test
  void everyPartHasItsShareOfEveryLabel() {
    List<Track> tracks = new ArrayList<>();
    tracks.addAll(tracks("folk", 200));
    tracks.addAll(tracks("rock", 40));
    Split split = Split.of(tracks, new SplitSettings(0.1, 0.25, 3));

    assertEquals(130, count(split, Part.TRAIN, "folk"));
    assertEquals(20, count(split, Part.VALIDATION, "folk"));
    assertEquals(50, count(split, Part.TEST, "folk"));
    assertEquals(26, count(split, Part.TRAIN, "rock"));
    assertEquals(4, count(split, Part.VALIDATION, "rock"));
    assertEquals(10, count(split, Part.TEST, "rock"));
    assertEquals(List.of("folk", "rock"), split.labels());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void groupsStayTogetherWhateverTheyHold(long seed) {
    Random random = new Random(seed);
    List<Track> tracks =
        IntStream.range(0, 500)
            .mapToObj(
                i ->
                    new Track(
                        "t" + i,
                        "label" + random.nextInt(6),
                        random.nextInt(4) == 0
                            ? Optional.empty()
                            : Optional.of("g" + random.nextInt(120))))
            .toList();
    Split split = Split.of(tracks, new SplitSettings(0.2, 0.2, seed));

    for (Part one : Part.values()) {
      for (Part other : Part.values()) {
        Set<String> shared = new HashSet<>(groups(split, one));
        shared.retainAll(groups(split, other));
        assertTrue(one == other || shared.isEmpty(), one + " and " + other + " share " + shared);
      }
      for (int label = 0; label < 6; label++) {
        double share = count(split, one, "label" + label) / (double) count(tracks, "label" + label);
        assertEquals(one == Part.TRAIN ? 0.6 : 0.2, share, 0.1, one + " of label " + label);
      }
    }
    assertEquals(500, split.assignments().size());
  }

  @Test
  void theSameSeedGivesTheSameSplitWhateverTheOrder() {
    List<Track> tracks = new ArrayList<>(tracks("folk", 50));
    Split split = Split.of(tracks, SplitSettings.DEFAULT);
    Collections.shuffle(tracks, new Random(1));

    assertEquals(split.assignments(), Split.of(tracks, SplitSettings.DEFAULT).assignments());
    assertNotEquals(
        split.assignments(), Split.of(tracks, new SplitSettings(0.15, 0.15, 43)).assignments());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void aRareLabelIsLearntFirstThenTestedThenValidated(int groups) {
    List<Track> tracks = new ArrayList<>(tracks("folk", 100));
    tracks.addAll(tracks("rare", groups));
    Split split = Split.of(tracks, new SplitSettings(0.4, 0.4, 9));

    assertEquals(1, count(split, Part.TRAIN, "rare"));
    assertEquals(groups > 1 ? 1 : 0, count(split, Part.TEST, "rare"));
    assertEquals(groups > 2 ? 1 : 0, count(split, Part.VALIDATION, "rare"));
  }

  @Test
  void aPartWithoutAShareStaysEmpty() {
    Split split = Split.of(tracks("folk", 3), new SplitSettings(0.5, 0, 9));

    assertTrue(split.tracks(Part.TEST).isEmpty());
    assertEquals(3, split.tracks(Part.TRAIN).size() + split.tracks(Part.VALIDATION).size());
  }

  @Test
  void aStoredSplitWithALeakIsRefusedByName() {
    Track one = new Track("one", "folk", Optional.of("album"));
    Track two = new Track("two", "folk", Optional.of("album"));
    List<Assignment> leaky =
        List.of(new Assignment(one, Part.TRAIN), new Assignment(two, Part.TEST));
    LeakException leak = assertThrows(LeakException.class, () -> new Split(leaky));
    assertEquals(
        "group album is in two parts of the split: track one in TRAIN, track two in TEST",
        leak.getMessage());

    List<Assignment> twice =
        List.of(new Assignment(one, Part.TRAIN), new Assignment(one, Part.VALIDATION));
    assertTrue(
        assertThrows(LeakException.class, () -> new Split(twice))
            .getMessage()
            .contains("track one"));
  }

  @Test
  void aTrackWithTwoLabelsOrGroupsIsRefusedByName() {
    Track folk = new Track("one", "folk");
    for (Track other :
        List.of(new Track("one", "rock"), new Track("one", "folk", Optional.of("album")))) {
      LeakException leak =
          assertThrows(
              LeakException.class, () -> Split.of(List.of(folk, other), SplitSettings.DEFAULT));
      assertTrue(leak.getMessage().contains("track one is given twice"), leak.getMessage());
    }
    assertEquals(1, Split.of(List.of(folk, folk), SplitSettings.DEFAULT).assignments().size());
  }

  @Test
  void aLoneTrackIsNotInTheGroupOfItsName() {
    Track grouped = new Track("x", "folk", Optional.of("same"));
    Track lone = new Track("same", "folk");

    new Split(List.of(new Assignment(grouped, Part.TRAIN), new Assignment(lone, Part.TEST)));
  }

  @Test
  void refusesSharesThatLeaveNothingToLearn() {
    assertThrows(IllegalArgumentException.class, () -> new SplitSettings(0.5, 0.5, 1));
    assertThrows(IllegalArgumentException.class, () -> new SplitSettings(-0.1, 0.5, 1));
    assertThrows(IllegalArgumentException.class, () -> new SplitSettings(Double.NaN, 0.5, 1));
  }

  private static List<Track> tracks(String label, int count) {
    return IntStream.range(0, count).mapToObj(i -> new Track(label + i, label)).toList();
  }

  private static long count(Split split, Part part, String label) {
    return count(split.tracks(part), label);
  }

  private static long count(List<Track> tracks, String label) {
    return tracks.stream().filter(track -> track.label().equals(label)).count();
  }

  private static List<String> groups(Split split, Part part) {
    return split.tracks(part).stream().map(Track::group).flatMap(Optional::stream).toList();
  }
}
