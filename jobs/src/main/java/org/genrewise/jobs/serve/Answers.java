package org.genrewise.jobs.serve;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.genrewise.json.Json;

/** Writes JSON into responses. */
final class Answers {
  private static final String JSON = "application/json";

  private Answers() {}

  /** A whole response. */
  static void send(Response response, int status, Map<String, ?> object) throws IOException {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, JSON);
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    byte[] bytes = bytes(object);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
    Content.Sink.write(response, true, ByteBuffer.wrap(bytes));
  }

  /** A refusal, whole. */
  static void send(Response response, RequestException fault) throws IOException {
    if (fault.retrySeconds() > 0) {
      response.getHeaders().put(HttpHeader.RETRY_AFTER, fault.retrySeconds());
    }
    send(response, fault.status(), Map.of("error", error(fault)));
  }

  /** What a refusal says. */
  static Map<String, Object> error(RequestException fault) {
    return Map.of("kind", fault.kind(), "message", fault.getMessage());
  }

  /** One object and a line's end. */
  static byte[] bytes(Map<String, ?> object) {
    return (Json.renderCompact(object) + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
