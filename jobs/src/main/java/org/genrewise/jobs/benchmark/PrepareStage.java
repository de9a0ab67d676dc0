package org.genrewise.jobs.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.genrewise.audio.AudioException;
import org.genrewise.audio.DecoderSettings;
import org.genrewise.audio.StandardAudioDecoder;
import org.genrewise.extraction.FeatureExtractor;
import org.genrewise.extraction.TrackFeatures;
import org.genrewise.jobs.cli.Eta;
import org.genrewise.picture.Slice;

/**
 * Decodes and transforms all files once, on all cores, and keeps their slices on disk. What cannot
 * be read is found here, and is left out of what is measured.
 */
final class PrepareStage implements Stage {

  @Override
  public Record run(StageContext context) throws Exception {
    List<Map<String, Object>> tracks = context.tracks();
    List<PreparedTrack> prepared = new ArrayList<>();
    List<PreparedFiles.Failure> failures = new ArrayList<>();
    ExecutorService readers =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    Eta eta = new Eta("files", tracks.size());
    try (PreparedSlices.Writer writer =
        new PreparedSlices.Writer(StageFiles.slices(context.folder()))) {
      List<Future<TrackFeatures>> features = submit(readers, context, tracks);
      for (int i = 0; i < tracks.size(); i++) {
        Map<String, Object> track = tracks.get(i);
        try {
          prepared.add(write(writer, track, features.get(i).get()));
        } catch (ExecutionException e) {
          failures.add(failure(Values.text(track, "path"), e));
        }
        context.progress(eta.line("slices", i + 1));
      }
    } finally {
      readers.shutdownNow();
    }
    return new PreparedFiles(eta.seconds(), prepared, failures);
  }

  private static List<Future<TrackFeatures>> submit(
      ExecutorService readers, StageContext context, List<Map<String, Object>> tracks) {
    StandardAudioDecoder decoder = new StandardAudioDecoder(DecoderSettings.DEFAULT);
    FeatureExtractor extractor = new FeatureExtractor(context.settings().features());
    List<Future<TrackFeatures>> features = new ArrayList<>();
    for (Map<String, Object> track : tracks) {
      Path file = Path.of(Values.text(track, "path"));
      features.add(readers.submit(() -> extractor.extract(decoder.open(file))));
    }
    return features;
  }

  private static PreparedTrack write(
      PreparedSlices.Writer writer, Map<String, Object> track, TrackFeatures features)
      throws IOException {
    for (Slice slice : features.slices()) {
      writer.append(slice);
    }
    return new PreparedTrack(
        Values.text(track, "path"),
        Values.optionalText(track, "label"),
        Values.optionalText(track, "group"),
        features.durationSeconds(),
        features.slices().size());
  }

  private static PreparedFiles.Failure failure(String path, ExecutionException e)
      throws ExecutionException {
    if (e.getCause() instanceof AudioException fault) {
      return new PreparedFiles.Failure(path, fault.kind().id(), fault.getMessage());
    }
    throw e;
  }
}
