package org.genrewise.jobs.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarkdownPageTest {
  @TempDir private Path folder;

  @Test
  void linksAreThoseOutsideOfCode() throws IOException {
    MarkdownPage page =
        page(
            """
            A [page](other.md#part) and a ![picture](flow.svg), but `no [link](one.md)`.

                [nor](two.md) here
            """);

    assertEquals(List.of("other.md#part", "flow.svg"), page.links());
  }

  @Test
  void anchorsAreMadeAsGitHubDoes() throws IOException {
    MarkdownPage page =
        page(
            """
            # What it does
            ## train: `OUTPUT`
            ## Votes, confidence
            ## Twice
            ## Twice
            """);

    assertEquals(
        List.of("what-it-does", "train-output", "votes-confidence", "twice", "twice-1"),
        page.anchors());
  }

  @Test
  void commandsAreReadAsAShellReadsThem() throws IOException {
    MarkdownPage page =
        page(
            """
            Text with `./genrewise demo`.

                ./genrewise label --input '/a b' \\
                  --output "c" >> log 2>&1 || echo no   # says no

            ```console
            $ ./genrewise extract \\
                --input x
            printed
            exit code here
            ```
            """);

    assertEquals(
        List.of(
            List.of("./genrewise", "label", "--input", "/a b", "--output", "c"),
            List.of("./genrewise", "extract", "--input", "x"),
            List.of("./genrewise", "demo")),
        ShellCommands.of(page).stream()
            .filter(command -> command.get(0).equals("./genrewise"))
            .toList());
    assertEquals("printed exit code here", ShellCommands.output(page.blocks().get(1)));
  }

  @Test
  void rowsOfAllTablesWithAHeaderAreFound() throws IOException {
    MarkdownPage page =
        page(
            """
            | kind | what |
            | --- | --- |
            | `a` | one \\| two |

            | other | what |
            | --- | --- |
            | x | y |

            | kind | what |
            | --- | --- |
            | `b` | three |
            """);

    assertEquals(
        List.of(List.of("`a`", "one \\| two"), List.of("`b`", "three")), page.table("kind"));
    assertThrows(AssertionError.class, () -> page.table("nothing"));
  }

  @Test
  void codeThatWouldBelongToAListIsRefused() {
    assertThrows(AssertionError.class, () -> page("1. one\n2. two\n\n    ./genrewise demo\n"));
  }

  private MarkdownPage page(String text) throws IOException {
    return MarkdownPage.read(Files.writeString(folder.resolve("page.md"), text));
  }
}
