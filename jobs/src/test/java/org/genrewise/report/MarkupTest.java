package org.genrewise.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkupTest {

  @Test
  void escapesWhatWouldBeMarkup() {
    assertEquals(
        "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;", Markup.escape("<b a=\"1\" c='2'>&"));
  }

  @Test
  void replacesWhatXmlCannotHoldAndWhatReordersText() {
    assertEquals("a\uFFFDb", Markup.escape("a\u0000b"));
    assertEquals("a\uFFFDb", Markup.escape("a\u001bb"));
    assertEquals("exe\uFFFDgnp.wav", Markup.escape("exe\u202Egnp.wav"));
    assertEquals("\uFFFD", Markup.escape("\uD83C"));
    assertEquals("\uFFFD", Markup.escape("\uFFFF"));
  }

  @Test
  void keepsTextOfAllLanguages() {
    String text = "Dvořák – 交響曲 🎻\n";
    assertEquals(text, Markup.escape(text));
  }

  @Test
  void breaksNamesBetweenTheirParts() {
    assertEquals("a/<wbr/>b_<wbr/>&lt;c", Markup.breakable("a/b_<c"));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "-2, −2",
    "0.5, 0.5",
    "0.123456, 0.1235",
    "1234.5678, 1235",
    "12.3456, 12.35",
    "0.000123, 0.000123",
    "NaN, –",
    "Infinity, –",
    "100, 100"
  })
  void writesNumbersBriefly(double value, String text) {
    assertEquals(text, Markup.number(value));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0.001, <1", "0.125, 13", "0.999, >99", "1, 100"})
  void onlyNoneAndAllAreShownAsSuchInPerCent(double share, String text) {
    assertEquals(text, Markup.percent(share));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "9999, 9999", "10000, 10k", "999999, 999k", "1000000, 1M", "5000000000, 1G+"})
  void writesCountsInFourCharacters(long count, String text) {
    assertEquals(text, Markup.compact(count));
  }

  @Test
  void writesNumbersAlikeInEveryLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      assertEquals("1234.50", Markup.number(1234.5, 2));
      assertEquals("1.5", Markup.coordinate(1.46));
      assertEquals("M1 2", "M%s %s".formatted(Markup.coordinate(1), Markup.coordinate(2.04)));
    } finally {
      Locale.setDefault(before);
    }
  }
}
