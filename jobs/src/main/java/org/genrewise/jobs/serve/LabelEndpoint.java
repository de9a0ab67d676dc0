package org.genrewise.jobs.serve;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.genrewise.audio.AudioException;
import org.genrewise.jobs.cli.Console;

/**
 * {@code POST /api/label}: one track in, what the model says of it out; as one JSON object, or with
 * {@code Accept: application/x-ndjson} as lines that tell the progress, and the result last.
 */
final class LabelEndpoint implements Endpoint {
  private static final int RETRY_SECONDS = 5;

  private final ServeLimits limits;
  private final Gate gate;
  private final Spool spool;
  private final TrackAnalyst analyst;
  private final AnalysisAnswer answers;
  private final Console console;

  LabelEndpoint(
      ServeLimits limits,
      Gate gate,
      Spool spool,
      TrackAnalyst analyst,
      ServedModel model,
      Console console) {
    this.limits = limits;
    this.gate = gate;
    this.spool = spool;
    this.analyst = analyst;
    this.answers = new AnalysisAnswer(model);
    this.console = console;
  }

  @Override
  public String method() {
    return "POST";
  }

  @Override
  public void answer(Request request, Response response) throws IOException, RequestException {
    long start = System.nanoTime();
    Optional<Gate.Pass> entered = gate.enter();
    try (Gate.Pass pass = entered.orElseThrow(this::refusal)) {
      Upload upload = Upload.receive(request, spool, limits);
      ProgressLines lines = ProgressLines.of(request, response);
      Map<String, Object> result;
      // gone before the answer
      try (upload) {
        result = result(pass, upload, start, lines, ProgressLines.wantsPicture(request));
      } catch (RequestException e) {
        lines.error(e);
        return;
      }
      lines.result(result);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the server is stopping");
    }
  }

  private RequestException refusal() {
    if (gate.isClosed()) {
      return new RequestException(
          HttpStatus.SERVICE_UNAVAILABLE_503, "stopping", "the server is stopping");
    }
    return RequestException.later(
        HttpStatus.TOO_MANY_REQUESTS_429,
        "busy",
        "%d tracks are being worked on and %d wait, as many as this server takes; send it again in some seconds"
            .formatted(limits.concurrent(), limits.waiting()),
        RETRY_SECONDS);
  }

  private Map<String, Object> result(
      Gate.Pass pass, Upload upload, long start, ProgressLines lines, boolean withPicture)
      throws RequestException, InterruptedException {
    long arrived = System.nanoTime();
    pass.awaitTurn(lines::waiting);
    double waiting = (System.nanoTime() - arrived) / 1e9;
    TrackAnalysis analysis = analysis(upload, lines);
    double total = (System.nanoTime() - start) / 1e9;
    console.note(
        "labelled %s of audio, %.1f MB, in %s"
            .formatted(
                Console.duration(analysis.features().durationSeconds()),
                upload.bytes() / 1e6,
                Console.duration(total)));
    return answers.of(upload, analysis, waiting, total, withPicture);
  }

  private TrackAnalysis analysis(Upload upload, ProgressLines lines)
      throws RequestException, InterruptedException {
    try {
      return analyst.analyse(
          upload.name(), upload.file(), Deadline.in(limits.workSeconds()), lines);
    } catch (AudioException e) {
      throw new RequestException(status(e.kind()), e.kind().id(), e.getMessage(), e);
    }
  }

  private static int status(AudioException.Kind kind) {
    return switch (kind) {
      case TIMEOUT -> HttpStatus.GATEWAY_TIMEOUT_504;
      case NOT_FOUND, IS_DIRECTORY, UNREADABLE, CHANGED, IO, DECODER_UNAVAILABLE ->
          HttpStatus.INTERNAL_SERVER_ERROR_500;
      default -> HttpStatus.UNPROCESSABLE_ENTITY_422;
    };
  }
}
