package org.genrewise.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.genrewise.training.Split.Assignment;
import org.genrewise.training.Split.Part;

/**
 * Iterative stratification (Sechidis, Tsoumakas and Vlahavas, "On the Stratification of Multi-Label
 * Data", 2011) over groups: labels from the rarest on, each group to the part that still wants most
 * of the label.
 */
final class GroupStratifier {
  private final List<List<Track>> groups;
  private final Map<Part, Map<String, Double>> wanted = new EnumMap<>(Part.class);
  private final Map<Part, Map<String, Integer>> given = new EnumMap<>(Part.class);
  private final SplitSettings settings;

  /**
   * @param tracks distinct, ordered by id
   */
  GroupStratifier(List<Track> tracks, SplitSettings settings) {
    this.settings = settings;
    Map<String, List<Track>> byGroup = new TreeMap<>();
    for (Track track : tracks) {
      // the prefixes keep a group apart from a lone track of the same name
      String key = track.group().map(group -> "group " + group).orElse("track " + track.id());
      byGroup.computeIfAbsent(key, k -> new ArrayList<>()).add(track);
    }
    groups = new ArrayList<>(byGroup.values());
    for (Part part : Part.values()) {
      wanted.put(part, new TreeMap<>());
      given.put(part, new TreeMap<>());
      for (Track track : tracks) {
        wanted.get(part).merge(track.label(), settings.share(part), Double::sum);
      }
    }
  }

  List<Assignment> assign() {
    Collections.shuffle(groups, new Random(settings.seed()));
    // large groups first, while every part still has room for them
    groups.sort(Comparator.comparingInt((List<Track> group) -> group.size()).reversed());
    List<Assignment> assignments = new ArrayList<>();
    Set<List<Track>> done = Collections.newSetFromMap(new IdentityHashMap<>());
    for (String label : labelsFromTheRarest()) {
      List<List<Track>> waiting =
          groups.stream().filter(group -> !done.contains(group) && has(group, label)).toList();
      for (int i = 0; i < waiting.size(); i++) {
        Part part = choose(label, waiting.size() - i);
        waiting.get(i).forEach(track -> assignments.add(give(track, part)));
      }
      done.addAll(waiting);
    }
    return assignments;
  }

  private List<String> labelsFromTheRarest() {
    Map<String, Long> count = new TreeMap<>();
    for (List<Track> group : groups) {
      group.stream().map(Track::label).distinct().forEach(l -> count.merge(l, 1L, Long::sum));
    }
    return count.keySet().stream().sorted(Comparator.comparing(count::get)).toList();
  }

  private static boolean has(List<Track> group, String label) {
    return group.stream().anyMatch(track -> track.label().equals(label));
  }

  private Part choose(String label, int groupsLeft) {
    List<Part> lacking =
        Arrays.stream(Part.values())
            .filter(part -> settings.share(part) > 0 && !given.get(part).containsKey(label))
            .toList();
    if (groupsLeft <= lacking.size()) {
      return lacking.get(0);
    }
    return Arrays.stream(Part.values())
        .max(
            Comparator.comparingDouble((Part part) -> wanted.get(part).get(label))
                .thenComparing(Comparator.reverseOrder()))
        .orElseThrow();
  }

  private Assignment give(Track track, Part part) {
    given.get(part).merge(track.label(), 1, Integer::sum);
    wanted.get(part).merge(track.label(), -1.0, Double::sum);
    return new Assignment(track, part);
  }
}
