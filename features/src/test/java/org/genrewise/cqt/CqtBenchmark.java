package org.genrewise.cqt;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;

/**
 * Times the transform and decibels; benchmarks/cqt_peer.py is librosa's side. Both give processor
 * time of one thread, which other programs on the machine disturb little.
 */
final class CqtBenchmark {
  private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

  private CqtBenchmark() {}

  public static void main(String[] arguments) {
    long start = CLOCK.getCurrentThreadCpuTime();
    ConstantQ transform = new ConstantQ(CqtSettings.DEFAULT);
    System.out.printf("build      %7.2f ms%n", millisecondsSince(start));
    measure(transform, "first clip", 11.4, 1);
    measure(transform, "cqt_11.4", 11.4, 200);
    measure(transform, "cqt_270", 270, 15);
  }

  private static void measure(ConstantQ transform, String name, double seconds, int runs) {
    int rate = transform.settings().sampleRate();
    float[] samples = Signals.librosaReference(rate, (int) (seconds * rate));
    double[] times = new double[runs];
    for (int i = 0; i < runs; i++) {
      long start = CLOCK.getCurrentThreadCpuTime();
      Decibels.of(transform.transform(samples));
      times[i] = millisecondsSince(start);
    }
    Arrays.sort(times);
    System.out.printf("%-10s minimum %7.2f ms  median %7.2f ms%n", name, times[0], times[runs / 2]);
  }

  private static double millisecondsSince(long start) {
    return (CLOCK.getCurrentThreadCpuTime() - start) / 1e6;
  }
}
