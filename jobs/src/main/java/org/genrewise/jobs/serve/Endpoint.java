package org.genrewise.jobs.serve;

import java.io.IOException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/** What answers the requests for one path. */
interface Endpoint {

  /** The method that it takes; HEAD goes with GET. */
  default String method() {
    return "GET";
  }

  /**
   * Writes the response. May take its time: each request has a thread.
   *
   * @throws RequestException to be told to the sender, if nothing is written yet
   * @throws IOException if the sender has gone
   */
  void answer(Request request, Response response) throws IOException, RequestException;
}
