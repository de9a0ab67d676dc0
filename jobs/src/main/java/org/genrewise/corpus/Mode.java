package org.genrewise.corpus;

/** The scales that pieces are written in. */
enum Mode {
  MAJOR(0, 2, 4, 5, 7, 9, 11),
  MINOR(0, 2, 3, 5, 7, 8, 10),
  DORIAN(0, 2, 3, 5, 7, 9, 10),
  MIXOLYDIAN(0, 2, 4, 5, 7, 9, 10);

  private final int[] semitones;

  Mode(int... semitones) {
    this.semitones = semitones;
  }

  /** Semitones from the tonic up to a degree, 0 for the tonic, 1 for the second, to 6. */
  int semitones(int degree) {
    return semitones[degree];
  }

  /** Whether a note this many semitones above some tonic belongs to the scale. */
  boolean contains(int interval) {
    int folded = Math.floorMod(interval, 12);
    for (int semitone : semitones) {
      if (semitone == folded) {
        return true;
      }
    }
    return false;
  }
}
