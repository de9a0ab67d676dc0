package org.genrewise.jobs.label;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.genrewise.jobs.testing.LocalSpark;
import org.genrewise.jobs.testing.Moments;
import org.genrewise.jobs.testing.S3Server;
import org.genrewise.jobs.testing.Tunes;
import org.genrewise.jobs.testing.UntrainedModel;
import org.genrewise.jobs.testing.VerbProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Label runs from s3a:// to s3a://, killed at several moments. */
class LabelOnS3IT {
  private static final String BUCKET = "s3a://nightly";
  private static final int TRACKS_PER_CLASS = 8;

  @TempDir private Path folder;

  @Test
  void whateverIsKilledEveryTrackHasOneRowInTheEnd() throws Exception {
    try (S3Server server = S3Server.start(folder)) {
      server.bucket("nightly");
      server.upload(Tunes.write(folder.resolve("music"), TRACKS_PER_CLASS, 12), BUCKET + "/music");
      String model = UntrainedModel.save(folder.resolve("model"), 1);
      Path files = server.files("nightly").resolve("labels");
      List<String> hit = new ArrayList<>();
      for (String moment : List.of("_lock", "wave-00000", "wave-00001/_SUCCESS", "labelled_on=")) {
        try (VerbProcess run = start(server, model)) {
          Moments.await(() -> Moments.exists(files, moment) || !run.isAlive());
          if (run.isAlive()) {
            hit.add(moment);
          }
          run.kill();
        }
      }
      assertTrue(hit.size() >= 2, hit.toString());
      try (VerbProcess last = start(server, model)) {
        assertEquals(0, last.await(), last.text());
        assertFalse(last.text().contains(S3Server.SECRET_KEY));
      }
      requireOneRowATrack(server);
    }
  }

  private VerbProcess start(S3Server server, String model) throws IOException {
    List<String> options =
        server.sparkSettings().entrySet().stream()
            .map(setting -> "-D%s=%s".formatted(setting.getKey(), setting.getValue()))
            .collect(Collectors.toList());
    return VerbProcess.start(
        folder.resolve("log.txt"),
        options,
        List.of(
            "label",
            "--input",
            BUCKET + "/music",
            "--model",
            model,
            "--output",
            BUCKET + "/labels",
            "--set",
            "commit-seconds=1"));
  }

  private static void requireOneRowATrack(S3Server server) {
    var spark = LocalSpark.session();
    server
        .hadoopSettings()
        .forEach((key, value) -> spark.sparkContext().hadoopConfiguration().set(key, value));
    var labels = spark.read().parquet(BUCKET + "/labels/labels");
    assertEquals(3 * TRACKS_PER_CLASS, labels.count());
    assertEquals(3 * TRACKS_PER_CLASS, labels.select("track_id").distinct().count());
  }
}
