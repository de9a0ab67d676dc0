package org.genrewise.training;

import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/**
 * How many pictures go through the network together. A batch is cut into micro-batches of equal
 * size whose gradients are added, so that its effective size stays what the user asked for; only
 * batch norm sees the micro-batch.
 */
final class MicroBatch {

  /** Share of the free memory that may be used; the rest is for what was not measured. */
  private static final double USABLE = 0.8;

  private int size;

  MicroBatch(int size) {
    this.size = size;
  }

  int size() {
    return size;
  }

  /** Into how many parts a batch is cut. */
  int parts(int pictures) {
    return (pictures + size - 1) / size;
  }

  /**
   * After memory has run out: half as many from now on.
   *
   * @return whether that is possible
   */
  boolean halve(int pictures) {
    int tried = Math.min(size, pictures);
    size = Math.max(1, tried / 2);
    return tried > 1;
  }

  /**
   * Finds the size by measuring: what one and two pictures need says what each more will.
   *
   * @param most pictures of a batch
   * @param pass runs that many pictures forward and backward
   * @param used tells the bytes that are occupied where the pass computes
   * @param free tells the bytes that can still be had there
   */
  static MicroBatch measured(int most, IntConsumer pass, LongSupplier used, LongSupplier free) {
    if (most == 1) {
      return new MicroBatch(1);
    }
    pass.accept(1);
    pass.accept(1);
    long one = used.getAsLong();
    pass.accept(2);
    pass.accept(2);
    long each = Math.max(1, used.getAsLong() - one);
    long more = (long) (USABLE * free.getAsLong() / each);
    int fitting = (int) Math.max(1, Math.min(most, 2 + more));
    int parts = (most + fitting - 1) / fitting;
    return new MicroBatch((most + parts - 1) / parts);
  }
}
