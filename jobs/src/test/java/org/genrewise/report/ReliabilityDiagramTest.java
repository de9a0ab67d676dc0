package org.genrewise.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.genrewise.report.ReliabilityDiagram.Bin;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class ReliabilityDiagramTest {

  private static final String PLOT = "//svg[@class='plot']";

  private static ReliabilityDiagram diagram(Bin... bins) {
    return new ReliabilityDiagram("Tracks", "tracks", List.of(bins), 0.1, 0.25);
  }

  @Test
  void drawsAccuracyGapAndCountOfEveryBinThatHasSamples() throws Exception {
    Document page =
        Pages.parse(
            diagram(
                new Bin(0, 0.25, 0, 0, 0),
                new Bin(0.25, 0.5, 10, 0.4, 0.5),
                new Bin(0.5, 1, 30, 0.8, 0.7)));

    for (String part : List.of("accuracy", "gap", "count")) {
      assertEquals(
          2, Pages.count(page, PLOT + "//rect[starts-with(@class, '" + part + "')]"), part);
    }
    assertEquals(1, Pages.count(page, PLOT + "/path[@class='diagonal']"));
    assertEquals(
        "confidence 0.50–1.00: 30 tracks, mean confidence 0.800, accuracy 0.700",
        Pages.text(page, "(" + PLOT + "/g)[2]/title"));
    assertEquals(
        "Accuracy over confidence. Expected calibration error 0.100. "
            + "0.25–0.50: 0.500 of 10 right; 0.50–1.00: 0.700 of 30 right",
        Pages.text(page, "//svg/desc"));
    assertEquals(
        "Expected calibration error 0.100, maximum 0.250", Pages.text(page, "//p[@class='note']"));
    assertEquals(3, Pages.count(page, "//details//tbody/tr"));
    assertEquals("−0.100", Pages.text(page, "//details//tbody/tr[2]/td[4]"));
  }

  @Test
  void barsEndAtTheirAccuracyAndGapsReachToTheConfidence() throws Exception {
    Document page = Pages.parse(diagram(new Bin(0.5, 1, 4, 0.75, 0.5)));

    double bottom = number(page, "accuracy", "y") + number(page, "accuracy", "height");
    assertEquals(number(page, "accuracy", "height") / 2, number(page, "gap", "height"), 0.11);
    assertEquals(
        number(page, "accuracy", "y"),
        number(page, "gap", "y") + number(page, "gap", "height"),
        0.11);
    assertTrue(number(page, "count", "y") > bottom);
  }

  @Test
  void binsThatHoldFewAreStillSeen() throws Exception {
    Document page =
        Pages.parse(diagram(new Bin(0, 0.5, 1, 0.4, 1), new Bin(0.5, 1, 1_000_000, 0.9, 0.9)));

    assertEquals(1, number(page, "count", "height"));
    assertEquals("1M", Pages.text(page, PLOT + "/text[@dy='.6em']"));
  }

  @Test
  void saysWhenThereIsNothingToDraw() throws Exception {
    for (ReliabilityDiagram empty : List.of(diagram(), diagram(new Bin(0, 1, 0, 0, 0)))) {
      assertEquals("no values", Pages.text(Pages.parse(empty), "//svg/text[@class='empty']"));
    }
  }

  @Test
  void refusesBinsOutsideTheRange() {
    assertThrows(IllegalArgumentException.class, () -> new Bin(0.5, 0.5, 1, 0.5, 0.5));
    assertThrows(IllegalArgumentException.class, () -> new Bin(0.5, 1.5, 1, 0.5, 0.5));
    assertThrows(IllegalArgumentException.class, () -> new Bin(0.5, 1, -1, 0.5, 0.5));
  }

  private static double number(Document page, String part, String attribute) throws Exception {
    return Double.parseDouble(
        Pages.text(page, "(" + PLOT + "//rect[@class='" + part + "'])[1]/@" + attribute));
  }
}
