package org.genrewise.corpus;

import java.util.List;
import java.util.function.Supplier;

/**
 * The classes of the ccmusic music_genre data set, in the order of its labels, each with the
 * arrangements that its pieces are written for.
 */
public enum Genre {
  SYMPHONY("Symphony", Orchestral::symphony),
  OPERA("Opera", Orchestral::opera),
  SOLO("Solo", SmallEnsemble::solo),
  CHAMBER("Chamber", SmallEnsemble::chamber),
  POP_VOCAL_BALLAD("Pop_vocal_ballad", Ballads::popVocalBallad),
  ADULT_CONTEMPORARY("Adult_contemporary", Ballads::adultContemporary),
  TEEN_POP("Teen_pop", Dance::teenPop),
  CONTEMPORARY_DANCE_POP("Contemporary_dance_pop", Dance::contemporaryDancePop),
  DANCE_POP("Dance_pop", Dance::dancePop),
  CLASSIC_INDIE_POP("Classic_indie_pop", Indie::classicIndiePop),
  CHAMBER_CABARET_AND_ART_POP("Chamber_cabaret_and_art_pop", Indie::chamberCabaretAndArtPop),
  SOUL_OR_R_AND_B("Soul_or_r_and_b", Ballads::soulOrRhythmAndBlues),
  ADULT_ALTERNATIVE_ROCK("Adult_alternative_rock", Rock::adultAlternativeRock),
  UPLIFTING_ANTHEMIC_ROCK("Uplifting_anthemic_rock", Rock::upliftingAnthemicRock),
  SOFT_ROCK("Soft_rock", Rock::softRock),
  ACOUSTIC_POP("Acoustic_pop", Indie::acousticPop);

  private final String label;
  private final Supplier<List<Arrangement>> arrangements;

  Genre(String label, Supplier<List<Arrangement>> arrangements) {
    this.label = label;
    this.arrangements = arrangements;
  }

  /** The name of the class in the data set, and of its folder in a corpus. */
  public String label() {
    return label;
  }

  List<Arrangement> arrangements() {
    return arrangements.get();
  }
}
