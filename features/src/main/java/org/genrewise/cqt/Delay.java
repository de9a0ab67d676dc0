package org.genrewise.cqt;

/** Gives rows back some positions late, across the borders of blocks. One run, one thread. */
final class Delay {
  private final int positions;
  private final float[] line;

  /**
   * @param positions by which rows come late
   * @param length most values in a row
   */
  Delay(int positions, int length) {
    this.positions = positions;
    this.line = new float[positions + length];
  }

  /** Takes a row, and replaces it by what came so many positions earlier; zeros at first. */
  void apply(float[] row, int length) {
    System.arraycopy(row, 0, line, positions, length);
    System.arraycopy(line, 0, row, 0, length);
    System.arraycopy(line, length, line, 0, positions);
  }
}
