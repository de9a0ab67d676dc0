package org.genrewise.jobs.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/**
 * An S3 server on loopback, a process of its own that keeps its objects in a folder. Maven puts it
 * into target/s3proxy.
 */
public final class S3Server implements AutoCloseable {

  /** What no run may ever show. */
  public static final String SECRET_KEY = "dummySecretKeyOfTheTests";

  /** Its other half. */
  public static final String ACCESS_KEY = "dummyAccessKeyOfTheTests";

  private static final Path JAR =
      Path.of(System.getProperty("genrewise.root", ".."))
          .resolve("jobs/target/s3proxy/s3proxy-jar-with-dependencies.jar")
          .toAbsolutePath()
          .normalize();
  private static final int START_ATTEMPTS = 600;
  private static final int ATTEMPT_MILLIS = 50;

  private final Path objects;
  private final Path log;
  private final String endpoint;
  private final Process process;

  private S3Server(Path objects, Path log, String endpoint, Process process) {
    this.objects = objects;
    this.log = log;
    this.endpoint = endpoint;
    this.process = process;
  }

  /**
   * Starts a server and waits until it answers.
   *
   * @param folder for its settings, its log and its objects
   */
  public static S3Server start(Path folder) throws IOException {
    Path objects = Files.createDirectories(folder.resolve("objects"));
    String endpoint = "http://127.0.0.1:" + freePort();
    Path settings = folder.resolve("s3proxy.conf");
    Files.writeString(
        settings,
        """
        s3proxy.endpoint=%s
        s3proxy.authorization=aws-v2-or-v4
        s3proxy.identity=%s
        s3proxy.credential=%s
        jclouds.provider=filesystem-nio2
        jclouds.filesystem.basedir=%s
        """
            .formatted(endpoint, ACCESS_KEY, SECRET_KEY, objects));
    Path log = folder.resolve("s3proxy.log");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-Dfile.encoding=UTF-8",
            "-jar",
            JAR.toString(),
            "--properties",
            settings.toString());
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    S3Server server = new S3Server(objects, log, endpoint, process);
    server.awaitAnswer();
    return server;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void awaitAnswer() throws IOException {
    for (int i = 0; i < START_ATTEMPTS && process.isAlive(); i++) {
      try {
        HttpURLConnection connection =
            (HttpURLConnection) URI.create(endpoint).toURL().openConnection();
        // without a signature it refuses, and that is an answer
        connection.getResponseCode();
        connection.disconnect();
        return;
      } catch (IOException e) {
        sleep();
      }
    }
    close();
    throw new IOException("the S3 server did not start: " + Files.readString(log));
  }

  private static void sleep() {
    try {
      TimeUnit.MILLISECONDS.sleep(ATTEMPT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Makes a bucket; returns its location. */
  public String bucket(String name) throws IOException {
    Files.createDirectories(objects.resolve(name));
    return "s3a://" + name;
  }

  /**
   * Puts a folder into a bucket. Files that are laid beside its objects have no ETag, and are
   * refused when they are read.
   */
  public void upload(Path local, String location) throws IOException {
    Configuration configuration = new Configuration();
    hadoopSettings().forEach(configuration::set);
    // not the instance that a run would find in Hadoop's cache
    try (FileSystem bucket = FileSystem.newInstance(URI.create(location), configuration)) {
      bucket.copyFromLocalFile(
          new org.apache.hadoop.fs.Path(local.toUri()), new org.apache.hadoop.fs.Path(location));
    }
  }

  /** The folder that holds a bucket's objects as files. */
  public Path files(String bucket) {
    return objects.resolve(bucket);
  }

  /** What Hadoop needs to know of this server, with the keys. */
  public Map<String, String> hadoopSettings() {
    Map<String, String> settings = new TreeMap<>(settingsWithoutKeys());
    settings.put("fs.s3a.access.key", ACCESS_KEY);
    settings.put("fs.s3a.secret.key", SECRET_KEY);
    return settings;
  }

  /** The same for those who find the keys elsewhere. */
  public Map<String, String> settingsWithoutKeys() {
    return Map.of(
        "fs.s3a.endpoint",
        endpoint,
        "fs.s3a.endpoint.region",
        "us-east-1",
        "fs.s3a.path.style.access",
        "true",
        "fs.s3a.connection.ssl.enabled",
        "false");
  }

  /** {@link #hadoopSettings} for Spark. */
  public Map<String, String> sparkSettings() {
    Map<String, String> settings = new TreeMap<>();
    hadoopSettings().forEach((key, value) -> settings.put("spark.hadoop." + key, value));
    return settings;
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
