package org.genrewise.jobs.serve;

import java.io.IOException;
import java.net.BindException;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.genrewise.jobs.cli.Console;
import org.genrewise.jobs.cli.UserException;
import org.genrewise.jobs.model.LoadedModel;
import org.genrewise.jobs.track.ExecutorParts;

/**
 * The page and the JSON of the verb serve, over HTTP/1.1 by Jetty. Each request has a thread; those
 * that bring tracks are bounded by the {@link Gate}, so the others always find one.
 */
final class LabelServer implements AutoCloseable {
  private static final int OTHER_THREADS = 24;
  private static final long IDLE_MILLIS = TimeUnit.SECONDS.toMillis(30);

  private final Server server;
  private final ServerConnector connector;
  private final Gate gate;
  private final Spool spool;
  private final TrackAnalyst analyst;
  private final Senders senders;
  private final String host;

  private LabelServer(
      Server server,
      ServerConnector connector,
      Gate gate,
      Spool spool,
      TrackAnalyst analyst,
      Senders senders,
      String host) {
    this.server = server;
    this.connector = connector;
    this.gate = gate;
    this.spool = spool;
    this.analyst = analyst;
    this.senders = senders;
    this.host = host;
  }

  /**
   * Starts.
   *
   * @param console is told of each track, without its name
   * @throws UserException if it cannot listen there
   */
  static LabelServer start(LoadedModel model, ServeSettings settings, Console console)
      throws IOException {
    Senders senders = senders(settings);
    ServedModel served = ServedModel.of(model);
    Gate gate = new Gate(settings.limits());
    TrackAnalyst analyst =
        new TrackAnalyst(
            ExecutorParts.decoder(settings.decoder()),
            model.info().features(),
            model.labeller(),
            settings.batchSize());
    Spool spool = Spool.open();
    Map<String, Endpoint> endpoints = new LinkedHashMap<>(PageFile.all());
    endpoints.put(
        "/api/label", new LabelEndpoint(settings.limits(), gate, spool, analyst, served, console));
    Map<String, Object> description = served.description(settings);
    endpoints.put("/api/model", (request, response) -> Answers.send(response, 200, description));
    endpoints.put("/healthz", new HealthEndpoint(gate));
    Server server = new Server(threads(settings.limits()));
    ServerConnector connector = connector(server, settings);
    server.setHandler(new Router(senders, endpoints, console));
    LabelServer labels =
        new LabelServer(server, connector, gate, spool, analyst, senders, settings.host());
    labels.listen(settings);
    return labels;
  }

  private static Senders senders(ServeSettings settings) {
    try {
      return new Senders(settings.host(), settings.origin());
    } catch (UnknownHostException e) {
      throw new UserException(
          "--host %s is no name or address of this machine; 127.0.0.1 is loopback, 0.0.0.0 all"
              .formatted(settings.host()),
          e);
    }
  }

  private static QueuedThreadPool threads(ServeLimits limits) {
    QueuedThreadPool threads =
        new QueuedThreadPool(limits.concurrent() + limits.waiting() + OTHER_THREADS);
    threads.setName("http");
    threads.setDaemon(true);
    return threads;
  }

  private static ServerConnector connector(Server server, ServeSettings settings) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    connector.setIdleTimeout(IDLE_MILLIS);
    server.addConnector(connector);
    return connector;
  }

  private void listen(ServeSettings settings) throws IOException {
    try {
      server.start();
    } catch (Exception e) {
      close();
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof BindException) {
          throw new UserException(
              "cannot listen on port %d of %s: %s; --port chooses another, 0 any that is free"
                  .formatted(settings.port(), settings.host(), cause.getMessage()),
              e);
        }
      }
      throw new IOException("the server did not start: " + e, e);
    }
  }

  /** The port that it listens on. */
  int port() {
    return connector.getLocalPort();
  }

  /** Whether only this machine can reach it. */
  boolean isLoopback() {
    return senders.isLoopback();
  }

  /** Where the page is. */
  String address() {
    return "http://%s:%d/".formatted(host.contains(":") ? "[" + host + "]" : host, port());
  }

  /** Waits until it is closed. */
  void join() throws InterruptedException {
    server.join();
  }

  /** Stops; requests under way are broken off, and their files deleted. */
  @Override
  public void close() throws IOException {
    gate.close();
    try {
      server.stop();
    } catch (Exception e) {
      throw new IOException("the server did not stop: " + e, e);
    } finally {
      analyst.close();
      spool.close();
    }
  }
}
