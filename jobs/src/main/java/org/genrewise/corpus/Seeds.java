package org.genrewise.corpus;

/** Seeds for the many independent draws that make a piece. */
final class Seeds {

  private Seeds() {}

  /**
   * A seed for one of several uses of another. SplitMix64's finaliser (Steele, Lea and Flood 2014)
   * makes unrelated ones of neighbours, whose first draws java.util.Random would give alike.
   */
  static long derived(long seed, long use) {
    long z = seed + (use + 1) * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
