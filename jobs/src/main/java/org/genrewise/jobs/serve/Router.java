package org.genrewise.jobs.serve;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.genrewise.jobs.cli.Console;

/** Gives each request to the endpoint of its path, and tells senders of faults. */
final class Router extends Handler.Abstract {
  /** How much of a refused body is still read, so that its sender gets to read the refusal. */
  private static final long DRAINED_BYTES = 1L << 30;

  private static final double DRAIN_SECONDS = 10;

  private final Senders senders;
  private final Map<String, Endpoint> endpoints;
  private final Console console;

  /**
   * @param endpoints by path
   */
  Router(Senders senders, Map<String, Endpoint> endpoints, Console console) {
    this.senders = senders;
    this.endpoints = Map.copyOf(endpoints);
    this.console = console;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    try {
      try {
        senders.require(request);
        endpoint(request, response).answer(request, response);
      } catch (RequestException e) {
        Answers.send(response, e);
        drain(request);
      }
      callback.succeeded();
    } catch (IOException | AnalysisListener.GoneException e) {
      // the sender has gone, and hears nothing
      callback.failed(e instanceof EofException ? e : new EofException(e));
    } catch (RuntimeException | Error e) {
      fail(response, e);
      callback.succeeded();
    }
    return true;
  }

  private Endpoint endpoint(Request request, Response response) throws RequestException {
    String path = Request.getPathInContext(request);
    Endpoint endpoint = endpoints.get(path);
    if (endpoint == null) {
      throw new RequestException(
          HttpStatus.NOT_FOUND_404, "not_found", "there is nothing at this path; / is the page");
    }
    String method = request.getMethod();
    if (!method.equals(endpoint.method())
        && !(method.equals("HEAD") && endpoint.method().equals("GET"))) {
      response.getHeaders().put(HttpHeader.ALLOW, endpoint.method());
      throw new RequestException(
          HttpStatus.METHOD_NOT_ALLOWED_405,
          "method_not_allowed",
          "%s takes %s".formatted(path, endpoint.method()));
    }
    return endpoint;
  }

  /** A browser that is still sending when the connection ends shows no answer, but a fault. */
  private static void drain(Request request) {
    Deadline deadline = Deadline.in(DRAIN_SECONDS);
    try (var body = Content.Source.asInputStream(request)) {
      byte[] buffer = new byte[1 << 16];
      long left = DRAINED_BYTES;
      int read;
      while (left > 0 && !deadline.isPast() && (read = body.read(buffer)) >= 0) {
        left -= read;
      }
    } catch (IOException e) {
      // it went away instead
    }
  }

  private void fail(Response response, Throwable fault) {
    StringWriter trace = new StringWriter();
    fault.printStackTrace(new PrintWriter(trace));
    console.note("a fault of this program:\n" + trace.toString().stripTrailing());
    if (response.isCommitted()) {
      return;
    }
    try {
      Answers.send(
          response,
          new RequestException(
              HttpStatus.INTERNAL_SERVER_ERROR_500,
              "internal",
              "a fault of this program; its log tells more"));
    } catch (IOException e) {
      // nobody listens
    }
  }
}
