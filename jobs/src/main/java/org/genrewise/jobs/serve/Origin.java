package org.genrewise.jobs.serve;

import java.net.URI;
import java.util.Locale;

/**
 * Where a page comes from, as browsers tell it (RFC 6454).
 *
 * @param text for example {@code https://music.example}
 * @param host for example {@code music.example}
 */
record Origin(String text, String host) {

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if it is no scheme http or https, a host, and perhaps a port
   */
  static Origin parse(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    if (!lower.matches("https?://([a-z0-9.-]+|\\[[0-9a-f:]+])(:\\d{1,5})?")) {
      throw new IllegalArgumentException(
          "--origin must be like https://music.example, without a path, not '%s'".formatted(text));
    }
    return new Origin(lower, URI.create(lower).getHost());
  }
}
