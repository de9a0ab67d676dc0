package org.genrewise.jobs.serve;

import java.io.IOException;
import java.util.Map;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/** {@code GET /healthz}: 200 while tracks are taken, 503 once the server is stopping. */
final class HealthEndpoint implements Endpoint {
  private final Gate gate;

  HealthEndpoint(Gate gate) {
    this.gate = gate;
  }

  @Override
  public void answer(Request request, Response response) throws IOException {
    if (gate.isClosed()) {
      Answers.send(response, HttpStatus.SERVICE_UNAVAILABLE_503, Map.of("status", "stopping"));
    } else {
      Answers.send(response, HttpStatus.OK_200, Map.of("status", "ok"));
    }
  }
}
