package org.genrewise.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RollupTest {

  @ParameterizedTest
  @CsvSource({
    "Symphony,Symphony,Classic",
    "Opera,Opera,Classic",
    "Solo,Solo,Classic",
    "Chamber,Chamber,Classic",
    "Pop_vocal_ballad,Pop,Non_classic",
    "Adult_contemporary,Pop,Non_classic",
    "Teen_pop,Pop,Non_classic",
    "Contemporary_dance_pop,Dance_and_house,Non_classic",
    "Dance_pop,Dance_and_house,Non_classic",
    "Classic_indie_pop,Indie,Non_classic",
    "Chamber_cabaret_and_art_pop,Indie,Non_classic",
    "Soul_or_r_and_b,Soul_or_RnB,Non_classic",
    "Adult_alternative_rock,Rock,Non_classic",
    "Uplifting_anthemic_rock,Rock,Non_classic",
    "Soft_rock,Rock,Non_classic",
    "Acoustic_pop,Acoustic_pop,Non_classic",
    "chiptune,,",
  })
  void everyClassOfTheDataSetHasItsPlaceAndOthersHaveNone(
      String label, String level2, String level1) {
    assertEquals(Optional.ofNullable(level2), Rollup.level2(label));
    assertEquals(Optional.ofNullable(level1), Rollup.level1(label));
  }
}
