package org.genrewise.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class LineChartTest {

  private static final String LINES = "//svg[@class='plot']/path[starts-with(@class,'line')]";
  private static final String MARKERS = "//svg[@class='plot']/path[starts-with(@class,'marker')]";

  private static LineChart chart(Series... series) {
    return new LineChart(
        "Loss", Axis.of("Epoch", ""), Axis.of("Cross entropy", "nats"), List.of(series));
  }

  @Test
  void drawsEverySeriesWithLegendTitleAndDescription() throws Exception {
    Document page =
        Pages.parse(
            chart(
                Series.numbered("training", List.of(2.5, 1.5, 1.0)),
                Series.numbered("validation", List.of(2.6, 1.9, 1.4))));
    assertEquals(2, Pages.count(page, LINES));
    assertEquals(6, Pages.count(page, MARKERS));
    assertEquals(2, Pages.count(page, "//ul[@class='legend']/li"));
    assertEquals("Loss", Pages.text(page, "//svg[@role='img']/title"));
    assertEquals(
        "Cross entropy (nats) over Epoch. training: from 2.5 to 1; validation: from 2.6 to 1.4.",
        Pages.text(page, "//svg/desc"));
    assertEquals(3, Pages.count(page, "//details//tbody/tr"));
    assertEquals("training: 1.5 at 2", Pages.text(page, "(" + MARKERS + ")[2]/title"));
  }

  @Test
  void placesLargerValuesHigherAndLaterOnesFurtherRight() {
    PlotArea area =
        PlotArea.of(
            Axis.of("x", ""), Axis.of("y", ""), List.of(Series.numbered("a", List.of(1, 5, 3))));
    assertTrue(area.up(5) < area.up(3) && area.up(3) < area.up(1));
    assertTrue(area.across(1) < area.across(2) && area.across(2) < area.across(3));
  }

  @Test
  void leavesGapsWhereValuesAreNotFinite() throws Exception {
    Document page =
        Pages.parse(
            chart(
                Series.numbered(
                    "a", List.of(1.0, 2.0, Double.NaN, 3.0, Double.POSITIVE_INFINITY, 4.0))));
    String path = Pages.find(page, LINES).item(0).getAttributes().getNamedItem("d").getNodeValue();
    assertEquals(3, path.chars().filter(symbol -> symbol == 'M').count(), path);
    assertEquals(4, Pages.count(page, MARKERS));
    assertFalse(chart(Series.numbered("a", List.of(Double.NaN, 1.0))).html().contains("NaN"));
  }

  @Test
  void marksLonePointsOfLongSeries() throws Exception {
    List<Double> values = new java.util.ArrayList<>(Collections.nCopies(100, 1.0));
    values.set(50, Double.NaN);
    values.set(52, Double.NaN);
    assertEquals(1, Pages.count(Pages.parse(chart(Series.numbered("a", values))), MARKERS));
  }

  @Test
  void saysWhenThereIsNothingToDraw() throws Exception {
    for (LineChart empty :
        List.of(
            chart(),
            chart(Series.numbered("a", List.of())),
            chart(Series.numbered("a", List.of(Double.NaN))))) {
      Document page = Pages.parse(empty);
      assertEquals("no values", Pages.text(page, "//svg/text[@class='empty']"));
      assertEquals(0, Pages.count(page, LINES));
    }
  }

  @Test
  void drawsSeriesOfOnePoint() throws Exception {
    LineChart one = chart(Series.numbered("a", List.of(0.5)));
    assertEquals(1, Pages.count(Pages.parse(one), MARKERS));
    assertFalse(one.html().contains("NaN") || one.html().contains("Infinity"));
  }

  @Test
  void reachesAsFarAsItsAxisIsTold() throws Exception {
    LineChart accuracy =
        new LineChart(
            "Accuracy",
            Axis.of("Epoch", ""),
            Axis.of("Accuracy", "").reaching(0, 1),
            List.of(Series.numbered("a", List.of(0.5, 0.6))));
    String axis = Pages.parse(accuracy).getDocumentElement().getTextContent();
    assertTrue(axis.contains("0.0") && axis.contains("1.0"));
  }

  @Test
  void escapesNames() throws Exception {
    String hostile = "</title><script>alert(1)</script>";
    LineChart chart =
        new LineChart(
            hostile,
            Axis.of(hostile, "\"><x"),
            Axis.of(hostile, hostile),
            List.of(Series.numbered(hostile, List.of(1, 2))));
    assertEquals(0, Pages.count(Pages.parse(chart), "//script"));
    assertTrue(Pages.parse(chart).getDocumentElement().getTextContent().contains(hostile));
  }

  @Test
  void refusesMoreSeriesThanCanBeToldApart() {
    Series[] seven =
        Collections.nCopies(7, Series.numbered("a", List.of(1))).toArray(Series[]::new);
    String message = assertThrows(IllegalArgumentException.class, () -> chart(seven)).getMessage();
    assertTrue(message.contains("7 series"), message);
  }
}
