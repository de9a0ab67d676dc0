package org.genrewise.jobs.train;

import java.io.Serializable;
import org.genrewise.evaluation.EvaluationTally;
import org.genrewise.training.TrainingResult;

/**
 * What comes back from the executor that trained.
 *
 * @param training the course of the training
 * @param test what the model said of the test part
 * @param engine on what the network ran
 */
record TrainOutcome(TrainingResult training, EvaluationTally test, String engine)
    implements Serializable {}
