package org.genrewise.jobs.library;

import java.util.List;

/**
 * What a library holds.
 *
 * @param tracks the files to work on, in the order of their paths
 * @param skipped paths of files that are left alone because their names are not those of audio
 */
public record Library(List<Track> tracks, List<String> skipped) {
  public Library {
    tracks = List.copyOf(tracks);
    skipped = List.copyOf(skipped);
  }
}
