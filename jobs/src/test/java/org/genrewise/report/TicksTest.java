package org.genrewise.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TicksTest {

  private static List<String> labels(double low, double high, int intervals, double smallest) {
    Ticks ticks = Ticks.enclosing(low, high, intervals, smallest);
    return ticks.positions().stream().map(ticks::label).toList();
  }

  @Test
  void standAtRoundValues() {
    assertEquals(List.of("0.0", "0.2", "0.4", "0.6", "0.8", "1.0"), labels(0.03, 0.98, 5, 0));
    assertEquals(List.of("0", "50", "100", "150", "200"), labels(0, 187, 4, 0));
    assertEquals(List.of("−2", "−1", "0", "1", "2"), labels(-1.7, 1.9, 4, 0));
  }

  @Test
  void ofWholeNumbersAreWhole() {
    assertEquals(List.of("1", "2", "3"), labels(1, 3, 7, 1));
  }

  @Test
  void ofVerySmallAndLargeValuesHaveAnExponent() {
    assertEquals(List.of("0", "2e-6", "4e-6"), labels(0, 4e-6, 2, 0));
    assertEquals(List.of("0", "1e7", "2e7"), labels(0, 2e7, 2, 0));
  }

  @Test
  void encloseEveryRange() {
    Random random = new Random(5);
    for (int round = 0; round < 2_000; round++) {
      double scale = Math.pow(10, random.nextInt(19) - 9);
      double low = scale * random.nextGaussian();
      double high = low + scale * Math.abs(random.nextGaussian());
      Ticks ticks = Ticks.enclosing(low, high, 5, 0);
      double slack = 1e-5 * ticks.step();
      assertTrue(ticks.low() <= low + slack && ticks.high() >= high - slack, low + " " + high);
      int count = ticks.positions().size();
      assertTrue(count >= 2 && count <= 12, count + " ticks from " + low + " to " + high);
    }
  }

  @Test
  void ofOneValueStandAroundIt() {
    for (double value : new double[] {0, 3, -0.7, 5e-7, 1e12}) {
      Ticks ticks = Ticks.enclosing(value, value, 5, 0);
      assertTrue(ticks.low() < ticks.high());
      assertTrue(ticks.low() <= value && value <= ticks.high());
    }
  }

  @Test
  void refuseWhatIsNoRange() {
    assertThrows(IllegalArgumentException.class, () -> Ticks.enclosing(Double.NaN, 1, 5, 0));
    assertThrows(IllegalArgumentException.class, () -> Ticks.enclosing(2, 1, 5, 0));
  }
}
