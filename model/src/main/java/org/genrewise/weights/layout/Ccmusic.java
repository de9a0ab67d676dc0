package org.genrewise.weights.layout;

import java.util.List;

/** The public music_genre model of ccmusic. */
public final class Ccmusic {

  /** Its classes, in the order of its outputs. */
  public static final List<String> CLASSES =
      List.of(
          "Symphony",
          "Opera",
          "Solo",
          "Chamber",
          "Pop_vocal_ballad",
          "Adult_contemporary",
          "Teen_pop",
          "Contemporary_dance_pop",
          "Dance_pop",
          "Classic_indie_pop",
          "Chamber_cabaret_and_art_pop",
          "Soul_or_r_and_b",
          "Adult_alternative_rock",
          "Uplifting_anthemic_rock",
          "Soft_rock",
          "Acoustic_pop");

  private Ccmusic() {}
}
