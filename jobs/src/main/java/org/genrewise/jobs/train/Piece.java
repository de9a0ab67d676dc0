package org.genrewise.jobs.train;

import java.io.Serializable;
import org.genrewise.training.RoundResult;

/**
 * What travels from the replicas at the end of a round: a chunk of the vectors with its weight, or
 * the round's result.
 *
 * @param result of a replica, or null
 * @param weight by which the values count: pictures that were learnt; 0 for a result
 * @param values a weighted mean; empty for a result
 */
record Piece(RoundResult result, double weight, float[] values) implements Serializable {

  static Piece of(RoundResult result) {
    return new Piece(result, 0, new float[0]);
  }

  /** Two pieces of the same place: a weighted mean, or both results together. */
  static Piece merge(Piece one, Piece other) {
    if (one.result != null) {
      return of(one.result.plus(other.result));
    }
    double weight = one.weight + other.weight;
    if (weight == 0) {
      return one;
    }
    float share = (float) (other.weight / weight);
    for (int i = 0; i < one.values.length; i++) {
      one.values[i] += share * (other.values[i] - one.values[i]);
    }
    return new Piece(null, weight, one.values);
  }
}
