package org.genrewise.training;

import java.io.IOException;
import org.genrewise.network.TrainingNetwork;

/** Gives a new network its first parameters. */
@FunctionalInterface
public interface NetworkInitialiser {

  /** Leaves the random weights of the network's seed. */
  NetworkInitialiser RANDOM = network -> {};

  void initialise(TrainingNetwork network) throws IOException;
}
