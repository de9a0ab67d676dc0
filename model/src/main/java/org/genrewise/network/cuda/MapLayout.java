package org.genrewise.network.cuda;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How maps and filters lie in memory: NHWC, the channels perhaps followed by some that are 0. A
 * filter is a map too: its pictures are the output channels (KRSC in cuDNN's words).
 *
 * @param batch pictures, or output channels of a filter
 * @param height pixels
 * @param width pixels
 * @param channels that count
 * @param room how many channels there is room for
 */
record MapLayout(int batch, int height, int width, int channels, int room) {

  /** Matrix units read 8 values of 16 bits at a time. */
  private static final int GROUP = 8;

  private static final int RANK = 4;

  /** [3, 3, in, out] as [out, 3, 3, in]. */
  static final int[] TO_FILTER = {3, 0, 1, 2};

  /** Of an array of rank 4, or of rank 2, whose rows are then pictures of one pixel. */
  static MapLayout of(INDArray array) {
    int batch = Math.toIntExact(array.size(0));
    int channels = Math.toIntExact(array.size(-1));
    boolean map = array.rank() == 4;
    int height = map ? Math.toIntExact(array.size(1)) : 1;
    int width = map ? Math.toIntExact(array.size(2)) : 1;
    return new MapLayout(batch, height, width, channels, channels);
  }

  /** With room for as many channels as a convolution of a type wants. */
  MapLayout widened(DataType type) {
    return new MapLayout(batch, height, width, channels, room(channels, type));
  }

  MapLayout withBatch(int other) {
    return new MapLayout(other, height, width, channels, room);
  }

  /** A multiple of 8 in 16 bits. In 32 bits nothing is gained by more channels. */
  static int room(int channels, DataType type) {
    return type == DataType.FLOAT16 ? (channels + GROUP - 1) / GROUP * GROUP : channels;
  }

  /** Values between neighbours along batch, channels, height and width, in cuDNN's order. */
  int[] strides() {
    return new int[] {
      Math.toIntExact((long) height * width * room), 1, Math.toIntExact((long) width * room), room
    };
  }

  long length() {
    return (long) batch * height * width * room;
  }

  long[] shape() {
    return new long[] {batch, height, width, room};
  }

  /**
   * The shape of an array as four sizes, the last ones being its own. To element-wise work they are
   * but rows of the last one.
   */
  static List<Integer> rows(long[] shape) {
    if (shape.length > RANK) {
      throw new IllegalArgumentException("kernels take arrays of up to 4 dimensions");
    }
    List<Integer> sizes = new ArrayList<>(Collections.nCopies(RANK - shape.length, 1));
    for (long size : shape) {
      sizes.add(Math.toIntExact(size));
    }
    return List.copyOf(sizes);
  }

  /** Whether an array lies in order 'c' without gaps. */
  static boolean isDense(long[] shape, long[] stride) {
    long expected = 1;
    for (int i = shape.length - 1; i >= 0; i--) {
      if (shape[i] != 1 && stride[i] != expected) {
        return false;
      }
      expected *= shape[i];
    }
    return true;
  }
}
