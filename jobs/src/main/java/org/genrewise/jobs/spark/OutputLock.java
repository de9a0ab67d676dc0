package org.genrewise.jobs.spark;

import com.typesafe.config.Config;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.genrewise.jobs.cli.Console;
import org.genrewise.jobs.cli.UserException;
import org.genrewise.json.Json;

/**
 * The right to write below an output: one run has it at a time. It is a file that names its owner,
 * written anew every minute. What a killed run left is taken over: at once if its process ran on
 * this machine and is gone, else when the file is {@value #STALE_MINUTES} minutes old.
 */
public final class OutputLock implements AutoCloseable {

  /** The file's name in the output. */
  public static final String FILE = "_lock";

  private static final int STALE_MINUTES = 10;
  private static final Duration HEARTBEAT = Duration.ofMinutes(1);

  private final Storage storage;
  private final String location;
  private final String runId;
  private final ScheduledExecutorService heart =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "lock heartbeat");
            thread.setDaemon(true);
            return thread;
          });

  private OutputLock(Storage storage, String location, String runId) {
    this.storage = storage;
    this.location = location;
    this.runId = runId;
  }

  /**
   * Takes the lock.
   *
   * @param output folder; need not exist
   * @throws UserException if another run has it
   */
  public static OutputLock take(Storage storage, Console console, String output, String runId) {
    OutputLock lock = new OutputLock(storage, output + "/" + FILE, runId);
    if (!storage.createText(lock.location, lock.text())) {
      lock.takeOver(console);
    }
    lock.requireHeld();
    lock.heart.scheduleAtFixedRate(
        lock::beat, HEARTBEAT.toMillis(), HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
    return lock;
  }

  private void takeOver(Console console) {
    Optional<Owner> owner = storage.readText(location).map(text -> Owner.parse(location, text));
    long age = System.currentTimeMillis() - storage.modifiedMillis(location);
    boolean old = age > Duration.ofMinutes(STALE_MINUTES).toMillis();
    if (owner.isPresent() && !owner.get().isGone() && !old) {
      throw new UserException(
          "%s is being written by run %s (process %d on %s); wait for its end, or name another output."
                  .formatted(location, owner.get().runId, owner.get().process, owner.get().host)
              + " The lock of a killed run ends by itself after %d minutes"
                  .formatted(STALE_MINUTES));
    }
    owner.ifPresent(o -> console.note("run %s is gone; its lock is taken over".formatted(o.runId)));
    storage.delete(location);
    if (!storage.createText(location, text())) {
      throw new UserException(
          "another run has just taken %s; wait for its end".formatted(location));
    }
  }

  /**
   * Makes sure that no other run has taken the lock over, as it may when this one was suspended.
   *
   * @throws UserException if one has
   */
  public void requireHeld() {
    boolean held =
        storage
            .readText(location)
            .map(text -> Owner.parse(location, text).runId.equals(runId))
            .orElse(false);
    if (!held) {
      throw new UserException(
          "the lock %s is no longer this run's: another run has taken the output over; this one ends"
              .formatted(location));
    }
  }

  private void beat() {
    try {
      requireHeld();
      storage.writeText(location, text());
    } catch (UserException e) {
      // Told by requireHeld when it matters: before the next write.
    }
  }

  private String text() {
    ProcessHandle self = ProcessHandle.current();
    return Json.render(
        Map.of(
            "run_id", runId,
            "host", host(),
            "process", self.pid(),
            "started", startOf(self)));
  }

  @Override
  public void close() {
    stopHeart();
    Optional<String> text = storage.readText(location);
    if (text.isPresent() && Owner.parse(location, text.get()).runId.equals(runId)) {
      storage.delete(location);
    }
  }

  /** A beat on its way would write the file again after it is deleted. */
  private void stopHeart() {
    heart.shutdown();
    try {
      heart.awaitTermination(HEARTBEAT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }

  private static String startOf(ProcessHandle process) {
    return process.info().startInstant().map(Object::toString).orElse("");
  }

  private record Owner(String runId, String host, long process, String started) {

    static Owner parse(String name, String text) {
      try {
        Config config = Json.parse(name, text);
        return new Owner(
            config.getString("run_id"),
            config.getString("host"),
            config.getLong("process"),
            config.getString("started"));
      } catch (IllegalArgumentException | com.typesafe.config.ConfigException e) {
        // Killed while it wrote: nobody's, until it is old.
        return new Owner("unknown", "unknown", -1, "");
      }
    }

    /** Whether the process ran here and is no more; its number may belong to another by now. */
    boolean isGone() {
      return host.equals(host())
          && ProcessHandle.of(process)
              .filter(ProcessHandle::isAlive)
              .map(OutputLock::startOf)
              .map(start -> !start.equals(started))
              .orElse(true);
    }
  }
}
