package org.genrewise.check.part;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.genrewise.network.ParameterTable;
import org.junit.jupiter.api.Test;

class DifferenceTest {
  private static final ParameterTable TABLE = ParameterTable.of(NarrowNetwork.SETTINGS);

  @Test
  void distancesAreRelativeToWhatWasExpected() {
    Difference difference = Difference.of("logits", new float[] {3, 4.5f}, new float[] {3, 4});
    assertEquals(new Difference("logits", 4, 0.5, 0.125, 0.1, false), difference);
    assertTrue(difference.isWithin(0.1));
    assertFalse(difference.isWithin(0.09));
  }

  @Test
  void whatIsNotANumberIsTheWorstAndNeverWithin() {
    Difference none = Difference.of("a", new float[] {Float.NaN, 0}, new float[] {1, 0});
    Difference off = Difference.of("b", new float[] {9}, new float[] {1});
    assertFalse(none.isWithin(1e9));
    assertEquals(none, Difference.worst(List.of(none, off)));
    assertEquals(0, Difference.of("c", new float[1], new float[1]).relativeDistance());
  }

  @Test
  void gradientsOfRoundingAloneDoNotCount() {
    float[] expected = new float[(int) TABLE.length()];
    float[] actual = new float[expected.length];
    Arrays.fill(expected, 1);
    Arrays.fill(actual, 1.01f);
    ParameterTable.Entry bias =
        TABLE.entries().stream().filter(e -> e.key().equals("bias")).findFirst().orElseThrow();
    for (long i = bias.offset(); i < bias.offset() + bias.length(); i++) {
      expected[(int) i] = 1e-7f;
      actual[(int) i] = -1e-7f;
    }
    List<Difference> all = Difference.of(TABLE, actual, expected);
    assertEquals(TABLE.entries().size(), all.size());
    assertEquals(
        List.of(bias.vertex() + ".bias"),
        all.stream().filter(Difference::noise).map(Difference::tensor).toList());
    assertEquals(0.01, Difference.worst(all).relativeDistance(), 1e-6);
    assertEquals(0.01, Difference.together(TABLE, actual, expected).relativeDistance(), 1e-6);
  }
}
