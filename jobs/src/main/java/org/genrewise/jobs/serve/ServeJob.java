package org.genrewise.jobs.serve;

import java.io.IOException;
import org.genrewise.jobs.cli.Console;
import org.genrewise.jobs.model.LoadedModel;
import org.genrewise.jobs.track.ExecutorParts;

/** Serves until the process is told to stop. */
final class ServeJob {
  private ServeJob() {}

  /**
   * Starts a server, and returns when it has stopped.
   *
   * @throws org.genrewise.jobs.cli.UserException if it cannot listen
   */
  static void run(LoadedModel model, ServeSettings settings, Console console) throws IOException {
    LabelServer server = LabelServer.start(model, settings, console);
    Thread closing = new Thread(() -> stop(server, console), "stop");
    Runtime.getRuntime().addShutdownHook(closing);
    console.note("decoder %s".formatted(ExecutorParts.decoder(settings.decoder()).description()));
    if (!server.isLoopback()) {
      console.note(
          "everybody who reaches this address can use it: there are no passwords and no encryption;"
              + " put a proxy that has them in front");
    }
    console.print("listening on %s (Ctrl-C stops it)".formatted(server.address()));
    try {
      server.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      server.close();
    }
  }

  private static void stop(LabelServer server, Console console) {
    try {
      server.close();
      console.note("stopped");
    } catch (IOException e) {
      console.note(e.getMessage());
    }
  }
}
