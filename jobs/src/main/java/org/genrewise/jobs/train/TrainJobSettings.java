package org.genrewise.jobs.train;

import org.genrewise.jobs.spark.OutputMode;
import org.genrewise.training.SplitSettings;
import org.genrewise.training.TrainingSettings;

/**
 * What a train run does.
 *
 * @param features location of a features table, or of the extract run that wrote it
 * @param output folder for the bundle, the split, metrics, history and report
 * @param outputMode what happens if the output exists
 * @param modelId what the model shall be called
 * @param split how the tracks are divided
 * @param training how the network is trained
 */
public record TrainJobSettings(
    String features,
    String output,
    OutputMode outputMode,
    String modelId,
    SplitSettings split,
    TrainingSettings training) {}
