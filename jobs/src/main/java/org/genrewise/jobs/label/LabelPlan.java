package org.genrewise.jobs.label;

import java.util.ArrayList;
import java.util.List;
import org.genrewise.jobs.cli.Console;

/**
 * What a label run would do.
 *
 * @param difference what it would label
 * @param otherFiles files that it would leave alone
 * @param removedTracks tracks with rows that are no longer listed; -1 if it was not asked for
 * @param seconds how long labelling would take
 * @param basis what the estimate comes from
 */
public record LabelPlan(
    Difference difference, long otherFiles, long removedTracks, double seconds, String basis) {

  /** One line a fact. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Difference.Reason reason : Difference.Reason.values()) {
      Difference.Part part = difference.part(reason);
      if (part.tracks() > 0 || reason.ordinal() < 2) {
        lines.add(
            "%-14s %,12d tracks %,15.1f MB"
                .formatted(reason.id().replace('_', ' '), part.tracks(), part.bytes() / 1e6));
      }
    }
    lines.add("%-14s %,12d tracks".formatted("skipped", difference.unchanged()));
    lines.add("%-14s %,12d files".formatted("left alone", otherFiles));
    if (removedTracks >= 0) {
      lines.add("%-14s %,12d tracks".formatted("removed", removedTracks));
    }
    lines.add(
        "%-14s %12s        %,15.1f MB"
            .formatted("to label", "%,d".formatted(difference.tracks()), difference.bytes() / 1e6));
    if (difference.tracks() > 0) {
      lines.add("%-14s %s (%s)".formatted("estimate", Console.duration(seconds), basis));
    }
    return lines;
  }
}
