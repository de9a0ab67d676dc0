package org.genrewise.jobs.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.hadoop.fs.s3a.Constants;
import org.apache.hadoop.mapred.JobConf;
import org.apache.spark.SparkConf;
import org.apache.spark.internal.config.ConfigEntry;
import org.apache.spark.sql.internal.SQLConf;
import org.genrewise.jobs.testing.LocalSpark;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files in conf/spark/ name what exists, and agree with the program and its launcher. */
class SparkFilesTest {
  private static final Path ROOT = Path.of(System.getProperty("genrewise.root", ".."));
  private static final String HADOOP = "spark.hadoop.";
  private static final String EXECUTOR = "spark.executorEnv.";

  /** Of parts of Spark that are not on the class path, or read without being declared. */
  private static final Set<String> OTHER_KEYS =
      Set.of(
          "spark.master",
          "spark.yarn.maxAppAttempts",
          "spark.kubernetes.namespace",
          "spark.kubernetes.container.image",
          "spark.kubernetes.authenticate.driver.serviceAccountName");

  private static final List<String> ENVIRONMENTS =
      List.of(EXECUTOR, "spark.yarn.appMasterEnv.", "spark.kubernetes.driverEnv.");

  @BeforeAll
  static void declareTheSettingsOfSpark() throws ClassNotFoundException {
    Class.forName("org.apache.spark.internal.config.package$");
    assertNotNull(SQLConf.get());
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "standalone", "yarn", "kubernetes"})
  void everyKeyIsKnown(String name) throws IOException {
    JobConf hadoop = new JobConf();
    hadoop.set(Constants.INPUT_STREAM_TYPE, "declared by the code alone");
    for (String key : load(name).stringPropertyNames()) {
      boolean known =
          key.startsWith(HADOOP)
              ? hadoop.get(key.substring(HADOOP.length())) != null
              : OTHER_KEYS.contains(key)
                  || ENVIRONMENTS.stream().anyMatch(key::startsWith)
                  || ConfigEntry.findEntry(key) != null;
      assertTrue(known, key);
      assertFalse(key.endsWith(".secret.key") || key.endsWith(".access.key"), key);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "standalone", "yarn", "kubernetes"})
  void tablesAreReadAndWrittenAsTheProgramDoesByItself(String name) throws IOException {
    SparkConf program = LocalSpark.session().sparkContext().getConf();
    Properties file = load(name);
    int seen = 0;
    for (String key : file.stringPropertyNames()) {
      if (key.startsWith(HADOOP) || key.contains("commit")) {
        assertEquals(program.get(key), file.getProperty(key), key);
        seen++;
      }
    }
    assertEquals(6, seen);
  }

  @ParameterizedTest
  @ValueSource(strings = {"standalone", "yarn", "kubernetes"})
  void theEnvironmentIsThatOfTheLauncherWithTheThreadsOfAnExecutor(String name) throws IOException {
    String launcher = Files.readString(ROOT.resolve("genrewise"));
    Properties file = load(name);
    assertEquals(
        file.getProperty("spark.executor.cores"), file.getProperty(EXECUTOR + "OMP_NUM_THREADS"));
    int seen = 0;
    for (String key : file.stringPropertyNames()) {
      for (String environment : ENVIRONMENTS) {
        if (key.startsWith(environment) && !key.endsWith("OMP_NUM_THREADS")) {
          String variable = key.substring(environment.length());
          String value = file.getProperty(key);
          assertTrue(
              launcher.contains(variable + "=" + value)
                  || launcher.contains("%s=\"${%1$s:-%s}\"".formatted(variable, value)),
              key);
          seen++;
        }
      }
    }
    assertTrue(seen >= 6);
  }

  /** As spark-submit reads it. */
  private static Properties load(String name) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(ROOT.resolve("conf/spark/" + name + ".conf"))) {
      properties.load(reader);
    }
    return properties;
  }
}
