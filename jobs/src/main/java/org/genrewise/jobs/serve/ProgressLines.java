package org.genrewise.jobs.serve;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/**
 * How one track's answer is written: lines of JSON while it is worked on, or one object at the end.
 * Where lines were asked for, the status is 200 from the first on, and an error is a line.
 */
final class ProgressLines implements AnalysisListener {
  private static final String NDJSON = "application/x-ndjson";
  private static final String EVENT = "event";

  /** Progress is told so often at most. */
  private static final long PAUSE_NANOS = 200_000_000;

  private final Response response;
  private final boolean wanted;
  private boolean begun;
  private long lastNanos = System.nanoTime() - PAUSE_NANOS;

  private ProgressLines(Response response, boolean wanted) {
    this.response = response;
    this.wanted = wanted;
  }

  /** As the request's header Accept asks. */
  static ProgressLines of(Request request, Response response) {
    boolean wanted =
        request.getHeaders().getQualityCSV(HttpHeader.ACCEPT).stream()
            .anyMatch(type -> type.startsWith(NDJSON));
    return new ProgressLines(response, wanted);
  }

  /** Whether the query has {@code picture=true}. */
  static boolean wantsPicture(Request request) {
    return "true".equals(Request.extractQueryParameters(request).getValue("picture"));
  }

  /** It is not this track's turn yet. */
  void waiting(int ahead) {
    write(progress("waiting", Map.of("ahead", ahead)));
  }

  @Override
  public void decoding(double secondsDone, OptionalDouble secondsTotal) {
    if (isTime()) {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("seconds_done", secondsDone);
      facts.put("seconds_total", secondsTotal.isPresent() ? secondsTotal.getAsDouble() : null);
      write(progress("decoding", facts));
    }
  }

  @Override
  public void network(int slicesDone, int slices) {
    if (isTime()) {
      write(progress("network", Map.of("slices_done", slicesDone, "slices", slices)));
    }
  }

  void result(Map<String, Object> result) throws IOException {
    if (wanted) {
      last(Map.of(EVENT, "result", "result", result));
    } else {
      Answers.send(response, HttpStatus.OK_200, result);
    }
  }

  void error(RequestException fault) throws IOException {
    if (wanted) {
      last(Map.of(EVENT, "error", "status", fault.status(), "error", Answers.error(fault)));
    } else {
      Answers.send(response, fault);
    }
  }

  private boolean isTime() {
    long now = System.nanoTime();
    if (!wanted || now - lastNanos < PAUSE_NANOS) {
      return false;
    }
    lastNanos = now;
    return true;
  }

  private static Map<String, Object> progress(String stage, Map<String, Object> facts) {
    Map<String, Object> event = new LinkedHashMap<>(facts);
    event.put(EVENT, "progress");
    event.put("stage", stage);
    return event;
  }

  private void write(Map<String, Object> event) {
    if (!wanted) {
      return;
    }
    try {
      begin();
      Content.Sink.write(response, false, ByteBuffer.wrap(Answers.bytes(event)));
    } catch (IOException e) {
      throw new GoneException(e);
    }
  }

  private void last(Map<String, Object> event) throws IOException {
    begin();
    Content.Sink.write(response, true, ByteBuffer.wrap(Answers.bytes(event)));
  }

  private void begin() {
    if (!begun) {
      response.setStatus(HttpStatus.OK_200);
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, NDJSON);
      response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
      begun = true;
    }
  }
}
