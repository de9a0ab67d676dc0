package org.genrewise.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Versions of what networks run on, as the build wrote them down. */
public final class Versions {
  private static final String RESOURCE = "versions.properties";

  private Versions() {}

  /** The version of ND4J; its own jar does not say once it is part of another. */
  public static String nd4j() {
    return read("nd4j");
  }

  /** Whether ND4J's natives for the CPU have oneDNN in them. */
  public static boolean hasOneDnn() {
    return read("natives").contains("onednn");
  }

  private static String read(String name) {
    try (InputStream stream = Versions.class.getResourceAsStream(RESOURCE)) {
      Properties properties = new Properties();
      properties.load(stream);
      return properties.getProperty(name);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    }
  }
}
