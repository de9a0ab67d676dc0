package org.genrewise.training;

import java.io.Serializable;
import java.util.Map;

/**
 * How the work is divided among replicas of the network, and how often it is written down.
 *
 * @param replicas how many learn side by side, each from its share of the slices, at least 1
 *     (default 1)
 * @param steps that each replica takes on its own before parameters and optimiser states are
 *     averaged and a checkpoint is written (McMahan et al., "Communication-Efficient Learning of
 *     Deep Networks from Decentralized Data"); 0 (default): an epoch
 */
public record RoundSettings(int replicas, int steps) implements Serializable {

  public static final RoundSettings DEFAULT = new RoundSettings(1, 0);

  public RoundSettings {
    if (replicas < 1) {
      throw new IllegalArgumentException("replicas must be at least 1, not " + replicas);
    }
    if (steps < 0) {
      throw new IllegalArgumentException("round-steps must be 0 (an epoch) or more, not " + steps);
    }
  }

  Map<String, String> asMap() {
    return Map.of("replicas", Integer.toString(replicas), "round-steps", Integer.toString(steps));
  }
}
