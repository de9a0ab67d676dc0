package org.genrewise.training;

import java.io.Serializable;
import org.genrewise.training.optimiser.LearningRate;
import org.genrewise.training.optimiser.LossScaler;

/**
 * What every replica is to do next: learn some batches of its share.
 *
 * @param epoch from 1
 * @param begin number of the first batch in the epoch, from 0
 * @param end number after the last; a replica with fewer ends sooner
 * @param base folder of the vectors that the round starts from; empty for the first weights
 * @param target folder that will hold the vectors that it ends with
 * @param steps how many were applied so far
 * @param microBatch pictures that go through the network together; 0: to be measured
 * @param lossScale state of the loss scaler
 * @param learningRate state of the schedule
 */
public record Round(
    int epoch,
    int begin,
    int end,
    String base,
    String target,
    long steps,
    int microBatch,
    LossScaler.State lossScale,
    LearningRate.State learningRate)
    implements Serializable {}
