package org.genrewise.jobs.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.genrewise.jobs.testing.LocalSpark;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HadoopConfigurationTest {
  private static final String KEY = "fs.example.endpoint";

  @BeforeEach
  void start() {
    LocalSpark.stop();
    System.setProperty("spark.hadoop." + KEY, "http://localhost");
  }

  @AfterEach
  void stop() {
    LocalSpark.stop();
    System.clearProperty("spark.hadoop." + KEY);
  }

  @Test
  void tasksSeeTheSettingsOfTheRunAndAnotherRunItsOwn() {
    assertEquals("http://localhost", inATask());
    assertSame(HadoopConfiguration.current(), HadoopConfiguration.current());

    LocalSpark.stop();
    System.clearProperty("spark.hadoop." + KEY);
    assertNull(inATask());
  }

  private static String inATask() {
    return JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext())
        .parallelize(List.of(KEY), 1)
        .map(key -> HadoopConfiguration.current().get(key))
        .collect()
        .get(0);
  }
}
