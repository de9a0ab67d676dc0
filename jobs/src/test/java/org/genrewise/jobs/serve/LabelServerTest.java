package org.genrewise.jobs.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.genrewise.audio.DecoderSettings;
import org.genrewise.audio.StandardAudioDecoder;
import org.genrewise.extraction.FeatureExtractor;
import org.genrewise.extraction.FeatureSettings;
import org.genrewise.extraction.TrackFeatures;
import org.genrewise.inference.TrackPrediction;
import org.genrewise.jobs.model.LoadedModel;
import org.genrewise.jobs.testing.CapturedVerb;
import org.genrewise.jobs.testing.Tunes;
import org.genrewise.jobs.testing.UntrainedModel;
import org.genrewise.jobs.testing.VerbProcess;
import org.genrewise.json.Json;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelServerTest {
  private static final String JSON = "application/json";
  private static final String LINES = "application/x-ndjson";
  private static final double SECONDS = 25;

  @TempDir private static Path folder;
  private static String model;
  private static Path track;
  private static byte[] audio;

  @BeforeAll
  static void makeModelAndAudio() throws IOException {
    model = UntrainedModel.save(folder.resolve("model"), 1);
    track = Tunes.write(folder.resolve("audio"), 1, SECONDS).resolve("low/track00.wav");
    audio = Files.readAllBytes(track);
  }

  private static ServeLimits limits(long bytes, double uploadSeconds, double workSeconds) {
    return new ServeLimits(bytes, uploadSeconds, workSeconds, 1, 0);
  }

  private static void assertError(int status, String kind, HttpResponse<String> response) {
    assertEquals(status, response.statusCode(), response.body());
    assertEquals(kind, RunningServer.json(response).getString("error.kind"));
    assertFalse(RunningServer.json(response).getString("error.message").isBlank());
  }

  @Test
  void theAnswerIsWhatTheModelSaysOfTheFile() throws Exception {
    TrackFeatures features =
        new FeatureExtractor(FeatureSettings.DEFAULT)
            .extract(new StandardAudioDecoder(DecoderSettings.DEFAULT).open(track));
    TrackPrediction expected =
        LoadedModel.load(model, new Configuration()).labeller().label(features.slices());
    try (RunningServer server = RunningServer.start(model, ServeLimits.DEFAULT)) {
      HttpResponse<String> response = server.label("?picture=true", JSON, "a/b\\Tune 1.wav", audio);
      assertEquals(200, response.statusCode(), response.body());
      assertEquals("no-store", response.headers().firstValue("Cache-Control").orElseThrow());
      Config answer = RunningServer.json(response);
      assertEquals("Tune 1.wav", answer.getString("file.name"));
      assertEquals(audio.length, answer.getLong("file.bytes"));
      assertEquals(SECONDS, answer.getDouble("duration_seconds"), 1e-3);
      assertEquals(expected.label(), answer.getString("label"));
      assertEquals(expected.confidence(), answer.getDouble("confidence"), 1e-6);
      assertEquals(expected.agreement(), answer.getDouble("agreement"), 1e-9);
      assertEquals(UntrainedModel.CLASSES.size(), answer.getConfigList("top5").size());
      assertEquals("untrained", answer.getString("model.name"));
      assertEquals("cpu", answer.getString("device"));
      assertEquals("float32", answer.getString("precision"));
      for (String stage : List.of("upload", "waiting", "decoding", "transform", "network")) {
        assertTrue(answer.getDouble("seconds." + stage) >= 0, stage);
      }
      List<? extends Config> slices = answer.getConfigList("slices");
      assertEquals(features.slices().size(), slices.size());
      for (int i = 0; i < slices.size(); i++) {
        double start = features.slices().get(i).startSeconds();
        assertEquals(start, slices.get(i).getDouble("start_seconds"), 1e-9);
        assertEquals(start + 11.4, slices.get(i).getDouble("end_seconds"), 0.05);
      }
      byte[] png = Base64.getDecoder().decode(answer.getString("picture.data"));
      var picture = ImageIO.read(new ByteArrayInputStream(png));
      assertEquals(answer.getInt("picture.width"), picture.getWidth());
      assertEquals(84, picture.getHeight());
      assertTrue(server.log().contains("labelled 25.0 s of audio"), server.log());
      assertFalse(server.log().contains("Tune"), "names of what is sent are not logged");
    }
  }

  @Test
  void linesTellTheProgressAndEndWithTheResult() throws Exception {
    try (RunningServer server = RunningServer.start(model, ServeLimits.DEFAULT)) {
      HttpResponse<String> response = server.label("", LINES, "tune.wav", audio);
      assertEquals(200, response.statusCode());
      assertEquals(LINES, response.headers().firstValue("Content-Type").orElseThrow());
      List<Config> lines = response.body().lines().map(line -> Json.parse("a line", line)).toList();
      assertEquals("decoding", lines.get(0).getString("stage"));
      assertEquals(SECONDS, lines.get(0).getDouble("seconds_total"), 1e-3);
      Config last = lines.get(lines.size() - 1);
      assertEquals("result", last.getString("event"));
      assertEquals("tune.wav", last.getString("result.file.name"));
      assertFalse(last.hasPath("result.picture"), "nobody asked for it");
    }
  }

  @Test
  void whatIsNotAudioIsRefusedByItsNameAndNotByOurs() throws Exception {
    try (RunningServer server = RunningServer.start(model, ServeLimits.DEFAULT)) {
      byte[] text = "no audio at all\n".repeat(100).getBytes(StandardCharsets.UTF_8);
      HttpResponse<String> refusal = server.label("", JSON, "x.mp3", text);
      assertError(422, "not_audio", refusal);
      String message = RunningServer.json(refusal).getString("error.message");
      assertTrue(message.startsWith("x.mp3: "), message);
      assertFalse(message.contains("genrewise-serve"), message);

      Config line = Json.parse("a line", server.label("", LINES, "x.mp3", text).body());
      assertEquals("error", line.getString("event"));
      assertEquals(422, line.getInt("status"));
      assertEquals("not_audio", line.getString("error.kind"));

      assertError(422, "empty_file", server.label("", JSON, "x.mp3", new byte[0]));
      byte[] tooLong = Files.readAllBytes(longTrack());
      assertError(422, "too_long", server.label("", JSON, "long.wav", tooLong));
      assertEquals(List.of(), RunningServer.kept(ProcessHandle.current().pid()));
    }
  }

  private static Path longTrack() throws IOException {
    return Tunes.write(folder.resolve("long"), 1, 61).resolve("noise/track00.wav");
  }

  @Test
  void requestsThatAreSomethingElseAreRefused() throws Exception {
    try (RunningServer server = RunningServer.start(model, ServeLimits.DEFAULT)) {
      assertError(404, "not_found", server.get("/nothing"));
      HttpResponse<String> wrongMethod = server.get("/api/label");
      assertError(405, "method_not_allowed", wrongMethod);
      assertEquals("POST", wrongMethod.headers().firstValue("Allow").orElseThrow());
      assertError(
          415,
          "unsupported_media_type",
          server.send(
              HttpRequest.newBuilder(server.labelRequest("").build().uri())
                  .header("Content-Type", "audio/wav")
                  .POST(HttpRequest.BodyPublishers.ofByteArray(audio))
                  .build()));
      for (byte[] form :
          List.of(
              RunningServer.form("song", "tune.wav", audio),
              RunningServer.form("file", null, audio),
              "no form".getBytes(StandardCharsets.UTF_8))) {
        assertError(
            400,
            "bad_form",
            server.send(
                server
                    .labelRequest("")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(form))
                    .build()));
      }
      assertEquals(List.of(), RunningServer.kept(ProcessHandle.current().pid()));
    }
  }

  @Test
  void largerFilesAreRefusedWhetherTheirSizeIsToldOrNot() throws Exception {
    byte[] large = new byte[3_000_000];
    try (RunningServer server = RunningServer.start(model, limits(1_000_000, 60, 60))) {
      assertError(413, "too_large", server.label("", JSON, "large.wav", large));
      byte[] byLittle = new byte[1_000_001];
      assertError(413, "too_large", server.label("", JSON, "large.wav", byLittle));
      byte[] form = RunningServer.form("file", "large.wav", large);
      assertError(
          413,
          "too_large",
          server.send(
              server
                  .labelRequest("")
                  .POST(
                      HttpRequest.BodyPublishers.ofInputStream(
                          () -> new ByteArrayInputStream(form)))
                  .build()));
      assertEquals(List.of(), RunningServer.kept(ProcessHandle.current().pid()));
    }
  }

  @Test
  void noMoreIsTakenThanThereIsRoomForUntilThereIsRoomAgain() throws Exception {
    try (RunningServer server = RunningServer.start(model, limits(10_000_000, 60, 60))) {
      Socket first = server.beginUpload();
      while (RunningServer.kept(ProcessHandle.current().pid()).isEmpty()) {
        Thread.sleep(10);
      }
      HttpResponse<String> refusal = server.label("", JSON, "tune.wav", audio);
      assertError(429, "busy", refusal);
      assertTrue(refusal.headers().firstValueAsLong("Retry-After").orElseThrow() > 0);
      assertEquals(200, server.get("/healthz").statusCode());

      first.close();
      while (!RunningServer.kept(ProcessHandle.current().pid()).isEmpty()) {
        Thread.sleep(10);
      }
      HttpResponse<String> second = server.label("", JSON, "tune.wav", audio);
      while (second.statusCode() == 429) {
        second = server.label("", JSON, "tune.wav", audio);
      }
      assertEquals(200, second.statusCode(), second.body());
    }
  }

  @Test
  void uploadsThatDripAreEnded() throws Exception {
    try (RunningServer server = RunningServer.start(model, limits(10_000_000, 0.5, 60));
        Socket drip = server.beginUpload()) {
      Thread dripping =
          new Thread(
              () -> {
                try {
                  while (true) {
                    Thread.sleep(50);
                    drip.getOutputStream().write(1);
                  }
                } catch (IOException | InterruptedException e) {
                  // the server has had enough
                }
              });
      dripping.start();
      byte[] start = drip.getInputStream().readNBytes(12);
      assertEquals("HTTP/1.1 408", new String(start, StandardCharsets.US_ASCII));
      dripping.interrupt();
      dripping.join();
      assertEquals(List.of(), RunningServer.kept(ProcessHandle.current().pid()));
    }
  }

  @Test
  void workThatTakesTooLongIsGivenUp() throws Exception {
    try (RunningServer server = RunningServer.start(model, limits(10_000_000, 60, 1e-6))) {
      assertError(504, "timeout", server.label("", JSON, "tune.wav", audio));
      assertEquals(List.of(), RunningServer.kept(ProcessHandle.current().pid()));
    }
  }

  @Test
  void pagesOfOtherSitesAreNotAnswered() throws Exception {
    try (RunningServer server = RunningServer.start(model, ServeLimits.DEFAULT)) {
      String rest = "Connection: close\r\n\r\n";
      String port = ":" + server.port();
      assertEquals(
          "HTTP/1.1 403 Forbidden",
          server.rawStatus("GET /api/model HTTP/1.1\r\nHost: evil.example\r\n" + rest));
      assertEquals(
          "HTTP/1.1 403 Forbidden",
          server.rawStatus(
              "GET /api/model HTTP/1.1\r\nHost: localhost%s\r\nOrigin: http://evil.example\r\n%s"
                  .formatted(port, rest)));
      assertEquals(
          "HTTP/1.1 200 OK",
          server.rawStatus(
              "GET /api/model HTTP/1.1\r\nHost: localhost%s\r\nOrigin: http://localhost%s\r\n%s"
                  .formatted(port, port, rest)));
    }
  }

  @Test
  void thePageOfAProxyIsAnsweredByWhateverNameItGives() throws Exception {
    try (RunningServer server = RunningServer.start(model, ServeLimits.DEFAULT)) {
      String origin = "Origin: https://music.example\r\nConnection: close\r\n\r\n";
      for (String host : List.of("music.example", "localhost:" + server.port())) {
        assertEquals(
            "HTTP/1.1 200 OK",
            server.rawStatus("GET /api/model HTTP/1.1\r\nHost: %s\r\n%s".formatted(host, origin)));
      }
      assertEquals(
          "HTTP/1.1 403 Forbidden",
          server.rawStatus(
              "GET /api/model HTTP/1.1\r\nHost: music.example\r\n"
                  + origin.replace("music", "evil")));
    }
    CapturedVerb.run(2, "serve", "--model", model, "--origin", "https://music.example/page");
  }

  @Test
  void thePageLoadsNothingFromElsewhere() throws Exception {
    try (RunningServer server = RunningServer.start(model, ServeLimits.DEFAULT)) {
      for (String path : List.of("/", "/page.css", "/page.js", "/icon.svg")) {
        HttpResponse<String> file = server.get(path);
        assertEquals(200, file.statusCode(), path);
        String policy = file.headers().firstValue("Content-Security-Policy").orElseThrow();
        assertTrue(policy.startsWith("default-src 'none'"), policy);
        assertEquals("nosniff", file.headers().firstValue("X-Content-Type-Options").orElseThrow());
      }
      HttpResponse<String> head =
          server.send(
              HttpRequest.newBuilder(server.labelRequest("").build().uri().resolve("/"))
                  .method("HEAD", HttpRequest.BodyPublishers.noBody())
                  .build());
      assertEquals(200, head.statusCode());
      assertEquals("", head.body());
    }
  }

  @Test
  void whatAKilledServerLeftIsRemovedByTheNext() throws Exception {
    Path log = folder.resolve("serve.log");
    List<String> arguments = List.of("serve", "--model", model, "--port", "0");
    long process;
    try (VerbProcess killed = VerbProcess.start(log, List.of(), arguments)) {
      while (!killed.text().contains("listening on ")) {
        assertTrue(killed.isAlive(), killed.text());
        Thread.sleep(50);
      }
      process = killed.pid();
      String address = killed.text().replaceAll("(?s).*listening on http://127.0.0.1:", "");
      int port = Integer.parseInt(address.replaceAll("(?s)/.*", ""));
      try (Socket sender = RunningServer.beginUpload(port)) {
        while (RunningServer.kept(process).isEmpty()) {
          Thread.sleep(10);
        }
        killed.kill();
      }
    }
    assertFalse(RunningServer.kept(process).isEmpty());
    RunningServer.start(model, ServeLimits.DEFAULT).close();
    assertEquals(List.of(), RunningServer.kept(process));
  }

  @Test
  void aPortThatIsTakenIsTheUsersFault() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      String port = Integer.toString(taken.getLocalPort());
      String said = CapturedVerb.run(2, "serve", "--model", model, "--port", port);
      assertTrue(said.contains("cannot listen on port " + port), said);
      assertTrue(said.contains("--port chooses another"), said);
    }
    CapturedVerb.run(2, "serve", "--model", model, "--port", "70000");
    CapturedVerb.run(2, "serve", "--model", model, "--host", "no.such.host.invalid");
    CapturedVerb.run(2, "serve", "--model", model, "--set", "max-megabytes=0");
  }
}
