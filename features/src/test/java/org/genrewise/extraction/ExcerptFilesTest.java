package org.genrewise.extraction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.genrewise.audio.AudioDecoder;
import org.genrewise.audio.AudioException;
import org.genrewise.audio.AudioPieces;
import org.genrewise.audio.DecoderSettings;
import org.genrewise.audio.StandardAudioDecoder;
import org.genrewise.cqt.CqtSettings;
import org.genrewise.cqt.Decibels;
import org.genrewise.picture.Slice;
import org.genrewise.testing.Csv;
import org.genrewise.testing.SharedData;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Excerpts of real music in six formats, and of hostile files. */
class ExcerptFilesTest {
  private static final AudioDecoder DECODER = new StandardAudioDecoder(DecoderSettings.DEFAULT);

  /** So that three slices are little of a clip of 30 seconds. */
  private static final FeatureExtractor SHORT_SLICES =
      new FeatureExtractor(new FeatureSettings(CqtSettings.DEFAULT, 2));

  @TestFactory
  Stream<DynamicTest> soundLikeTheWhole() throws IOException {
    Path folder = SharedData.path("audio/library/manifest.csv").getParent();
    return Csv.rows(folder.resolve("manifest.csv")).stream()
        .map(row -> row.get(0))
        .map(path -> DynamicTest.dynamicTest(path, () -> compare(folder.resolve(path))));
  }

  private static void compare(Path file) throws AudioException {
    TrackFeatures whole = SHORT_SLICES.extract(DECODER.pieces(file), FeatureExtractor.ALL_SLICES);
    TrackFeatures excerpts = SHORT_SLICES.extract(DECODER.pieces(file), 3);

    assertEquals(whole.warnings(), excerpts.warnings());
    assertEquals(3, excerpts.slices().size());
    for (Slice slice : excerpts.slices()) {
      Slice same = whole.slices().get(slice.index());
      assertEquals(same.startSeconds(), slice.startSeconds(), 0.1);
      assertEquals(0, difference(same, slice), limit(file));
    }
  }

  /**
   * In dB; a level's index alone tells it to 0.16, which makes 0.1 of difference. Where Vorbis
   * changes its block size, ffmpeg may cut up to 10 ms beside the place that was wanted (one piece
   * of ten), less than half a frame; of 3.8 then, where the music is drums.
   */
  private static double limit(Path file) {
    return file.toString().endsWith(".ogg") ? 6 : 0.25;
  }

  /**
   * Mean difference of what is loud enough in both, by how much the levels as a whole differ taken
   * off, in dB.
   */
  private static double difference(Slice whole, Slice excerpt) {
    int shift = (int) Math.round((excerpt.startSeconds() - whole.startSeconds()) * 22_050 / 512);
    List<Double> differences = new ArrayList<>();
    for (int bin = 0; bin < whole.bins(); bin++) {
      for (int frame = Math.max(0, -shift); frame + Math.max(0, shift) < whole.frames(); frame++) {
        double expected = level(whole, bin, frame + shift);
        if (expected > 2 - Decibels.RANGE) {
          differences.add(level(excerpt, bin, frame) - expected);
        }
      }
    }
    Collections.sort(differences);
    double median = differences.get(differences.size() / 2);
    return differences.stream().mapToDouble(d -> Math.abs(d - median)).average().orElseThrow();
  }

  private static double level(Slice slice, int bin, int frame) {
    int index = slice.indices()[bin * slice.frames() + frame] & 0xff;
    return slice.dbMin() + (index + 0.5) * (slice.dbMax() - slice.dbMin()) / 256;
  }

  @TestFactory
  Stream<DynamicTest> ofHostileFilesEndAsTheirManifestSays() throws IOException {
    Path folder = SharedData.path("audio/hostile/manifest.csv").getParent();
    return Csv.rows(folder.resolve("manifest.csv")).stream()
        .filter(row -> Files.exists(folder.resolve(row.get(0))))
        .map(row -> DynamicTest.dynamicTest(row.get(0), () -> verify(folder, row)));
  }

  private static void verify(Path folder, List<String> row) {
    Path file = folder.resolve(row.get(0));
    String expected = row.get(2).equals("error") ? row.get(3) : row.get(2);
    Set<String> accepted = Set.of((expected + ";" + row.get(4).replace("error:", "")).split(";"));
    for (double sliceSeconds : new double[] {11.4, 0.5}) {
      FeatureExtractor extractor =
          new FeatureExtractor(new FeatureSettings(CqtSettings.DEFAULT, sliceSeconds));
      String outcome = outcome(extractor, DECODER.pieces(file));
      assertTrue(accepted.contains(outcome), () -> outcome + " is not in " + accepted);
      if (Files.isRegularFile(file)) {
        String streamed =
            outcome(extractor, DECODER.pieces(row.get(0), () -> Files.newInputStream(file)));
        assertEquals(outcome, streamed);
      }
    }
  }

  private static String outcome(FeatureExtractor extractor, AudioPieces audio) {
    try {
      List<Slice> slices = extractor.extract(audio, 2).slices();
      return slices.isEmpty() || slices.size() > 2 ? slices.size() + " slices" : "labelled";
    } catch (AudioException e) {
      return e.kind().id();
    }
  }
}
