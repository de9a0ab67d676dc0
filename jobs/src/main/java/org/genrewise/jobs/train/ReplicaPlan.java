package org.genrewise.jobs.train;

import java.io.Serializable;
import java.util.Map;
import org.apache.spark.util.SerializableConfiguration;
import org.genrewise.network.NetworkSettings;
import org.genrewise.training.TrainingSettings;
import org.genrewise.training.checkpoint.CheckpointStorage;

/**
 * What an executor needs to know to hold a replica.
 *
 * @param run identity of the training
 * @param settings how it learns
 * @param classes how many there are
 * @param classWeights how much a slice of each class weighs
 * @param initial where the first parameters come from; null for random ones
 * @param storage of the checkpoints
 * @param configuration to reach other file systems
 */
record ReplicaPlan(
    String run,
    TrainingSettings settings,
    int classes,
    float[] classWeights,
    InitialModel initial,
    CheckpointStorage storage,
    SerializableConfiguration configuration)
    implements Serializable {

  /** What the bundle tells of the model that training started from. */
  Map<String, String> origin() {
    return initial == null ? Map.of() : initial.origin();
  }

  NetworkSettings network() {
    return initial == null ? settings.shape().network(classes) : initial.network(classes);
  }
}
