package org.genrewise.extraction;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.genrewise.audio.AudioDecoder;
import org.genrewise.audio.DecoderSettings;
import org.genrewise.audio.StandardAudioDecoder;
import org.genrewise.picture.Slice;

/**
 * Times tracks whole and in excerpts, and compares their slices. Arguments: slices a track, and
 * files.
 */
final class ExcerptBenchmark {
  private static final int RUNS = 7;

  private ExcerptBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    AudioDecoder decoder = new StandardAudioDecoder(DecoderSettings.DEFAULT);
    FeatureExtractor extractor = new FeatureExtractor(FeatureSettings.DEFAULT);
    System.out.println(decoder.description());
    int most = Integer.parseInt(arguments[0]);
    for (int i = 1; i < arguments.length; i++) {
      Path file = Path.of(arguments[i]);
      List<TrackFeatures> whole = new ArrayList<>();
      List<TrackFeatures> excerpts = new ArrayList<>();
      for (int run = 0; run < RUNS; run++) {
        whole.add(extractor.extract(decoder.pieces(file), FeatureExtractor.ALL_SLICES));
        excerpts.add(extractor.extract(decoder.pieces(file), most));
      }
      print(file, "whole", median(whole));
      print(file, most + " slices", median(excerpts));
      compare(whole.get(0), excerpts.get(0));
    }
  }

  private static TrackFeatures median(List<TrackFeatures> runs) {
    runs.sort(Comparator.comparingDouble(t -> t.decodeSeconds() + t.transformSeconds()));
    return runs.get(RUNS / 2);
  }

  private static void print(Path file, String name, TrackFeatures track) {
    System.out.printf(
        "%-16s %-9s decode %.3f s  transform %.3f s  %.3f s long, %s%n",
        file.getFileName(),
        name,
        track.decodeSeconds(),
        track.transformSeconds(),
        track.durationSeconds(),
        track.warnings());
  }

  private static void compare(TrackFeatures whole, TrackFeatures excerpts) {
    for (Slice slice : excerpts.slices()) {
      Slice same = whole.slices().get(slice.index());
      if (slice.frames() != same.frames()) {
        System.out.printf(
            "  slice %d: %d and %d frames%n", slice.index(), same.frames(), slice.frames());
        continue;
      }
      long sum = 0;
      int furthest = 0;
      int far = 0;
      for (int i = 0; i < slice.indices().length; i++) {
        int off = Math.abs((slice.indices()[i] & 0xff) - (same.indices()[i] & 0xff));
        sum += off;
        furthest = Math.max(furthest, off);
        far += off > 2 ? 1 : 0;
      }
      System.out.printf(
          "  slice %d: start %+.3f s, dB %+.3f %+.3f, mean %.4f, most %d, %.4f %% over 2%n",
          slice.index(),
          slice.startSeconds() - same.startSeconds(),
          slice.dbMin() - same.dbMin(),
          slice.dbMax() - same.dbMax(),
          (double) sum / slice.indices().length,
          furthest,
          100.0 * far / slice.indices().length);
    }
  }
}
