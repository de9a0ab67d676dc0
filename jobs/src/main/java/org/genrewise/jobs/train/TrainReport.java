package org.genrewise.jobs.train;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.genrewise.device.GpuUse;
import org.genrewise.evaluation.Mistake;
import org.genrewise.evaluation.WorstMistakes;
import org.genrewise.jobs.cli.Console;
import org.genrewise.jobs.evaluate.EvaluationBlocks;
import org.genrewise.report.Block;
import org.genrewise.report.Paragraph;
import org.genrewise.report.Report;

/** What a training leaves to read: metrics and a page. */
final class TrainReport {
  private TrainReport() {}

  static Map<String, Object> metrics(TrainJobSettings settings, TrainResult result, String engine) {
    Map<String, Object> metrics = new TreeMap<>(result.test().metrics());
    metrics.put("top5", result.test().tracks().topFiveAccuracy());
    metrics.put("macro_f1", result.test().tracks().macroF1());
    metrics.put("kept_epoch", result.training().keptEpoch());
    metrics.put("epochs", result.training().history().size());
    metrics.put("seconds", result.seconds());
    metrics.put("engine", engine);
    metrics.put("split", settings.splitBy().name().toLowerCase(Locale.ROOT));
    metrics.put("settings", settings.training().asMap());
    GpuUse gpu = result.gpu();
    if (gpu.isKnown()) {
      metrics.put("gpu_utilisation", gpu.utilisation());
      metrics.put("gpu_memory_peak_bytes", gpu.peakBytes());
      metrics.put("gpu_memory_bytes", gpu.totalBytes());
    }
    return metrics;
  }

  static Report report(
      TrainJobSettings settings,
      TrainResult result,
      String engine,
      WorstMistakes mistakes,
      Dataset<Row> features) {
    return Report.titled(
            "Training of " + settings.modelId(),
            "%s; %s".formatted(engine, Console.duration(result.seconds())))
        .section("The test part", EvaluationBlocks.of(result.test()))
        .section("Worst mistakes", EvaluationBlocks.mistakes(mistakes, paths(features, mistakes)))
        .section("Training", training(result));
  }

  static List<Block> training(TrainResult result) {
    List<Block> blocks = new ArrayList<>(TrainingBlocks.of(result.training()));
    GpuUse gpu = result.gpu();
    if (gpu.isKnown()) {
      blocks.add(
          new Paragraph(
              String.format(
                  Locale.ROOT,
                  "While it learnt, the GPU computed %.0f %% of the time, and at most %.1f of its"
                      + " %.1f GB were in use (%,d looks).",
                  100 * gpu.utilisation(),
                  gpu.peakBytes() / 1e9,
                  gpu.totalBytes() / 1e9,
                  gpu.looks())));
    }
    return blocks;
  }

  private static Map<String, String> paths(Dataset<Row> features, WorstMistakes mistakes) {
    Object[] ids = mistakes.mistakes().stream().map(Mistake::track).toArray();
    Map<String, String> paths = new HashMap<>();
    for (Row row :
        features
            .filter(col("track_id").isin(ids))
            .select("track_id", "path")
            .distinct()
            .collectAsList()) {
      paths.put(row.getString(0), row.getString(1));
    }
    return paths;
  }
}
