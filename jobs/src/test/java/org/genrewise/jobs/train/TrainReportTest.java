package org.genrewise.jobs.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.genrewise.device.Device;
import org.genrewise.device.GpuUse;
import org.genrewise.evaluation.EvaluationTally;
import org.genrewise.jobs.cli.Console;
import org.genrewise.jobs.settings.Settings;
import org.genrewise.report.Report;
import org.genrewise.training.EpochResult;
import org.genrewise.training.Round;
import org.genrewise.training.RoundResult;
import org.genrewise.training.Totals;
import org.genrewise.training.TrainingResult;
import org.genrewise.training.optimiser.LearningRate;
import org.genrewise.training.optimiser.LossScaler;
import org.junit.jupiter.api.Test;

/** What a run tells of the GPUs that it used. */
class TrainReportTest {
  private static final GpuUse BUSY = GpuUse.of(0.87, 12_300_000_000L, 40_000_000_000L);

  @Test
  void metricsAndThePageTellHowBusyTheGpuWas() {
    Map<String, Object> metrics = TrainReport.metrics(settings(), result(BUSY), "cuda");
    assertEquals(0.87, metrics.get("gpu_utilisation"));
    assertEquals(12_300_000_000L, metrics.get("gpu_memory_peak_bytes"));
    assertEquals(40_000_000_000L, metrics.get("gpu_memory_bytes"));
    assertTrue(
        page(result(BUSY))
            .contains("the GPU computed 87 % of the time, and at most 12.3 of its 40.0 GB"),
        page(result(BUSY)));
  }

  @Test
  void withoutAGpuNothingIsSaid() {
    Map<String, Object> metrics = TrainReport.metrics(settings(), result(GpuUse.NONE), "cpu");
    assertTrue(metrics.keySet().stream().noneMatch(name -> name.startsWith("gpu")));
    assertFalse(page(result(GpuUse.NONE)).contains("GPU"));
  }

  @Test
  void theGpusOfAllRoundsAreAddedUp() {
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    RunListener listener =
        new RunListener(
            Console.to(new PrintStream(told, true, StandardCharsets.UTF_8)), settings().training());
    assertEquals(GpuUse.NONE, listener.gpu());
    listener.roundEnded(round(), roundResult(GpuUse.of(0.5, 10, 40), "cuda (A, 8.0)"), 1);
    listener.roundEnded(round(), roundResult(GpuUse.of(0.9, 30, 40), "cuda (A, 8.0)"), 1);
    assertEquals(2, listener.gpu().looks());
    assertEquals(0.7, listener.gpu().utilisation(), 1e-9);
    assertEquals(30, listener.gpu().peakBytes());
    assertEquals(List.of("cuda (A, 8.0)"), listener.devices());
    assertFalse(told.toString(StandardCharsets.UTF_8).contains("warning"));

    listener.roundEnded(round(), roundResult(GpuUse.NONE, "cpu"), 1);
    listener.roundEnded(round(), roundResult(GpuUse.NONE, "cpu"), 1);
    assertEquals(List.of("cpu", "cuda (A, 8.0)"), listener.devices());
    assertEquals(
        1,
        told.toString(StandardCharsets.UTF_8)
            .lines()
            .filter(line -> line.contains("different devices: cpu, cuda (A, 8.0)"))
            .count());
  }

  private static Round round() {
    return new Round(1, 0, 1, "", "", 0, 1, new LossScaler.State(1, 0, 0), LearningRate.start());
  }

  private static RoundResult roundResult(GpuUse gpu, String device) {
    return new RoundResult(
        Totals.NONE, 1, 1, new LossScaler.State(1, 0, 0), 0.1, 1, gpu, List.of(device));
  }

  private static String page(TrainResult result) {
    return Report.titled("Training", "").section("Training", TrainReport.training(result)).html();
  }

  private static TrainResult result(GpuUse gpu) {
    EvaluationTally tally = new EvaluationTally(List.of("low", "high"));
    tally.add(0, new float[] {0.75f, 0.25f});
    tally.add(1, new float[] {0.25f, 0.75f});
    EpochResult epoch = new EpochResult(1, 0.1, 0.5, 0.9, 0.6, 0.8, 1, 0, 10, 5);
    return new TrainResult(
        "model",
        new TrainingResult(List.of(epoch), 1, "folder"),
        tally.evaluation(),
        List.of(),
        gpu,
        5);
  }

  private static TrainJobSettings settings() {
    Settings settings = TrainOptions.SCHEMA.resolve(Optional.empty(), List.of());
    return TrainOptions.job(
        settings, "features", "output", TrainJobSettings.Start.REFUSE_EXISTING, Device.Kind.CUDA);
  }
}
