package org.genrewise.jobs.track;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.genrewise.jobs.library.Track;

/**
 * Deals tracks out to tasks so that each gets about equal bytes and begins with its largest: a mix
 * of hours is under way while the jingles are done, and not when they are.
 */
public final class Deal {
  private Deal() {}

  /**
   * Deals.
   *
   * @param hands most tasks, at least 1; none is empty
   */
  public static List<List<Track>> evenly(List<Track> tracks, int hands) {
    int tasks = Math.min(tracks.size(), hands);
    List<List<Track>> dealt = new ArrayList<>();
    for (int i = 0; i < tasks; i++) {
      dealt.add(new ArrayList<>());
    }
    List<Track> largestFirst = new ArrayList<>(tracks);
    largestFirst.sort(
        Comparator.comparingLong(Track::sizeBytes).reversed().thenComparing(Track::path));
    for (int i = 0; i < largestFirst.size(); i++) {
      dealt.get(i % tasks).add(largestFirst.get(i));
    }
    return dealt;
  }

  /** The tracks of a task, in the order of its hand. */
  public static List<Track> flat(Iterator<List<Track>> hands) {
    List<Track> all = new ArrayList<>();
    hands.forEachRemaining(all::addAll);
    return all;
  }
}
