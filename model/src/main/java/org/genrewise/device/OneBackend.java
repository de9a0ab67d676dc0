package org.genrewise.device;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import org.nd4j.linalg.factory.Nd4jBackend;

/**
 * Shows ND4J one of its backends and hides the others. By itself it would take the first of all on
 * the class path that starts, and its priorities can be set by the environment of the process
 * alone, before it begins.
 */
final class OneBackend extends ClassLoader {
  private static final String SERVICE = "META-INF/services/" + Nd4jBackend.class.getName();

  private final String backend;

  /**
   * @param backend class name
   */
  OneBackend(String backend, ClassLoader parent) {
    super(parent);
    this.backend = backend;
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    return name.equals(SERVICE)
        ? Collections.enumeration(Collections.singleton(list()))
        : super.getResources(name);
  }

  private URL list() throws MalformedURLException {
    return new URL(null, "backend:" + backend, new Text(backend));
  }

  /** An address whose content is a text. */
  private static final class Text extends URLStreamHandler {
    private final String text;

    Text(String text) {
      this.text = text;
    }

    @Override
    protected URLConnection openConnection(URL url) {
      return new URLConnection(url) {
        @Override
        public void connect() {}

        @Override
        public InputStream getInputStream() {
          return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }
      };
    }
  }
}
