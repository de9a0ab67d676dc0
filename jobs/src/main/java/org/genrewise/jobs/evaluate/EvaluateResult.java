package org.genrewise.jobs.evaluate;

import org.genrewise.evaluation.Evaluation;

/**
 * What an evaluate run found.
 *
 * @param evaluation of slices and tracks
 * @param seconds wall time
 */
public record EvaluateResult(Evaluation evaluation, double seconds) {}
