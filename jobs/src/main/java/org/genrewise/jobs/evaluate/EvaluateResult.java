package org.genrewise.jobs.evaluate;

import java.util.List;
import org.genrewise.evaluation.Evaluation;
import org.genrewise.evaluation.Mistake;

/**
 * What an evaluate run found.
 *
 * @param evaluation of slices and tracks
 * @param mistakes the tracks that the model was most sure of and wrong about, the worst first
 * @param seconds wall time
 */
public record EvaluateResult(Evaluation evaluation, List<Mistake> mistakes, double seconds) {

  public EvaluateResult {
    mistakes = List.copyOf(mistakes);
  }
}
