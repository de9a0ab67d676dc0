package org.genrewise.evaluation;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How well a model does on slices and on whole tracks. Made by {@link EvaluationTally}.
 *
 * @param slices each slice on its own
 * @param tracks each track by the mean probability of its slices
 * @param majorityAccuracy share of tracks that the majority of their slices recognises
 */
public record Evaluation(
    ClassificationReport slices, ClassificationReport tracks, double majorityAccuracy) {

  /**
   * The main figures by name, for metrics.json and bundles: {@code slice_} and {@code track_} with
   * {@code samples}, {@code accuracy}, {@code top5}, {@code macro_f1}, {@code loss} (nats), {@code
   * ece} and {@code mce} (expected and maximum calibration error, 0 to 1), and {@code
   * track_majority_accuracy}.
   */
  public Map<String, Double> metrics() {
    Map<String, Double> metrics = new TreeMap<>();
    put(metrics, "slice_", slices);
    put(metrics, "track_", tracks);
    metrics.put("track_majority_accuracy", majorityAccuracy);
    return Collections.unmodifiableMap(metrics);
  }

  private static void put(Map<String, Double> metrics, String prefix, ClassificationReport report) {
    metrics.put(prefix + "samples", (double) report.samples());
    metrics.put(prefix + "accuracy", report.accuracy());
    metrics.put(prefix + "top5", report.topFiveAccuracy());
    metrics.put(prefix + "macro_f1", report.macroF1());
    metrics.put(prefix + "loss", report.loss());
    metrics.put(prefix + "ece", report.calibration().expectedError());
    metrics.put(prefix + "mce", report.calibration().maximumError());
  }
}
