package org.genrewise.jobs.evaluate;

import java.util.Optional;
import org.genrewise.jobs.spark.OutputMode;

/**
 * What an evaluate run does.
 *
 * @param features location of a features table, or of the extract run that wrote it
 * @param model folder of the bundle
 * @param part which tracks are used
 * @param split location of the split that a train run stored; empty where there is none
 * @param output folder for metrics, predictions and report; empty for none
 * @param outputMode what happens if the output exists
 */
public record EvaluateSettings(
    String features,
    String model,
    EvaluatedPart part,
    Optional<String> split,
    Optional<String> output,
    OutputMode outputMode) {}
