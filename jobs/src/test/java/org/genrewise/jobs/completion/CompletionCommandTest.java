package org.genrewise.jobs.completion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.genrewise.jobs.cli.ExitCode;
import org.genrewise.jobs.testing.CapturedVerb;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script in a real bash, which is asked as it is when the user presses the tabulator. */
class CompletionCommandTest {
  @TempDir private Path folder;

  @BeforeEach
  void writeScript() throws IOException {
    Files.writeString(
        folder.resolve("script"), CapturedVerb.run(ExitCode.DONE, "completion", "bash"));
  }

  @Test
  void verbsAreCompleted() throws Exception {
    List<String> verbs = completed("./genrewise ");
    assertTrue(verbs.containsAll(List.of("extract", "label", "gpu-check", "help", "--help")));
    assertEquals(List.of("label"), completed("./genrewise lab"));
    assertEquals(List.of("import-weights"), completed("/opt/genrewise/genrewise  imp"));
    assertEquals(List.of("benchmark"), completed("./genrewise help be"));
    assertEquals(List.of("bash", "zsh"), completed("./genrewise completion "));
  }

  @Test
  void optionsAreThoseOfTheVerb() throws Exception {
    assertEquals(List.of("--input"), completed("./genrewise label --in"));
    assertEquals(List.of("--resume"), completed("./genrewise train --features extract --re"));
    assertEquals(List.of(), completed("./genrewise extract --dev"));
  }

  @Test
  void valuesThatAreFewAreCompleted() throws Exception {
    assertEquals(List.of("auto", "cpu", "cuda"), completed("./genrewise label --device "));
    assertEquals(List.of("cpu", "cuda"), completed("./genrewise label --device=c"));
  }

  @Test
  void settingsAndTheirValuesAreCompleted() throws Exception {
    assertEquals(
        List.of("adam-beta1=", "adam-beta2=", "adam-epsilon="),
        completed("./genrewise train --set adam"));
    assertEquals(
        List.of("adamw"), completed("./genrewise train --set epochs=3 --set optimiser=ad"));
    assertEquals(List.of("group", "slice"), completed("./genrewise train --set=split="));
    // the unit names a kind of value, too
    assertEquals(List.of("auto"), completed("./genrewise train --set micro-batch="));
  }

  @Test
  void filesAreLeftToTheShell() throws Exception {
    assertEquals(List.of(), completed("./genrewise label --input "));
    assertEquals(List.of(), completed("./genrewise label --config conf/l"));
    assertEquals(List.of("complete -o default -F _genrewise genrewise"), bash("complete -p"));
  }

  @Test
  void otherShellsAreRefused() {
    String text = CapturedVerb.run(ExitCode.USAGE, "completion", "fish");
    assertTrue(text.contains("must be bash or zsh, not 'fish'"), text);
  }

  private List<String> completed(String line) throws Exception {
    return bash(
        "COMP_LINE='%s' COMP_POINT=%d; _genrewise; printf '%%s\\n' \"${COMPREPLY[@]}\""
            .formatted(line, line.length()));
  }

  private List<String> bash(String commands) throws Exception {
    String script = "source '%s'; %s".formatted(folder.resolve("script"), commands);
    Process bash =
        new ProcessBuilder("bash", "--norc", "-c", script).redirectErrorStream(true).start();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, bash.waitFor(), said);
    return said.lines().filter(text -> !text.isEmpty()).toList();
  }
}
