package org.genrewise.jobs.train;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.genrewise.training.SliceSplit;
import org.genrewise.training.Split;
import org.genrewise.training.Split.Assignment;
import org.genrewise.training.Split.Part;
import org.genrewise.training.Track;

/**
 * Which slice is for what, and who learns from it.
 *
 * @param classes names, in index order
 * @param tracks by their id
 * @param slices by slice, where songs may leak; null where whole tracks are in one part
 * @param replicas how many there are
 */
record TrainPlan(
    List<String> classes, Map<String, PlannedTrack> tracks, SliceSplit slices, int replicas)
    implements Serializable {

  /**
   * A track.
   *
   * @param number identity within this training
   * @param label class index
   * @param part of its slices, unless the split is by slice
   * @param replica whose share its slices are in
   * @param slices how many it has
   */
  record PlannedTrack(int number, int label, Part part, int replica, int slices)
      implements Serializable {}

  /**
   * Plans a training.
   *
   * @param sliceCounts number of slices of each track, by id
   * @param slices how slices are divided, or null where whole tracks are
   */
  static TrainPlan of(
      Split split, Map<String, Integer> sliceCounts, SliceSplit slices, int replicas) {
    List<String> classes = split.labels();
    Map<String, PlannedTrack> tracks = new HashMap<>();
    long[][] load = new long[Part.values().length][replicas];
    for (Assignment assignment : split.assignments()) {
      Track track = assignment.track();
      int count = sliceCounts.getOrDefault(track.id(), 0);
      int replica = lightest(load[assignment.part().ordinal()]);
      load[assignment.part().ordinal()][replica] += count;
      tracks.put(
          track.id(),
          new PlannedTrack(
              tracks.size(), classes.indexOf(track.label()), assignment.part(), replica, count));
    }
    return new TrainPlan(classes, tracks, slices, replicas);
  }

  private static int lightest(long[] load) {
    int lightest = 0;
    for (int i = 1; i < load.length; i++) {
      if (load[i] < load[lightest]) {
        lightest = i;
      }
    }
    return lightest;
  }

  /** What a slice is for. */
  Part part(String trackId, int slice) {
    return slices == null ? tracks.get(trackId).part() : slices.part(trackId, slice);
  }

  /** Number of slices of a part, for each replica. */
  int[] sizes(Part part) {
    int[] sizes = new int[replicas];
    eachSlice(part, track -> sizes[track.replica()]++);
    return sizes;
  }

  /** Number of slices of each class that are learnt from. */
  long[] classCounts() {
    long[] counts = new long[classes.size()];
    eachSlice(Part.TRAIN, track -> counts[track.label()]++);
    return counts;
  }

  private void eachSlice(Part part, Consumer<PlannedTrack> action) {
    tracks.forEach(
        (id, track) -> {
          for (int slice = 0; slice < track.slices(); slice++) {
            if (part(id, slice) == part) {
              action.accept(track);
            }
          }
        });
  }

  /** A text that is another one wherever another plan would teach something else. */
  String fingerprint(String featureVersion) {
    CRC32C checksum = new CRC32C();
    new TreeMap<>(tracks)
        .forEach((id, track) -> checksum.update((id + track).getBytes(StandardCharsets.UTF_8)));
    checksum.update((classes + " " + slices).getBytes(StandardCharsets.UTF_8));
    return "%s, %d tracks, %08x".formatted(featureVersion, tracks.size(), checksum.getValue());
  }
}
