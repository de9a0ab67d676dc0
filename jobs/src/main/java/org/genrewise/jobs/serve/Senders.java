package org.genrewise.jobs.serve;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;

/**
 * Whose requests are answered. Pages of other sites, open in the browser of somebody who runs a
 * server on loopback, are no business of it: neither by their scripts, which tell their origin, nor
 * by a name of theirs that they let point to this machine (DNS rebinding).
 */
final class Senders {
  private static final Set<String> LOOPBACK_NAMES =
      Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  private final boolean loopback;
  private final String host;
  private final Optional<Origin> proxy;

  /**
   * @param host that the server listens on
   * @param proxy where a proxy serves the page
   */
  Senders(String host, Optional<Origin> proxy) throws UnknownHostException {
    this.host = host;
    this.proxy = proxy;
    this.loopback = InetAddress.getByName(host).isLoopbackAddress();
  }

  /** Whether only this machine can reach the server. */
  boolean isLoopback() {
    return loopback;
  }

  /**
   * Refuses requests that no page of this server and no program of the user made.
   *
   * @throws RequestException with status 403
   */
  void require(Request request) throws RequestException {
    String name = Request.getServerName(request);
    if (loopback && !isOurs(name)) {
      throw new RequestException(
          HttpStatus.FORBIDDEN_403,
          "forbidden",
          "this server listens on loopback and answers to localhost, not to the host name of this"
              + " request; a proxy's name is given by --origin");
    }
    String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    if (origin != null && !isOfProxy(origin) && !isSame(origin, request)) {
      throw new RequestException(
          HttpStatus.FORBIDDEN_403, "forbidden", "requests of other sites' pages are not answered");
    }
  }

  private boolean isOurs(String name) {
    return LOOPBACK_NAMES.contains(name)
        || name.equals(host)
        || proxy.map(origin -> origin.host().equals(name)).orElse(false);
  }

  private boolean isOfProxy(String origin) {
    return proxy.map(known -> known.text().equals(origin)).orElse(false);
  }

  private static boolean isSame(String origin, Request request) {
    try {
      return request.getHeaders().get(HttpHeader.HOST) != null
          && request.getHeaders().get(HttpHeader.HOST).equals(URI.create(origin).getAuthority());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
