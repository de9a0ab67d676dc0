package org.genrewise.jobs.serve;

import com.typesafe.config.Config;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.genrewise.jobs.cli.Console;
import org.genrewise.jobs.model.LoadedModel;
import org.genrewise.jobs.track.DecoderOptions;
import org.genrewise.json.Json;

/** A server in this process on a port of its own, and a client for it. */
final class RunningServer implements AutoCloseable {
  private static final String BOUNDARY = "a-boundary-of-the-test";

  private final HttpClient client = HttpClient.newHttpClient();
  private final ByteArrayOutputStream log;
  private final LabelServer server;

  private RunningServer(LabelServer server, ByteArrayOutputStream log) {
    this.server = server;
    this.log = log;
  }

  static RunningServer start(String model, ServeLimits limits) throws IOException {
    LoadedModel loaded = LoadedModel.load(model, new Configuration());
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    ServeSettings settings =
        new ServeSettings(
            "127.0.0.1",
            0,
            Optional.of(Origin.parse("https://music.example")),
            limits,
            new DecoderOptions(loaded.info().features().cqt().sampleRate(), 3, 60, 20, ""),
            8);
    PrintStream stream = new PrintStream(log, true, StandardCharsets.UTF_8);
    return new RunningServer(LabelServer.start(loaded, settings, Console.to(stream)), log);
  }

  int port() {
    return server.port();
  }

  String log() {
    return log.toString(StandardCharsets.UTF_8);
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri(path)).build());
  }

  HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** Sends a file as the page does. */
  HttpResponse<String> label(String query, String accept, String name, byte[] audio)
      throws IOException, InterruptedException {
    return send(
        labelRequest(query)
            .header("Accept", accept)
            .POST(HttpRequest.BodyPublishers.ofByteArray(form("file", name, audio)))
            .build());
  }

  /** A request with the right content type, and no body yet. */
  HttpRequest.Builder labelRequest(String query) {
    return HttpRequest.newBuilder(uri("/api/label" + query))
        .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY);
  }

  private URI uri(String path) {
    return URI.create(server.address()).resolve(path);
  }

  static byte[] form(String part, String name, byte[] content) throws IOException {
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    form.writeBytes(formStart(part, name).getBytes(StandardCharsets.UTF_8));
    form.writeBytes(content);
    form.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return form.toByteArray();
  }

  private static String formStart(String part, String name) {
    return "--%s\r\nContent-Disposition: form-data; name=\"%s\"%s\r\n\r\n"
        .formatted(BOUNDARY, part, name == null ? "" : "; filename=\"%s\"".formatted(name));
  }

  /** A sender that stops in the middle of its file. */
  Socket beginUpload() throws IOException {
    return beginUpload(port());
  }

  /** The same at a server of another process. */
  static Socket beginUpload(int port) throws IOException {
    Socket socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(20_000);
    OutputStream out = socket.getOutputStream();
    out.write(
        ("POST /api/label HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n"
                + "Content-Type: multipart/form-data; boundary="
                + BOUNDARY
                + "\r\n\r\n"
                + formStart("file", "half.wav"))
            .getBytes(StandardCharsets.UTF_8));
    out.write(new byte[100_000]);
    out.flush();
    return socket;
  }

  /** The status line that a request of plain text gets. */
  String rawStatus(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .findFirst()
          .orElse("");
    }
  }

  static Config json(HttpResponse<String> response) {
    return Json.parse("the answer", response.body());
  }

  /** The files that servers of a process keep at this moment. */
  static List<Path> kept(long process) throws IOException {
    List<Path> files = new ArrayList<>();
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    try (DirectoryStream<Path> folders =
        Files.newDirectoryStream(temporary, "genrewise-serve-" + process + "-*")) {
      for (Path folder : folders) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
          entries.forEach(files::add);
        }
      }
    }
    return files;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
