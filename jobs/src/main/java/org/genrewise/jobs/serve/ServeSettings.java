package org.genrewise.jobs.serve;

import java.util.Optional;
import org.genrewise.jobs.track.DecoderOptions;

/**
 * What a server does.
 *
 * @param host name or address that it listens on
 * @param port 0 to 65535; 0 takes any that is free
 * @param origin where a proxy serves the page, if one does
 * @param limits of what it takes
 * @param decoder how files are read, and which lengths are accepted
 * @param batchSize slices, of all tracks at hand, that go through the network together, 1 to 1024
 */
record ServeSettings(
    String host,
    int port,
    Optional<Origin> origin,
    ServeLimits limits,
    DecoderOptions decoder,
    int batchSize) {

  ServeSettings {
    if (host.isBlank()) {
      throw new IllegalArgumentException("--host needs a name or an address");
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("--port must be from 0 to 65535, not " + port);
    }
    if (batchSize < 1 || batchSize > 1024) {
      throw new IllegalArgumentException("batch-size must be from 1 to 1024, not " + batchSize);
    }
  }
}
