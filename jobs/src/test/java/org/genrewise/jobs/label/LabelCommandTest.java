package org.genrewise.jobs.label;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class LabelCommandTest {

  @Test
  void slicesPerTrackIsAnOptionTooAndWinsOverTheSetting() {
    assertEquals("0", slicesPerTrack());
    assertEquals("5", slicesPerTrack("--set", "slices-per-track=5"));
    assertEquals("3", slicesPerTrack("--set", "slices-per-track=5", "--slices-per-track", "3"));
  }

  private static String slicesPerTrack(String... more) {
    LabelCommand command = new LabelCommand();
    CommandLine line = new CommandLine(command);
    List<String> arguments =
        new ArrayList<>(List.of("--input", "a", "--model", "b", "--output", "c"));
    arguments.addAll(List.of(more));
    line.parseArgs(arguments.toArray(String[]::new));
    return command
        .schema()
        .resolve(Optional.empty(), command.assignments())
        .asMap()
        .get("slices-per-track");
  }
}
