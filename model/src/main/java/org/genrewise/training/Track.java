package org.genrewise.training;

import java.util.Optional;

/**
 * A labelled track, as far as splitting is concerned.
 *
 * @param id stable identity of the track
 * @param label name of its class
 * @param group what must stay together (an album, a song with its excerpts); empty: the track alone
 */
public record Track(String id, String label, Optional<String> group) {

  /** A track without a group. */
  public Track(String id, String label) {
    this(id, label, Optional.empty());
  }
}
