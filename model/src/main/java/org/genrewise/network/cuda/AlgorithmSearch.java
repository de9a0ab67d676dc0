package org.genrewise.network.cuda;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Finds the algorithm of a convolution: of those that give equal results for equal inputs the one
 * that cuDNN expects to be fastest. It is not timed, so that the same machine always finds the same
 * one.
 *
 * @param bound most bytes of workspace
 * @param onlyProducts whether only {@link Pass#products} may be taken
 */
record AlgorithmSearch(long bound, boolean onlyProducts) {

  /** What was found, and the bytes that it works in. */
  record Found(int algorithm, long workspace) {}

  /** What an algorithm needs, and a call of it. */
  interface Trial {
    /** Bytes of workspace; empty where the algorithm is not supported. */
    OptionalLong workspace(int algorithm);

    /** Computes; false where the algorithm turns out not to be supported. */
    boolean run(int algorithm, long workspace);
  }

  /**
   * In which order algorithms are tried: as proposed, those that are deterministic first; then
   * {@link Pass#products}, in case the proposals leave them out.
   */
  List<Integer> order(List<Algorithm> proposals) {
    List<Algorithm> usable = new ArrayList<>();
    for (Algorithm proposal : proposals) {
      if (proposal.supported()
          && proposal.workspace() <= bound
          && (!onlyProducts || Pass.products().contains(proposal.number()))) {
        usable.add(proposal);
      }
    }
    Set<Integer> order = new LinkedHashSet<>();
    usable.stream().filter(Algorithm::deterministic).forEach(a -> order.add(a.number()));
    order.add(Pass.products().get(0));
    usable.forEach(algorithm -> order.add(algorithm.number()));
    order.addAll(Pass.products());
    return List.copyOf(order);
  }

  /**
   * The first that runs, which it has done then.
   *
   * @throws IllegalStateException if none does
   */
  Found find(List<Algorithm> proposals, Trial trial) {
    List<Integer> order = order(proposals);
    for (int algorithm : order) {
      OptionalLong workspace = trial.workspace(algorithm);
      if (workspace.isPresent()
          && workspace.getAsLong() <= bound
          && trial.run(algorithm, workspace.getAsLong())) {
        return new Found(algorithm, workspace.getAsLong());
      }
    }
    throw new IllegalStateException(
        "none of cuDNN's algorithms %s computes this convolution in %,d bytes of workspace; it proposed %s"
            .formatted(order, bound, proposals));
  }
}
