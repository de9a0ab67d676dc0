package org.genrewise.jobs.weights;

import java.util.Optional;
import org.genrewise.jobs.spark.OutputMode;

/**
 * One export.
 *
 * @param model folder of the bundle
 * @param output location of the safetensors file
 * @param check location of a safetensors file of pictures and logits, if one is wanted
 * @param mode what happens if they exist
 */
public record ExportWeightsSettings(
    String model, String output, Optional<String> check, OutputMode mode) {}
