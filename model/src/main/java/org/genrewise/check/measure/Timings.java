package org.genrewise.check.measure;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/** Runs pieces of work several times and keeps how long they took, by name, in seconds. */
public final class Timings {
  private final Map<String, double[]> seconds = new LinkedHashMap<>();

  /**
   * Times a piece of work.
   *
   * @param warmUps runs before the counted ones
   * @param runs counted runs, at least 1
   */
  public void measure(String name, int warmUps, int runs, Callable<?> work) throws Exception {
    for (int i = 0; i < warmUps; i++) {
      work.call();
    }
    double[] times = new double[runs];
    for (int i = 0; i < runs; i++) {
      long begin = System.nanoTime();
      work.call();
      times[i] = (System.nanoTime() - begin) / 1e9;
    }
    Arrays.sort(times);
    seconds.put(name, times);
  }

  /** The shortest run, in seconds. */
  public double minimum(String name) {
    return seconds.get(name)[0];
  }

  /** The run in the middle, in seconds. */
  public double median(String name) {
    double[] times = seconds.get(name);
    return times[times.length / 2];
  }

  /** The minima in seconds, in the order of measurement. */
  public Map<String, Double> minima() {
    Map<String, Double> minima = new LinkedHashMap<>();
    seconds.keySet().forEach(name -> minima.put(name, minimum(name)));
    return minima;
  }
}
