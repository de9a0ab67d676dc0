package org.genrewise.training;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which tracks are for training, for validation and for the test. Tracks of one group are always in
 * one part. A split that was stored can be built again from its rows; it is checked for leaks.
 */
public final class Split {

  /** What a track is for. */
  public enum Part {
    TRAIN,
    TEST,
    VALIDATION
  }

  /** A track and what it is for. */
  public record Assignment(Track track, Part part) {}

  private final Map<String, Assignment> assignments = new TreeMap<>();

  /**
   * @throws LeakException if a track or a group is in two parts, or a track has two labels or two
   *     groups
   */
  public Split(List<Assignment> assignments) {
    Map<String, Assignment> firstOfGroup = new HashMap<>();
    for (Assignment assignment : assignments) {
      Track track = assignment.track();
      Assignment same = this.assignments.putIfAbsent(track.id(), assignment);
      if (same != null) {
        requireSame(same.track(), track);
        requireTogether("track " + track.id(), same, assignment);
      }
      track
          .group()
          .map(group -> firstOfGroup.putIfAbsent(group, assignment))
          .ifPresent(first -> requireTogether("group " + track.group().get(), first, assignment));
    }
  }

  /**
   * Divides tracks by group, so that each part has its share of every label as far as the groups
   * allow. Every label is in the training part if that is possible at all, then in the test, then
   * in validation. The order of the tracks does not matter; a track may be named more than once.
   *
   * @throws LeakException if a track has two labels or two groups
   */
  public static Split of(List<Track> tracks, SplitSettings settings) {
    Map<String, Track> distinct = new TreeMap<>();
    for (Track track : tracks) {
      Track same = distinct.putIfAbsent(track.id(), track);
      if (same != null) {
        requireSame(same, track);
      }
    }
    return new Split(new GroupStratifier(List.copyOf(distinct.values()), settings).assign());
  }

  /**
   * What a track is for.
   *
   * @throws IllegalArgumentException if the split does not know the track
   */
  public Part part(String trackId) {
    Assignment assignment = assignments.get(trackId);
    if (assignment == null) {
      throw new IllegalArgumentException("track " + trackId + " is not part of the split");
    }
    return assignment.part();
  }

  /** The tracks of a part, ordered by id. */
  public List<Track> tracks(Part part) {
    return assignments.values().stream()
        .filter(assignment -> assignment.part() == part)
        .map(Assignment::track)
        .toList();
  }

  /** Every track and what it is for, ordered by id. */
  public List<Assignment> assignments() {
    return List.copyOf(assignments.values());
  }

  /** The names of all labels in alphabetical order: the classes of a network for these tracks. */
  public List<String> labels() {
    return assignments.values().stream()
        .map(assignment -> assignment.track().label())
        .distinct()
        .sorted()
        .toList();
  }

  private static void requireSame(Track one, Track other) {
    if (!one.equals(other)) {
      throw new LeakException(
          "track %s is given twice: with label %s and group %s, and with label %s and group %s"
              .formatted(
                  one.id(),
                  one.label(),
                  one.group().orElse("(none)"),
                  other.label(),
                  other.group().orElse("(none)")));
    }
  }

  private static void requireTogether(String what, Assignment one, Assignment other) {
    if (one.part() != other.part()) {
      throw new LeakException(
          "%s is in two parts of the split: track %s in %s, track %s in %s"
              .formatted(what, one.track().id(), one.part(), other.track().id(), other.part()));
    }
  }
}
