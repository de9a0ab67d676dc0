package org.genrewise.jobs.serve;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/**
 * One of the page's files, which lie beside this class. The page is told to load nothing from
 * elsewhere.
 *
 * @param type its media type
 * @param bytes of the file
 */
record PageFile(String type, byte[] bytes) implements Endpoint {
  private static final String POLICY =
      String.join(
          "; ",
          "default-src 'none'",
          "script-src 'self'",
          "style-src 'self'",
          "img-src 'self' data: blob:",
          "media-src blob:",
          "connect-src 'self'",
          "base-uri 'none'",
          "form-action 'none'",
          "frame-ancestors 'none'");

  /** All files, by the path that they have on the server. */
  static Map<String, Endpoint> all() {
    Map<String, Endpoint> files = new LinkedHashMap<>();
    files.put("/", of("index.html", "text/html;charset=utf-8"));
    files.put("/page.css", of("page.css", "text/css;charset=utf-8"));
    files.put("/page.js", of("page.js", "text/javascript;charset=utf-8"));
    files.put("/icon.svg", of("icon.svg", "image/svg+xml"));
    return files;
  }

  private static PageFile of(String name, String type) {
    try (InputStream file = PageFile.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException("the page's file %s is not in the jar".formatted(name));
      }
      return new PageFile(type, file.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("the page's file %s cannot be read".formatted(name), e);
    }
  }

  @Override
  public void answer(Request request, Response response) throws IOException {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-cache");
    response.getHeaders().put("Content-Security-Policy", POLICY);
    response.getHeaders().put("Referrer-Policy", "no-referrer");
    Content.Sink.write(response, true, ByteBuffer.wrap(bytes));
  }
}
