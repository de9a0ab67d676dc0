package org.genrewise.jobs.weights;

import java.util.Set;
import org.genrewise.bundle.BundleInfo;
import org.genrewise.weights.layout.Layout;

/**
 * What an import made.
 *
 * @param model folder of the bundle
 * @param info what the bundle says
 * @param version of its parameters
 * @param format of the checkpoint
 * @param layout that was found in it
 * @param types of the tensors that were taken
 * @param values that the bundle holds
 * @param seconds that it took
 */
public record ImportWeightsResult(
    String model,
    BundleInfo info,
    String version,
    String format,
    Layout layout,
    Set<String> types,
    long values,
    double seconds) {}
