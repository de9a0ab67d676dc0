package org.genrewise.jobs.track;

import java.io.Serializable;
import java.util.concurrent.ThreadLocalRandom;
import org.genrewise.audio.AudioException;

/**
 * How often a track is tried whose fault may pass: reading failed, or the file changed meanwhile.
 *
 * @param attempts at least 1 (default 3)
 * @param firstPauseSeconds before the second attempt; doubled before each further one, and each
 *     varied by up to a half, so that many tasks do not come back together (default 1)
 */
public record Retry(int attempts, double firstPauseSeconds) implements Serializable {

  /** What is tried. */
  @FunctionalInterface
  public interface Action<T> {
    T run() throws AudioException;
  }

  /**
   * A fault that stayed.
   *
   * @param fault of the last attempt
   * @param attempts how many there were
   */
  public record Failed(AudioException fault, int attempts) {}

  /**
   * What came of it: one of the two is null.
   *
   * @param value of the first attempt that went well
   */
  public record Outcome<T>(T value, Failed failed) {}

  public Retry {
    if (attempts < 1 || !(firstPauseSeconds >= 0 && firstPauseSeconds <= 3600)) {
      throw new IllegalArgumentException(
          "attempts must be at least 1, and backoff-seconds from 0 to 3600, not %d and %s"
              .formatted(attempts, firstPauseSeconds));
    }
  }

  /** Tries until it goes well, the fault is one that stays, or the attempts are used up. */
  public <T> Outcome<T> run(Action<T> action) throws InterruptedException {
    double pause = firstPauseSeconds;
    for (int attempt = 1; ; attempt++) {
      try {
        return new Outcome<>(action.run(), null);
      } catch (AudioException e) {
        if (attempt == attempts || !passes(e.kind())) {
          return new Outcome<>(null, new Failed(e, attempt));
        }
      }
      Thread.sleep((long) (1000 * pause * ThreadLocalRandom.current().nextDouble(0.5, 1.5)));
      pause *= 2;
    }
  }

  /** Whether it is worth trying again within seconds. A timeout would cost too much. */
  private static boolean passes(AudioException.Kind kind) {
    return kind == AudioException.Kind.IO || kind == AudioException.Kind.CHANGED;
  }
}
