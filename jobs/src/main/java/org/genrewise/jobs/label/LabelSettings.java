package org.genrewise.jobs.label;

import org.genrewise.jobs.spark.OutputMode;
import org.genrewise.jobs.track.LibrarySettings;

/**
 * What a label run does.
 *
 * @param library which files, and how they are decoded
 * @param model folder of the bundle
 * @param output folder of the tables labels and failures
 * @param outputMode what happens if the output exists
 */
public record LabelSettings(
    LibrarySettings library, String model, String output, OutputMode outputMode) {}
