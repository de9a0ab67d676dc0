package org.genrewise.jobs.demo;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.genrewise.jobs.cli.ExitCode;
import org.genrewise.jobs.testing.CapturedVerb;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
  @TempDir private Path folder;

  @Test
  void aPlaceThatCannotBeWrittenIsTheUsersFault() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    String said =
        CapturedVerb.run(ExitCode.USER, "demo", "--output", file.resolve("run").toString());

    assertTrue(said.contains(file.toString()), said);
    assertFalse(said.contains("\tat "), said);
  }
}
