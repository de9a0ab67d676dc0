package org.genrewise.jobs.serve;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.genrewise.cqt.CqtSettings;
import org.genrewise.inference.TrackPrediction;
import org.genrewise.picture.Slice;
import org.genrewise.picture.TrackPng;

/** The answer to {@code POST /api/label}; docs/serve.md describes its fields. */
final class AnalysisAnswer {
  private static final int TOP = 5;

  /** Wide enough for a large screen; 200 kB at most, and mostly a quarter of that. */
  private static final int PICTURE_PIXELS = 2048;

  private final ServedModel model;

  AnalysisAnswer(ServedModel model) {
    this.model = model;
  }

  /**
   * Tells all of one track.
   *
   * @param waiting seconds until its turn came
   * @param total seconds since its request came
   * @param withPicture whether to add the constant-Q picture
   */
  Map<String, Object> of(
      Upload upload, TrackAnalysis analysis, double waiting, double total, boolean withPicture) {
    TrackPrediction prediction = analysis.prediction();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("file", Map.of("name", upload.name(), "bytes", upload.bytes()));
    answer.put("duration_seconds", analysis.features().durationSeconds());
    answer.put("label", prediction.label());
    answer.put("confidence", prediction.confidence());
    answer.put("majority_label", prediction.majorityLabel());
    answer.put("agreement", prediction.agreement());
    answer.put("top5", candidates(prediction.top(TOP)));
    answer.put("probabilities", candidates(prediction.top(prediction.classes().size())));
    answer.put("slice_seconds", model.info().features().sliceSeconds());
    answer.put("slices", slices(analysis));
    answer.put("warnings", analysis.features().warnings());
    answer.put("seconds", seconds(upload, analysis.seconds(), waiting, total));
    model.addTo(answer);
    if (withPicture) {
      answer.put("picture", picture(analysis));
    }
    return answer;
  }

  private static List<Map<String, Object>> candidates(List<TrackPrediction.Candidate> candidates) {
    return candidates.stream()
        .map(c -> Map.<String, Object>of("label", c.label(), "probability", c.probability()))
        .toList();
  }

  private List<Map<String, Object>> slices(TrackAnalysis analysis) {
    List<Map<String, Object>> slices = new ArrayList<>();
    List<TrackPrediction.Candidate> labels = analysis.sliceLabels();
    for (int i = 0; i < labels.size(); i++) {
      Slice slice = analysis.features().slices().get(i);
      slices.add(
          Map.of(
              "index", slice.index(),
              "start_seconds", slice.startSeconds(),
              "end_seconds", slice.startSeconds() + slice.frames() / framesPerSecond(),
              "label", labels.get(i).label(),
              "probability", labels.get(i).probability(),
              "padded", slice.padded()));
    }
    return slices;
  }

  private double framesPerSecond() {
    CqtSettings cqt = model.info().features().cqt();
    return (double) cqt.sampleRate() / cqt.hopLength();
  }

  private static Map<String, Object> seconds(
      Upload upload, TrackAnalysis.Seconds work, double waiting, double total) {
    Map<String, Object> seconds = new LinkedHashMap<>();
    seconds.put("upload", upload.seconds());
    seconds.put("waiting", waiting);
    seconds.put("decoding", work.decoding());
    seconds.put("transform", work.transform());
    seconds.put("picture", work.picture());
    seconds.put("network", work.network());
    seconds.put("total", total);
    return seconds;
  }

  private Map<String, Object> picture(TrackAnalysis analysis) {
    CqtSettings cqt = model.info().features().cqt();
    TrackPng png =
        TrackPng.of(
            analysis.features().slices(),
            analysis.features().durationSeconds(),
            framesPerSecond(),
            PICTURE_PIXELS);
    Map<String, Object> picture = new LinkedHashMap<>();
    picture.put("content_type", "image/png");
    picture.put("width", png.width());
    picture.put("height", cqt.bins());
    picture.put("seconds", png.seconds());
    picture.put("lowest_hz", cqt.fmin());
    picture.put("highest_hz", cqt.fmin() * Math.pow(2, (cqt.bins() - 1.0) / cqt.binsPerOctave()));
    picture.put("bins_per_octave", cqt.binsPerOctave());
    picture.put("data", Base64.getEncoder().encodeToString(png.png()));
    return picture;
  }
}
