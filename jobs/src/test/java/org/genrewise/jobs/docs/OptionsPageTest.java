package org.genrewise.jobs.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.genrewise.jobs.command.VerbCommand;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** docs/options.md says what the program's options and settings are. */
class OptionsPageTest {
  private static final Path ROOT = Path.of(System.getProperty("genrewise.root", ".."));

  @Test
  void thePageIsWhatTheProgramSays() throws IOException {
    Path made = Files.createDirectories(Path.of("target/docs")).resolve("options.md");
    Files.writeString(made, OptionsPage.text());

    assertEquals(
        Files.readString(made),
        Files.readString(ROOT.resolve("docs/options.md")),
        "the options have changed: cp jobs/target/docs/options.md docs/options.md");
  }

  @Test
  void everyOptionAndSettingOfEveryVerbHasARow() {
    String page = OptionsPage.text();
    for (CommandLine verb : OptionsPage.verbs()) {
      String section = section(page, verb.getCommandName());
      verb.getCommandSpec().options().stream()
          .filter(option -> !OptionsPage.isHelp(option))
          .forEach(option -> assertTrue(section.contains("`" + option.longestName()), section));
      if (verb.getCommand() instanceof VerbCommand command) {
        command
            .schema()
            .settings()
            .forEach(
                setting ->
                    assertTrue(
                        section.contains("\n| `" + setting.name() + "` | "), setting.name()));
      }
    }
  }

  private static String section(String page, String verb) {
    int start = page.indexOf("\n## " + verb + "\n");
    assertTrue(start >= 0, verb);
    int end = page.indexOf("\n## ", start + 1);
    return page.substring(start, end < 0 ? page.length() : end);
  }
}
