package org.genrewise.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class ConfusionHeatMapTest {

  private static final List<String> CLASSES = List.of("Solo", "Opera");

  @Test
  void coloursACellByItsShareOfTheRow() throws Exception {
    Document page =
        Pages.parse(ConfusionHeatMap.of("Tracks", CLASSES, new long[][] {{3, 1}, {0, 20}}));
    assertEquals(3, Pages.count(page, "//svg/g"));
    assertEquals(2, Pages.count(page, "//svg/g/rect[@class='hit']"));
    assertEquals(
        "0.340",
        Pages.text(page, "//svg/g/rect[@class='miss']/@fill-opacity"),
        "one of four: 0.12 + 0.88 / 4");
    assertEquals(
        "Solo taken for Opera: 1 of 4, 25.0 %",
        Pages.text(page, "//svg/g[rect/@class='miss']/title"));
    assertEquals("25", Pages.text(page, "//svg/g[rect/@class='miss']/text"));
    assertEquals("4", Pages.text(page, "(//svg/text[@class='total'])[1]"));
    assertEquals("20", Pages.text(page, "(//svg/text[@class='total'])[2]"));
    assertTrue(Pages.text(page, "//svg/desc").startsWith("23 of 24 right. Solo: 3 of 4 right."));
  }

  @Test
  void namesAllClassesOnBothSidesWithinThePicture() throws Exception {
    List<String> classes =
        IntStream.range(0, 16).mapToObj(i -> "Chamber_cabaret_and_art_pop").toList();
    Document page = Pages.parse(ConfusionHeatMap.of("Tracks", classes, new long[16][16]));
    assertEquals(
        32, Pages.count(page, "//svg/text[normalize-space()='Chamber cabaret and art pop']"));
    for (int index = 0; index < 16; index++) {
      String transform = Pages.find(page, "//svg/text/@transform").item(index).getNodeValue();
      assertTrue(transform.endsWith("rotate(-45)"), transform);
    }
  }

  @Test
  void showsClassesWithoutSamplesAsEmptyRows() throws Exception {
    Document page =
        Pages.parse(ConfusionHeatMap.of("Tracks", CLASSES, new long[][] {{0, 0}, {0, 1}}));
    assertEquals(1, Pages.count(page, "//svg/g"));
  }

  @Test
  void shortensCountsThatWouldNotFit() throws Exception {
    Document page =
        Pages.parse(ConfusionHeatMap.of("Slices", List.of("a"), new long[][] {{36_375}}));
    assertEquals("36k", Pages.text(page, "//svg/text[@class='total']"));
    assertEquals("a taken for a: 36375 of 36375, 100.0 %", Pages.text(page, "//svg/g/title"));
  }

  @Test
  void onlyNoneAndAllAreShownAsSuch() throws Exception {
    Document page =
        Pages.parse(ConfusionHeatMap.of("Slices", CLASSES, new long[][] {{999, 1}, {0, 5}}));
    assertEquals(">99", Pages.text(page, "(//svg/g/text)[1]"));
    assertEquals("<1", Pages.text(page, "(//svg/g/text)[2]"));
    assertEquals("100", Pages.text(page, "(//svg/g/text)[3]"));
  }

  @Test
  void standsBesideAnotherWhereItIsSmall() {
    assertFalse(ConfusionHeatMap.of("a", CLASSES, new long[2][2]).wide());
    List<String> many = IntStream.range(0, 16).mapToObj(i -> "genre" + i).toList();
    assertTrue(ConfusionHeatMap.of("a", many, new long[16][16]).wide());
  }

  @Test
  void escapesClassNames() throws Exception {
    Document page =
        Pages.parse(
            ConfusionHeatMap.of("\"<x>", List.of("<script>", "&"), new long[][] {{1, 2}, {3, 4}}));
    assertEquals(0, Pages.count(page, "//script"));
  }

  @Test
  void refusesWhatIsNoConfusionMatrix() {
    assertThrows(
        IllegalArgumentException.class,
        () -> ConfusionHeatMap.of("a", CLASSES, new long[][] {{1, 2}}));
    assertThrows(
        IllegalArgumentException.class,
        () -> ConfusionHeatMap.of("a", CLASSES, new long[][] {{1, -2}, {0, 0}}));
    assertThrows(
        IllegalArgumentException.class, () -> ConfusionHeatMap.of("a", List.of(), new long[0][]));
  }
}
