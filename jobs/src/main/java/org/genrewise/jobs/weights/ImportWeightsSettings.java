package org.genrewise.jobs.weights;

import org.genrewise.bundle.ImportSettings;
import org.genrewise.jobs.spark.OutputMode;

/**
 * One import.
 *
 * @param input location of the checkpoint
 * @param output folder of the bundle
 * @param mode what happens if that exists
 * @param checkpoint how the checkpoint is read
 */
public record ImportWeightsSettings(
    String input, String output, OutputMode mode, ImportSettings checkpoint) {}
