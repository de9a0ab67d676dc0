package org.genrewise.corpus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One way in which pieces of a class are set: what varies from piece to piece, and within what
 * bounds.
 *
 * @param slowest tempo in beats per minute
 * @param fastest tempo in beats per minute
 * @param beats in a bar
 * @param rubato how uneven the bars are, 0 (a machine) to 0.1
 * @param swing largest swing of a piece, see {@link Song}
 * @param progressions of which each section draws one; a piece keeps to one mode
 * @param form intensity of each section, 0 to 1; equal numbers are the same section again
 * @param parts that play
 */
record Arrangement(
    double slowest,
    double fastest,
    int beats,
    double rubato,
    double swing,
    List<Progression> progressions,
    List<Double> form,
    List<Part> parts) {

  Arrangement {
    progressions = List.copyOf(progressions);
    form = List.copyOf(form);
    parts = List.copyOf(parts);
  }

  static Builder tempo(double slowest, double fastest) {
    return new Builder(slowest, fastest);
  }

  /** Progressions of one mode. */
  List<Progression> progressions(Mode mode) {
    return progressions.stream().filter(progression -> progression.mode() == mode).toList();
  }

  List<Mode> modes() {
    return progressions.stream().map(Progression::mode).distinct().toList();
  }

  static final class Builder {

    private final double slowest;
    private final double fastest;
    private final List<Progression> progressions = new ArrayList<>();
    private final List<Part> parts = new ArrayList<>();
    private List<Double> form = List.of(0.8);
    private int beats = 4;
    private double rubato = 0.004;
    private double swing;

    private Builder(double slowest, double fastest) {
      this.slowest = slowest;
      this.fastest = fastest;
    }

    Builder beats(int count) {
      beats = count;
      return this;
    }

    Builder rubato(double unevenness) {
      rubato = unevenness;
      return this;
    }

    Builder swing(double most) {
      swing = most;
      return this;
    }

    Builder form(Double... intensities) {
      form = List.of(intensities);
      return this;
    }

    Builder harmony(Mode mode, String... numerals) {
      Arrays.stream(numerals).map(text -> Progression.parse(mode, text)).forEach(progressions::add);
      return this;
    }

    /** A part that plays throughout. */
    Builder part(List<Integer> palette, int low, int high, int volume, Texture texture) {
      return part(palette, low, high, volume, 0, 1, texture);
    }

    Builder part(
        List<Integer> palette,
        int low,
        int high,
        int volume,
        double enters,
        double chance,
        Texture texture) {
      parts.add(new Part(palette, low, high, volume, enters, chance, texture));
      return this;
    }

    Builder drums(int volume, double enters, Drums drums) {
      return part(List.of(), 0, 127, volume, enters, 1, drums);
    }

    Arrangement build() {
      return new Arrangement(slowest, fastest, beats, rubato, swing, progressions, form, parts);
    }
  }
}
