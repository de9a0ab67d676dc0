package org.genrewise.report;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Labelled horizontal bars, such as the five most probable classes of a track, or a score per
 * class.
 *
 * @param title what is compared
 * @param bars drawn in the given order
 * @param full the value whose bar has the whole width, above 0; 1 for shares and probabilities
 */
public record BarList(String title, List<Bar> bars, double full) implements Block {

  /**
   * One bar.
   *
   * @param label what it stands for
   * @param value its length in units of {@link BarList#full}; NaN where there is none, drawn
   *     without a bar
   * @param text the value as the reader sees it, such as "43.1 %"
   */
  public record Bar(String label, double value, String text) {

    public Bar {
      Objects.requireNonNull(label, "label");
      Objects.requireNonNull(text, "text");
    }

    /** A share from 0 to 1, shown in per cent with one decimal. */
    public static Bar share(String label, double share) {
      return new Bar(label, share, Markup.number(100 * share, 1) + " %");
    }
  }

  public BarList {
    Objects.requireNonNull(title, "title");
    bars = List.copyOf(bars);
    if (!(full > 0) || Double.isInfinite(full)) {
      throw new IllegalArgumentException(
          "the value of a full bar in \"%s\" is %s; it must be finite and above 0"
              .formatted(title, full));
    }
  }

  /** Bars of shares or probabilities, from 0 to 1. */
  public static BarList shares(String title, List<Bar> bars) {
    return new BarList(title, bars, 1);
  }

  @Override
  public boolean wide() {
    return false;
  }

  @Override
  public String html() {
    return bars.stream()
        .map(this::bar)
        .collect(
            Collectors.joining(
                "",
                "<figure class=\"bars\"><figcaption>"
                    + Markup.escape(title)
                    + "</figcaption>\n<ol>\n",
                "</ol></figure>\n"));
  }

  private String bar(Bar bar) {
    double filled = Double.isNaN(bar.value) ? 0 : Math.max(0, Math.min(1, bar.value / full));
    return """
        <li><span class="label">%s</span>\
        <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">\
        <rect class="track" width="100" height="8"/><rect class="fill" width="%s" height="8"/></svg>\
        <span class="number">%s</span></li>
        """
        .formatted(
            Markup.breakable(bar.label), Markup.coordinate(100 * filled), Markup.escape(bar.text));
  }
}
