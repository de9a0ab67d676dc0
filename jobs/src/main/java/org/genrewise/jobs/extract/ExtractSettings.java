package org.genrewise.jobs.extract;

import org.genrewise.extraction.FeatureSettings;
import org.genrewise.jobs.spark.OutputMode;
import org.genrewise.jobs.track.LibrarySettings;

/**
 * What an extract run does.
 *
 * @param library which files, and how they are decoded
 * @param features what is made of them
 * @param output folder of the tables features and failures
 * @param outputMode what happens if the output exists
 */
public record ExtractSettings(
    LibrarySettings library, FeatureSettings features, String output, OutputMode outputMode) {}
