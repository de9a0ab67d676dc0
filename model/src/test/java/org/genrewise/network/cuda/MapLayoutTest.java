package org.genrewise.network.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.genrewise.network.Kernels;
import org.genrewise.network.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class MapLayoutTest {

  @ParameterizedTest
  @CsvSource({"1, 8", "3, 8", "8, 8", "9, 16", "64, 64", "100, 104"})
  void channelsOf16BitsComeInGroups(int channels, int room) {
    assertEquals(room, MapLayout.room(channels, DataType.FLOAT16));
    assertEquals(channels, MapLayout.room(channels, DataType.FLOAT));
  }

  @Test
  void stridesAreThoseOfNhwc() {
    MapLayout layout = new MapLayout(2, 5, 7, 3, 8);
    assertArrayEquals(new int[] {5 * 7 * 8, 1, 7 * 8, 8}, layout.strides());
    assertEquals(2 * 5 * 7 * 8, layout.length());
    assertArrayEquals(new long[] {2, 5, 7, 8}, layout.shape());
  }

  @Test
  void anArrayTellsItsLayout() {
    assertEquals(
        new MapLayout(2, 5, 7, 3, 3), MapLayout.of(Nd4j.create(DataType.FLOAT, 2, 5, 7, 3)));
    assertEquals(new MapLayout(4, 1, 1, 6, 6), MapLayout.of(Nd4j.create(DataType.FLOAT, 4, 6)));
  }

  @Test
  void toElementWiseWorkAllArraysAreRows() {
    assertEquals(List.of(2, 5, 7, 3), MapLayout.rows(new long[] {2, 5, 7, 3}));
    assertEquals(List.of(1, 1, 4, 6), MapLayout.rows(new long[] {4, 6}));
    assertEquals(List.of(1, 1, 1, 6), MapLayout.rows(new long[] {6}));
    assertThrows(IllegalArgumentException.class, () -> MapLayout.rows(new long[5]));
  }

  @Test
  void gapsAndOtherOrdersAreSeen() {
    INDArray array = Nd4j.create(DataType.FLOAT, 2, 3, 4);
    assertTrue(isDense(array));
    assertTrue(isDense(array.reshape('c', 1, 6, 4)));
    assertFalse(isDense(array.permute(1, 0, 2)));
    assertFalse(isDense(Nd4j.create(DataType.FLOAT, new long[] {3, 4}, 'f')));
  }

  private static boolean isDense(INDArray array) {
    return MapLayout.isDense(array.shape(), array.stride());
  }

  /**
   * What cuDNN is told and given, by cuDNN's definition of a convolution in Java, with widened
   * channels, against the CPU's.
   */
  @Test
  void aConvolutionOfTheseLayoutsIsThatOfTheCpu() {
    INDArray x = Nd4j.rand(DataType.FLOAT, 2, 4, 5, 3);
    INDArray weight = Nd4j.rand(DataType.FLOAT, 3, 3, 3, 6);
    INDArray y = Nd4j.create(DataType.FLOAT, 2, 4, 5, 6);
    Kernels.of(Precision.FLOAT32).convolve(x, weight, Nd4j.zeros(DataType.FLOAT, 6), y);

    MapLayout in = MapLayout.of(x).widened(DataType.FLOAT16);
    MapLayout out = MapLayout.of(y).widened(DataType.FLOAT16);
    ConvolutionShape shape = ConvolutionShape.of(Pass.FORWARD, DataType.FLOAT16, in, out);
    INDArray filter = weight.permute(MapLayout.TO_FILTER).dup('c');
    MapLayout narrow = MapLayout.of(filter);
    MapLayout wide = new MapLayout(6, 3, 3, 3, 8);
    float[] result =
        convolve(
            shape,
            spread(x, MapLayout.of(x), in, in.length()),
            spread(filter, narrow, wide, shape.filter().length()));
    assertArrayEquals(
        y.reshape(y.length()).toFloatVector(), gather(result, out, MapLayout.of(y)), 1e-5f);
    assertEquals(weight, filter.permute(1, 2, 3, 0));
  }

  /** The values that both layouts have, 0 elsewhere, as cudnnTransformTensor copies them. */
  private static float[] spread(INDArray array, MapLayout from, MapLayout to, long length) {
    float[] result = new float[(int) length];
    copy(array.reshape(array.length()).toFloatVector(), from, result, to);
    return result;
  }

  private static float[] gather(float[] values, MapLayout from, MapLayout to) {
    float[] result = new float[(int) to.length()];
    copy(values, from, result, to);
    return result;
  }

  private static void copy(float[] values, MapLayout from, float[] result, MapLayout to) {
    for (int n = 0; n < from.batch(); n++) {
      for (int c = 0; c < from.channels(); c++) {
        for (int h = 0; h < from.height(); h++) {
          for (int w = 0; w < from.width(); w++) {
            result[place(to, n, c, h, w)] = values[place(from, n, c, h, w)];
          }
        }
      }
    }
  }

  private static int place(MapLayout layout, int n, int c, int h, int w) {
    int[] strides = layout.strides();
    return n * strides[0] + c * strides[1] + h * strides[2] + w * strides[3];
  }

  private static float[] convolve(ConvolutionShape shape, float[] x, float[] filter) {
    float[] y = new float[(int) shape.output().length()];
    for (int n = 0; n < shape.batch(); n++) {
      for (int k = 0; k < shape.out(); k++) {
        for (int p = 0; p < shape.height(); p++) {
          for (int q = 0; q < shape.width(); q++) {
            float sum = 0;
            for (int c = 0; c < shape.in(); c++) {
              for (int r = 0; r < ConvolutionShape.KERNEL; r++) {
                for (int s = 0; s < ConvolutionShape.KERNEL; s++) {
                  int h = p + r - ConvolutionShape.PADDING;
                  int w = q + s - ConvolutionShape.PADDING;
                  if (h >= 0 && h < shape.height() && w >= 0 && w < shape.width()) {
                    sum +=
                        x[place(shape.input(), n, c, h, w)]
                            * filter[place(shape.filter(), k, c, r, s)];
                  }
                }
              }
            }
            y[place(shape.output(), n, k, p, q)] = sum;
          }
        }
      }
    }
    return y;
  }

  /** By about the square root of 2 * 8 * 8 pixels, and in 16 bits alone. */
  @Test
  void gradientsOfWeightsAreScaled() {
    MapLayout map = new MapLayout(2, 8, 8, 16, 16);
    assertEquals(8, ConvolutionShape.of(Pass.BACKWARD_FILTER, DataType.FLOAT16, map, map).scale());
    assertEquals(1, ConvolutionShape.of(Pass.BACKWARD_FILTER, DataType.FLOAT, map, map).scale());
    assertEquals(1, ConvolutionShape.of(Pass.BACKWARD_DATA, DataType.FLOAT16, map, map).scale());
  }

  @Test
  void plansAreTheSameForTheSameShapeAlone() {
    MapLayout in = new MapLayout(2, 8, 8, 3, 8);
    MapLayout out = new MapLayout(2, 8, 8, 16, 16);
    ConvolutionShape shape = ConvolutionShape.of(Pass.FORWARD, DataType.FLOAT16, in, out);
    assertEquals(shape, ConvolutionShape.of(Pass.FORWARD, DataType.FLOAT16, in, out));
    assertNotEquals(shape, ConvolutionShape.of(Pass.BACKWARD_DATA, DataType.FLOAT16, in, out));
    assertNotEquals(shape, ConvolutionShape.of(Pass.FORWARD, DataType.FLOAT, in, out));
    MapLayout other = new MapLayout(1, 8, 8, 16, 16);
    assertThrows(
        IllegalArgumentException.class,
        () -> ConvolutionShape.of(Pass.FORWARD, DataType.FLOAT, in, other));
  }
}
