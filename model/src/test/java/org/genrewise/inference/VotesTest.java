package org.genrewise.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.genrewise.inference.TrackPrediction.Candidate;
import org.junit.jupiter.api.Test;

class VotesTest {
  private static final List<String> CLASSES = List.of("folk", "jazz", "rock");

  @Test
  void meanAndMajorityMayDisagree() {
    TrackPrediction track =
        count(
            0.5f, 0.375f, 0.125f, //
            0.5f, 0.375f, 0.125f, //
            0, 1, 0);

    assertEquals("jazz", track.label());
    assertEquals("folk", track.majorityLabel());
    assertEquals(1.75 / 3, track.confidence());
    assertEquals(1.0 / 3, track.agreement());
    assertEquals(3, track.slices());
  }

  @Test
  void tiedVotesGoToTheHigherMeanWhateverTheOrder() {
    assertEquals("jazz", count(0.6f, 0.4f, 0, 0, 0.9f, 0.1f).majorityLabel());
    assertEquals("jazz", count(0, 0.9f, 0.1f, 0.6f, 0.4f, 0).majorityLabel());
  }

  @Test
  void whatIsStillTiedGoesToTheLowerIndex() {
    TrackPrediction track = count(0.25f, 0.25f, 0.5f, 0.25f, 0.5f, 0.25f);

    assertEquals("jazz", track.label());
    assertEquals("jazz", track.majorityLabel());
    assertEquals(0.5, track.agreement());
  }

  @Test
  void ranksTheBestClasses() {
    TrackPrediction track = count(0.25f, 0.5f, 0.25f);

    assertEquals(List.of(new Candidate("jazz", 0.5), new Candidate("folk", 0.25)), track.top(2));
    assertEquals(3, track.top(5).size());
  }

  @Test
  void refusesTracksWithoutWholeSlicesAndValuesThatAreNoNumbers() {
    assertThrows(IllegalArgumentException.class, () -> count());
    assertThrows(IllegalArgumentException.class, () -> count(0.5f, 0.5f));
    assertThrows(IllegalArgumentException.class, () -> count(0.5f, Float.NaN, 0.5f));
  }

  private static TrackPrediction count(float... probabilities) {
    return Votes.count(CLASSES, probabilities);
  }
}
