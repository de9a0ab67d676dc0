package org.genrewise.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class ReportTest {

  private static final String HOSTILE =
      "x\"'><img src=http://evil.example/ onerror=alert(1)>\u202E\u0007.wav";

  private static byte[] png() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(4, 3, BufferedImage.TYPE_INT_RGB), "png", bytes);
    return bytes.toByteArray();
  }

  /** A report with every kind of block, every text of it hostile. */
  private static Report hostile() throws IOException {
    return Report.titled(HOSTILE, HOSTILE)
        .section(
            HOSTILE,
            new Paragraph(HOSTILE),
            KeyFigures.of(new KeyFigures.Figure(HOSTILE, HOSTILE, HOSTILE)),
            new Table(
                HOSTILE,
                List.of(Table.Column.text(HOSTILE), Table.Column.number(HOSTILE)),
                List.of(List.of(HOSTILE, HOSTILE))))
        .section(
            HOSTILE,
            BarList.shares(HOSTILE, List.of(new BarList.Bar(HOSTILE, 0.5, HOSTILE))),
            new ImageGrid(HOSTILE, List.of(new ImageGrid.Image(HOSTILE, HOSTILE, png()))),
            ConfusionHeatMap.of(HOSTILE, List.of(HOSTILE), new long[][] {{1}}),
            new ReliabilityDiagram(
                HOSTILE, HOSTILE, List.of(new ReliabilityDiagram.Bin(0, 1, 1, 0.5, 1)), 0.5, 0.5),
            new LineChart(
                HOSTILE,
                Axis.of(HOSTILE, HOSTILE),
                Axis.of(HOSTILE, HOSTILE),
                List.of(Series.numbered(HOSTILE, List.of(1, 2)))));
  }

  @Test
  void isWellFormedWhateverItsTextsAre() throws Exception {
    Document page = Pages.parse(hostile().html());
    assertEquals("html", page.getDocumentElement().getTagName());
    assertEquals(1, Pages.count(page, "//*[local-name()='img']"), "no picture but ours");
    assertEquals(0, Pages.count(page, "//*[local-name()='script']"));
    assertEquals(0, Pages.count(page, "//@*[starts-with(name(), 'on')]"));
  }

  @Test
  void loadsNothing() throws Exception {
    Document page = Pages.parse(hostile().html());
    assertEquals(0, Pages.count(page, "//*[local-name()='link']"));
    assertEquals(0, Pages.count(page, "//@href"));
    assertEquals(0, Pages.count(page, "//@src[not(starts-with(., 'data:image/png;base64,'))]"));
    String style = Pages.text(page, "//*[local-name()='style']");
    assertFalse(style.contains("url(") || style.contains("@import"));
    assertTrue(
        Pages.text(page, "//*[local-name()='meta']/@content[contains(., 'src')]")
            .startsWith("default-src 'none'"));
  }

  @Test
  void knowsLightAndDarkAndPhones() {
    String html = Report.titled("a", "").html();
    assertTrue(html.contains("prefers-color-scheme: dark"));
    assertTrue(html.contains("width=device-width"));
  }

  @Test
  void everyColourOfTheStylesheetHasAValueInBothSchemes() {
    int dark = Stylesheet.CSS.indexOf("prefers-color-scheme");
    String light = Stylesheet.CSS.substring(0, dark);
    String rest = Stylesheet.CSS.substring(dark);
    Pattern.compile("var\\(--([a-z0-9]+)\\)")
        .matcher(Stylesheet.CSS)
        .results()
        .map(use -> "--" + use.group(1) + ": ")
        .filter(name -> !name.equals("--colour: "))
        .forEach(
            name -> {
              assertTrue(light.contains(name + "#"), name + " in the light scheme");
              assertTrue(rest.contains(name + "#"), name + " in the dark scheme");
            });
  }

  @Test
  void keepsTheOrderOfSectionsAndBlocks() {
    Report report =
        Report.titled("t", "s")
            .section("one", new Paragraph("p1"))
            .section("two", new Paragraph("p2"));
    assertEquals(2, report.sections().size());
    String html = report.html();
    assertTrue(
        html.indexOf("one") < html.indexOf("p1") && html.indexOf("p1") < html.indexOf("two"));
  }

  @Test
  void embedsPicturesAsTheyAre() throws Exception {
    ImageGrid grid = new ImageGrid("g", List.of(new ImageGrid.Image("c", "a sine", png())));
    Document page = Pages.parse(grid);
    assertEquals("a sine", Pages.text(page, "//img/@alt"));
    String source = Pages.text(page, "//img/@src");
    assertArrayEquals(png(), Base64.getDecoder().decode(source.substring(source.indexOf(',') + 1)));
  }

  @Test
  void refusesPicturesThatAreNotPng() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new ImageGrid.Image(
                "c", "a", "<svg/>".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    assertThrows(IllegalArgumentException.class, () -> new ImageGrid.Image("c", "a", new byte[0]));
  }

  @Test
  void refusesRaggedTables() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    new Table(
                        "labels", List.of(Table.Column.text("a")), List.of(List.of("1", "2"))))
            .getMessage();
    assertEquals("row 0 of table \"labels\" has 2 cells, its header has 1", message);
  }

  @Test
  void drawsBarsFromNothingToFull() throws Exception {
    BarList list =
        BarList.shares(
            "t",
            List.of(
                BarList.Bar.share("a", 0.25),
                BarList.Bar.share("b", Double.NaN),
                BarList.Bar.share("c", 1.5)));
    Document page = Pages.parse(list);
    String fills = "//rect[@class='fill']/@width";
    assertEquals("25", Pages.find(page, fills).item(0).getNodeValue());
    assertEquals("0", Pages.find(page, fills).item(1).getNodeValue());
    assertEquals("100", Pages.find(page, fills).item(2).getNodeValue());
    assertEquals("25.0 %", Pages.text(page, "//li/span[@class='number']"));
    assertThrows(IllegalArgumentException.class, () -> new BarList("t", List.of(), 0));
  }

  @Test
  void isWrittenWholeAndReplacesTheOneBefore(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("new/report.html");
    Report.titled("first", "").write(file);
    Report.titled("second ♪", "").write(file);
    assertEquals(Report.titled("second ♪", "").html(), Files.readString(file));
    try (Stream<Path> left = Files.list(file.getParent())) {
      assertEquals(List.of(file), left.toList(), "no temporary file is left");
    }
  }
}
