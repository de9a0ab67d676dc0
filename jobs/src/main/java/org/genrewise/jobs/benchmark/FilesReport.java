package org.genrewise.jobs.benchmark;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.genrewise.check.RecordMap;
import org.genrewise.network.Precision;
import org.genrewise.training.Split;

/**
 * All that a benchmark of files has found so far.
 *
 * @param started when it began
 * @param request what it was asked
 * @param found how many files there are
 * @param machine as its stage tells it
 * @param files that are measured
 * @param leftOut reasons for stages that are not run, by name
 * @param stages those that have ended
 */
record FilesReport(
    Instant started,
    FilesRequest request,
    int found,
    Map<String, Object> machine,
    PreparedFiles files,
    Map<String, String> leftOut,
    List<StageResult> stages) {
  private static final int FORMAT = 1;

  FilesReport {
    stages = List.copyOf(stages);
  }

  FilesReport with(StageResult stage) {
    return new FilesReport(
        started,
        request,
        found,
        machine,
        files,
        leftOut,
        Stream.concat(stages.stream(), Stream.of(stage)).toList());
  }

  /** Stages of a name that ended well. */
  List<StageResult> ok(String stage) {
    return stages.stream().filter(s -> s.stage().equals(stage) && s.isOk()).toList();
  }

  List<StageResult> failed() {
    return stages.stream().filter(stage -> !stage.isOk()).toList();
  }

  Map<String, Object> asMap() {
    FilesSettings settings = request.settings();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("format", FORMAT);
    map.put("started", started.toString());
    map.put("machine", machine);
    map.put("settings", request.values());
    map.put("epoch_training", settings.epoch(Precision.FLOAT32).asMap());
    map.put("accuracy_training", settings.accuracy().training(Precision.FLOAT32, 0).asMap());
    map.put("folder", request.folder().toAbsolutePath().normalize().toString());
    map.put("files_found", found);
    map.put("files", RecordMap.of(files));
    map.put("splits", leftOut.containsKey(Stages.ACCURACY) ? List.of() : splits());
    map.put("left_out", leftOut);
    map.put("stages", stages.stream().map(StageResult::asMap).toList());
    return map;
  }

  /** Numbers of tracks, from 0, of each training's parts. */
  private List<Map<String, Object>> splits() {
    List<Map<String, Object>> splits = new ArrayList<>();
    AccuracySettings accuracy = request.settings().accuracy();
    for (int run : IntStream.range(0, accuracy.runs()).toArray()) {
      Split split = files.split(accuracy.split(run));
      Map<String, Object> parts = new LinkedHashMap<>();
      parts.put("seed", accuracy.split(run).seed());
      parts.put("train", files.numbers(split, Split.Part.TRAIN));
      parts.put("validation", files.numbers(split, Split.Part.VALIDATION));
      parts.put("test", files.numbers(split, Split.Part.TEST));
      splits.add(parts);
    }
    return splits;
  }
}
