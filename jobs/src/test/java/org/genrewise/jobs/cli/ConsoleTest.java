package org.genrewise.jobs.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsoleTest {
  private static final Terminal COLOURED = new Terminal(true, true);
  private static final Terminal PLAIN = new Terminal(true, false);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void resultsAndTheRestGoToDifferentStreams() {
    Console console = console(Terminal.NONE, Terminal.NONE);
    console.note("it begins");
    console.progress("half done");
    console.warn("a doubt");
    console.print("the result");

    assertEquals("the result\n", text(out));
    assertEquals("it begins\nhalf done\nwarning: a doubt\n", text(err));
  }

  @Test
  void progressInAPipeIsALineNowAndThen() {
    Console console = console(Terminal.NONE, Terminal.NONE);
    for (int i = 0; i < 100; i++) {
      console.progress("done " + i);
    }

    assertEquals("done 0\n", text(err));
  }

  @Test
  void progressOnATerminalStandsInOneLineAndGoesBeforeAnythingElse() {
    Console console = console(Terminal.NONE, PLAIN);
    console.progress("half done");
    console.note("a note");
    console.note("another");

    assertEquals(
        "\r\u001b[K\u001b[?7lhalf done\u001b[?7h" + "\r\u001b[K" + "a note\nanother\n", text(err));
  }

  @Test
  void eachStreamHasItsColoursOrNone() {
    Console console = console(Terminal.NONE, COLOURED);
    console.heading("track");
    console.print("one");
    console.note("a note");
    console.warn("a doubt");

    assertEquals("track\none\n", text(out));
    assertEquals("\u001b[2ma note\u001b[0m\n\u001b[1;33mwarning:\u001b[0m a doubt\n", text(err));

    console(COLOURED, Terminal.NONE).heading("track");
    assertEquals("track\none\n\u001b[1mtrack\u001b[0m\n", text(out));
  }

  @Test
  void columnsAreAsWideAsTheirWidestCell() {
    new TextTable(
            List.of("track", ">confidence", ""),
            List.of(
                List.of("caf\u00e9 \ud83c\udfb5.wav", "0.5", "wrong"), List.of("b", "0.125", "")))
        .print(console(Terminal.NONE, Terminal.NONE));

    assertEquals(
        """
        track       confidence
        caf\u00e9 \ud83c\udfb5.wav         0.5  wrong
        b                0.125
        """,
        text(out));
  }

  @Test
  void namesThatAreNearAreOffered() {
    List<String> names = List.of("extract", "evaluate", "label", "--input");
    assertEquals("; did you mean label?", Nearest.question("lable", names));
    assertEquals("; did you mean --input?", Nearest.question("--imput", names));
    assertEquals("; did you mean evaluate?", Nearest.question("eval", names));
    assertEquals("", Nearest.question("transcribe", names));
    assertEquals("", Nearest.question("x", List.of()));
  }

  private Console console(Terminal outTerminal, Terminal errTerminal) {
    return new Console(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        outTerminal,
        errTerminal);
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}
