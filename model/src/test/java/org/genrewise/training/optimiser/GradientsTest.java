package org.genrewise.training.optimiser;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import org.genrewise.network.NetworkSettings;
import org.genrewise.network.ParameterTable;
import org.genrewise.network.ParameterTable.Entry;
import org.genrewise.network.ParameterTable.Kind;
import org.genrewise.network.Width;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class GradientsTest {
  private static final float NAN = Float.NaN;
  private static final float INFINITY = Float.POSITIVE_INFINITY;
  private static final float[] WEIGHT = {512, -1024};
  private static final float[] BIAS = {2048};
  private static final float[] STATISTIC = {3, Float.MAX_VALUE};

  private final INDArray gradient = Tables.vector(WEIGHT, BIAS, STATISTIC);

  @Test
  void theScaleIsTakenOffEverythingButStatistics() {
    double norm = new Gradients(Tables.SMALL, false, 7).unscale(gradient, 1024);

    float[] weight = {0.5f, -1};
    INDArray expected = Tables.vector(weight, new float[] {2}, STATISTIC);
    assertArrayEquals(expected.toFloatVector(), gradient.toFloatVector());
    assertEquals(norm(gradient, false), norm, 1e-5 * norm);
  }

  @Test
  void aLongGradientIsShortenedAndAShortOneIsNot() {
    Gradients gradients = new Gradients(Tables.SMALL, false, 7);
    double norm = gradients.unscale(gradient, 1024);
    INDArray before = gradient.dup();
    gradients.clip(gradient, norm, norm);
    assertArrayEquals(before.toFloatVector(), gradient.toFloatVector());

    gradients.clip(gradient, norm, 0.25);
    assertEquals(0.25, norm(gradient, false), 1e-6);
    double share = 0.25 / norm;
    for (Entry entry : Tables.SMALL.entries()) {
      double[] was = entry.view(before).ravel().toDoubleVector();
      double[] is = entry.view(gradient).ravel().toDoubleVector();
      for (int i = 0; i < was.length; i++) {
        double expected = entry.kind() == Kind.STATISTIC ? was[i] : was[i] * share;
        assertEquals(expected, is[i], 1e-6 * Math.abs(expected));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void oneValueThatIsNotFiniteIsSeenWhereverItIs(float bad) {
    Gradients gradients = new Gradients(Tables.SMALL, false, 7);
    for (Entry entry : Tables.SMALL.entries()) {
      for (long at : new long[] {entry.offset(), entry.offset() + entry.length() - 1}) {
        INDArray spoilt = gradient.dup();
        spoilt.putScalar(at, bad);
        boolean finite = Double.isFinite(gradients.unscale(spoilt, 1024));
        assertEquals(entry.kind() == Kind.STATISTIC, finite, entry.vertex() + " " + entry.key());
      }
    }
  }

  @Test
  void whatIsFrozenNeitherChangesNorCounts() {
    gradient.putScalar(0, Float.NaN);
    INDArray before = gradient.dup();
    double norm = new Gradients(Tables.SMALL, true).unscale(gradient, 1024);

    assertTrue(Double.isFinite(norm));
    assertEquals(norm(gradient, true), norm, 1e-5 * norm);
    for (Entry entry : Tables.SMALL.entries()) {
      if (entry.isFeature()) {
        assertArrayEquals(
            entry.view(before).ravel().toFloatVector(),
            entry.view(gradient).ravel().toFloatVector());
      }
    }
  }

  @Test
  void millionsOfValuesAreSummedWithoutLosingDigitsOrOverlookingOne() {
    ParameterTable table = ParameterTable.of(NetworkSettings.of(2, new Width(4), 224));
    try (INDArray large = Nd4j.valueArrayOf(new long[] {table.length()}, 0.1f, DataType.FLOAT)) {
      double norm = new Gradients(table, false).unscale(large, 1);
      long learnt =
          table.entries().stream()
              .filter(entry -> entry.kind() != Kind.STATISTIC)
              .mapToLong(Entry::length)
              .sum();
      assertEquals(0.1f * Math.sqrt(learnt), norm, 1e-6 * norm);

      Entry longest =
          table.entries().stream().max(Comparator.comparingLong(Entry::length)).orElseThrow();
      for (int i = 0; i < 40; i++) {
        large.putScalar(longest.offset() + longest.length() / 2 + i, i % 2 == 0 ? NAN : INFINITY);
        assertFalse(Double.isFinite(new Gradients(table, false).unscale(large, 1)));
        large.putScalar(longest.offset() + longest.length() / 2 + i, 0.1f);
      }
    }
  }

  @Test
  void valuesWhoseSquaresOverflowAreStillFinite() {
    gradient.assign(1e30f);
    double norm = new Gradients(Tables.SMALL, false).unscale(gradient, 1);
    assertFalse(Double.isNaN(norm) || Double.isInfinite(norm));
  }

  private static double norm(INDArray gradient, boolean headOnly) {
    double sum = 0;
    for (Entry entry : Tables.SMALL.entries()) {
      if (entry.kind() != Kind.STATISTIC && !(headOnly && entry.isFeature())) {
        for (double value : entry.view(gradient).ravel().toDoubleVector()) {
          sum += value * value;
        }
      }
    }
    return Math.sqrt(sum);
  }
}
