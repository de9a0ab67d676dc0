package org.genrewise.inference;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The two coarser levels above the 16 classes of the ccmusic music_genre data set, by the names of
 * the classes. Other classes have none.
 */
public final class Rollup {
  private static final Map<String, String> LEVEL_2 = new HashMap<>();
  private static final List<String> CLASSIC = List.of("Symphony", "Opera", "Solo", "Chamber");

  static {
    CLASSIC.forEach(name -> LEVEL_2.put(name, name));
    put("Pop", "Pop_vocal_ballad", "Adult_contemporary", "Teen_pop");
    put("Dance_and_house", "Contemporary_dance_pop", "Dance_pop");
    put("Indie", "Classic_indie_pop", "Chamber_cabaret_and_art_pop");
    put("Soul_or_RnB", "Soul_or_r_and_b");
    put("Rock", "Adult_alternative_rock", "Uplifting_anthemic_rock", "Soft_rock");
    // Its parent is not certain in the data set's description.
    put("Acoustic_pop", "Acoustic_pop");
  }

  private Rollup() {}

  private static void put(String level2, String... names) {
    for (String name : names) {
      LEVEL_2.put(name, level2);
    }
  }

  /** One of ten groups, for example Rock. */
  public static Optional<String> level2(String label) {
    return Optional.ofNullable(LEVEL_2.get(label));
  }

  /** Classic or Non_classic. */
  public static Optional<String> level1(String label) {
    return level2(label).map(group -> CLASSIC.contains(group) ? "Classic" : "Non_classic");
  }
}
