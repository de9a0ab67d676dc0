package org.genrewise.jobs.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {
  private static final Map<String, String> XTERM = Map.of("TERM", "xterm-256color");

  @Test
  void aTerminalHasColoursAndAPipeHasNone() {
    assertEquals(new Terminal(true, true), Terminal.of(true, XTERM));
    assertEquals(Terminal.NONE, Terminal.of(false, XTERM));
  }

  @Test
  void whatCannotMoveItsCursorIsTreatedAsAPipe() {
    assertEquals(Terminal.NONE, Terminal.of(true, Map.of("TERM", "dumb")));
    assertEquals(Terminal.NONE, Terminal.of(true, Map.of()));
  }

  @Test
  void theUserForbidsColoursButNotTheLineInPlace() {
    Terminal plain = new Terminal(true, false);
    assertEquals(plain, Terminal.of(true, with("NO_COLOR", "1")));
    assertEquals(plain, Terminal.of(true, with("CLICOLOR", "0")));
    assertTrue(Terminal.of(true, with("NO_COLOR", "")).colours(), "empty says nothing");
  }

  @Test
  void theUserAsksForColoursInAPipe() {
    assertEquals(new Terminal(false, true), Terminal.of(false, with("CLICOLOR_FORCE", "1")));
    assertFalse(Terminal.of(false, with("CLICOLOR_FORCE", "0")).colours());
    assertFalse(
        Terminal.of(true, Map.of("TERM", "xterm", "CLICOLOR_FORCE", "1", "NO_COLOR", "1"))
            .colours());
  }

  private static Map<String, String> with(String name, String value) {
    return Map.of("TERM", "xterm", name, value);
  }
}
