package org.genrewise.jobs.label;

import java.util.Map;
import org.genrewise.jobs.track.LibrarySettings;

/**
 * What a label run does.
 *
 * @param library which files, and how they are decoded
 * @param model folder of the bundle
 * @param output root of the tables; those of earlier runs stay and grow
 * @param analysis what is done with each track
 * @param scope which tracks, and what is only told
 * @param commitSeconds about how much work may be lost to a kill, 1 to 86400
 * @param texts the user's settings, for the run's record
 */
public record LabelSettings(
    LibrarySettings library,
    String model,
    String output,
    Analysis analysis,
    Scope scope,
    double commitSeconds,
    Map<String, String> texts) {

  public LabelSettings {
    texts = Map.copyOf(texts);
    if (!(commitSeconds >= 1 && commitSeconds <= 86_400)) {
      throw new IllegalArgumentException(
          "commit-seconds must be from 1 to 86400, not " + commitSeconds);
    }
  }

  /**
   * Which tracks a run takes, and what it tells.
   *
   * @param force label again what has a row already
   * @param reportRemoved tell of tracks that have rows but are no longer listed
   */
  public record Scope(boolean force, boolean reportRemoved) {
    public static final Scope DEFAULT = new Scope(false, false);
  }
}
