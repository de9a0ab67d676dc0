package org.genrewise.jobs.benchmark;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.genrewise.training.Split;
import org.genrewise.training.SplitSettings;
import org.genrewise.training.Track;

/**
 * The files that are measured.
 *
 * @param seconds that decoding and transforming them took, on all cores
 * @param tracks those that could be read, in the order of their paths
 * @param failures those that could not
 */
record PreparedFiles(double seconds, List<PreparedTrack> tracks, List<Failure> failures) {

  /**
   * A file that cannot be used.
   *
   * @param kind as in failure rows, for example {@code corrupt}
   */
  record Failure(String path, String kind, String message) {}

  PreparedFiles {
    tracks = List.copyOf(tracks);
    failures = List.copyOf(failures);
  }

  static PreparedFiles of(Map<String, Object> map) {
    return new PreparedFiles(
        Values.number(map, "seconds"),
        Values.rows(map, "tracks").stream().map(PreparedTrack::of).toList(),
        Values.rows(map, "failures").stream()
            .map(
                failure ->
                    new Failure(
                        Values.text(failure, "path"),
                        Values.text(failure, "kind"),
                        Values.text(failure, "message")))
            .toList());
  }

  /** Numbers of some of the tracks, evenly spread. */
  List<Integer> spread(int count) {
    return Spread.over(tracks.size(), count);
  }

  List<Path> paths(List<Integer> numbers) {
    return numbers.stream().map(number -> Path.of(tracks.get(number).path())).toList();
  }

  /** Length of some of the tracks, in seconds. */
  double audioSeconds(List<Integer> numbers) {
    return numbers.stream().mapToDouble(number -> tracks.get(number).seconds()).sum();
  }

  /** Names of the classes, in index order. */
  List<String> classes() {
    return tracks.stream().flatMap(track -> track.label().stream()).distinct().sorted().toList();
  }

  /** Divides the tracks that have a label. */
  Split split(SplitSettings settings) {
    List<Track> labelled =
        tracks.stream()
            .filter(track -> track.label().isPresent())
            .map(PreparedTrack::track)
            .toList();
    return Split.of(labelled, settings);
  }

  /** Numbers of the tracks of a part. */
  List<Integer> numbers(Split split, Split.Part part) {
    return IntStream.range(0, tracks.size())
        .filter(i -> tracks.get(i).label().isPresent())
        .filter(i -> split.part(tracks.get(i).path()) == part)
        .boxed()
        .toList();
  }
}
