package org.genrewise.jobs.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.genrewise.bundle.BundleInfo;
import org.genrewise.bundle.ModelBundle;
import org.genrewise.bundle.Provenance;
import org.genrewise.evaluation.EvaluationTally;
import org.genrewise.extraction.FeatureSettings;
import org.genrewise.inference.CompiledNetwork;
import org.genrewise.inference.Labeller;
import org.genrewise.jobs.cli.Version;
import org.genrewise.jobs.spark.Storage;
import org.genrewise.jobs.spark.TemporaryFolder;
import org.genrewise.network.GraphOptions;
import org.genrewise.network.NetworkSettings;
import org.genrewise.network.Vgg19Bn;
import org.genrewise.picture.Slice;
import org.genrewise.training.Vectors;
import org.nd4j.linalg.learning.config.NoOp;

/**
 * Makes the bundle of a checkpoint: tests it on the slices of the test part, which arrive ordered
 * by track, and writes it.
 */
final class FinishTask implements FlatMapFunction<Iterator<PlannedSlice>, EvaluationTally> {
  private final Broadcast<FinishPlan> broadcast;

  FinishTask(Broadcast<FinishPlan> plan) {
    this.broadcast = plan;
  }

  @Override
  public Iterator<EvaluationTally> call(Iterator<PlannedSlice> rows) throws IOException {
    FinishPlan plan = broadcast.value();
    NetworkSettings network = plan.replica().network();
    ComputationGraph graph = Vgg19Bn.create(network, GraphOptions.DEFAULT, new NoOp(), 0);
    try (TemporaryFolder scratch = TemporaryFolder.create("genrewise-train")) {
      Vectors.readParameters(graph.params(), plan.replica().storage(), plan.checkpoint());
      EvaluationTally tally =
          test(rows, plan, new Labeller(CompiledNetwork.of(graph, network), plan.classes()));
      save(graph, plan, tally, scratch.path());
      return List.of(tally).iterator();
    } finally {
      graph.close();
    }
  }

  private static EvaluationTally test(
      Iterator<PlannedSlice> rows, FinishPlan plan, Labeller labeller) {
    EvaluationTally tally = new EvaluationTally(plan.classes());
    List<Slice> slices = new ArrayList<>();
    PlannedSlice last = null;
    while (rows.hasNext()) {
      PlannedSlice next = rows.next();
      if (last != null && next.track() != last.track()) {
        tally.add(last.label(), labeller.probabilities(slices));
        slices.clear();
      }
      last = next;
      slices.add(slice(next, slices.size()));
    }
    if (last != null) {
      tally.add(last.label(), labeller.probabilities(slices));
    }
    return tally;
  }

  /** The network sees indices alone, so the levels are not needed here. */
  private static Slice slice(PlannedSlice row, int index) {
    return new Slice(index, 0, row.bins(), row.frames(), row.indices(), 0, 0, false);
  }

  private static void save(
      ComputationGraph graph, FinishPlan plan, EvaluationTally test, Path scratch)
      throws IOException {
    BundleInfo info =
        new BundleInfo(
            plan.modelId(),
            plan.classes(),
            plan.replica().network(),
            FeatureSettings.parse(plan.featureVersion()),
            plan.replica().settings().compute().precision(),
            test.evaluation().metrics(),
            Provenance.ofTraining(
                plan.replica().settings(), plan.dataHash(), plan.tracks(), Version.text()));
    Path local = scratch.resolve("model");
    ModelBundle.save(local, info, graph);
    new Storage(plan.replica().configuration().value()).moveToStorage(local, plan.bundle());
  }
}
