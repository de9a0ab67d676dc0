package org.genrewise.jobs.train;

import java.io.IOException;
import java.io.Serializable;
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
import org.genrewise.device.Device;
import org.genrewise.evaluation.EvaluationTally;
import org.genrewise.evaluation.WorstMistakes;
import org.genrewise.extraction.FeatureSettings;
import org.genrewise.inference.CompiledNetwork;
import org.genrewise.inference.Labeller;
import org.genrewise.jobs.cli.Version;
import org.genrewise.jobs.spark.NetworkDevice;
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
final class FinishTask implements FlatMapFunction<Iterator<PlannedSlice>, FinishTask.Tested> {

  /**
   * What the model says of the test part.
   *
   * @param tally of all its slices and tracks
   * @param mistakes that it was most sure of
   */
  record Tested(EvaluationTally tally, WorstMistakes mistakes) implements Serializable {

    private void add(Labeller labeller, List<PlannedSlice> track) {
      List<Slice> slices = new ArrayList<>();
      for (PlannedSlice row : track) {
        // the network sees indices alone, so the levels are not needed here
        slices.add(
            new Slice(slices.size(), 0, row.bins(), row.frames(), row.indices(), 0, 0, false));
      }
      float[] probabilities = labeller.probabilities(slices);
      PlannedSlice any = track.get(0);
      tally.add(any.label(), probabilities);
      mistakes.add(any.id(), any.label(), probabilities, slices::get);
    }
  }

  private final Broadcast<FinishPlan> broadcast;

  FinishTask(Broadcast<FinishPlan> plan) {
    this.broadcast = plan;
  }

  @Override
  public Iterator<Tested> call(Iterator<PlannedSlice> rows) throws IOException {
    FinishPlan plan = broadcast.value();
    Device here = NetworkDevice.here().device();
    NetworkSettings network = plan.replica().network();
    ComputationGraph graph = Vgg19Bn.create(network, GraphOptions.DEFAULT, new NoOp(), 0);
    try (TemporaryFolder scratch = TemporaryFolder.create("genrewise-train")) {
      Vectors.readParameters(graph.params(), plan.replica().storage(), plan.checkpoint());
      Tested tested =
          test(rows, plan, new Labeller(CompiledNetwork.of(graph, network), plan.classes()));
      save(graph, plan, here, tested.tally(), scratch.path());
      return List.of(tested).iterator();
    } finally {
      graph.close();
    }
  }

  private static Tested test(Iterator<PlannedSlice> rows, FinishPlan plan, Labeller labeller) {
    Tested tested =
        new Tested(new EvaluationTally(plan.classes()), new WorstMistakes(plan.classes()));
    List<PlannedSlice> track = new ArrayList<>();
    while (rows.hasNext()) {
      PlannedSlice next = rows.next();
      if (!track.isEmpty() && track.get(0).track() != next.track()) {
        tested.add(labeller, track);
        track.clear();
      }
      track.add(next);
    }
    if (!track.isEmpty()) {
      tested.add(labeller, track);
    }
    return tested;
  }

  private static void save(
      ComputationGraph graph, FinishPlan plan, Device here, EvaluationTally test, Path scratch)
      throws IOException {
    // Where a finished training is only tested again, nothing else is known.
    String devices = plan.devices().isEmpty() ? here.text() : String.join(", ", plan.devices());
    BundleInfo info =
        new BundleInfo(
            plan.modelId(),
            plan.classes(),
            plan.replica().network(),
            FeatureSettings.parse(plan.featureVersion()),
            plan.replica().settings().compute().precision(),
            test.evaluation().metrics(),
            Provenance.ofTraining(
                plan.replica().settings(),
                plan.replica().origin(),
                plan.dataHash(),
                plan.tracks(),
                Version.text(),
                devices));
    Path local = scratch.resolve("model");
    ModelBundle.save(local, info, graph);
    new Storage(plan.replica().configuration().value()).moveToStorage(local, plan.bundle());
  }
}
