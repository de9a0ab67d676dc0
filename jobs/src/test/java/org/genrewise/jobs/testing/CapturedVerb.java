package org.genrewise.jobs.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.genrewise.jobs.Genrewise;
import org.genrewise.jobs.command.CommandRunner;

/** A verb in this process, as the command line runs it. */
public final class CapturedVerb {
  private CapturedVerb() {}

  /**
   * Runs a verb; fails if it ends with another exit code.
   *
   * @param arguments the verb's name first
   * @return all that it said
   */
  public static String run(int exitCode, String... arguments) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    int code;
    try (PrintStream console = new PrintStream(said, true, StandardCharsets.UTF_8)) {
      System.setOut(console);
      System.setErr(console);
      code = CommandRunner.run(new Genrewise(), arguments);
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    String text = said.toString(StandardCharsets.UTF_8);
    assertEquals(exitCode, code, text);
    return text;
  }
}
