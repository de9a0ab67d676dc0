package org.genrewise.jobs.label;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.SparkContext;
import org.apache.spark.util.DoubleAccumulator;

/**
 * Where the tasks' time goes, in seconds added over all threads. Work that Spark does twice, after
 * the loss of an executor for example, counts twice.
 *
 * @param decode waiting for samples
 * @param transform constant-Q and slicing
 * @param draw drawing pictures, and waiting for room in the network's queue
 * @param network computing
 * @param answer tasks waiting for the network's answers, with nothing else to do
 */
record StageSeconds(
    DoubleAccumulator decode,
    DoubleAccumulator transform,
    DoubleAccumulator draw,
    DoubleAccumulator network,
    DoubleAccumulator answer)
    implements Serializable {

  static StageSeconds on(SparkContext context) {
    return new StageSeconds(
        context.doubleAccumulator("decode seconds"),
        context.doubleAccumulator("transform seconds"),
        context.doubleAccumulator("draw seconds"),
        context.doubleAccumulator("network seconds"),
        context.doubleAccumulator("answer seconds"));
  }

  Map<String, Double> asMap() {
    Map<String, Double> map = new TreeMap<>();
    map.put("decode", decode.value());
    map.put("transform", transform.value());
    map.put("draw", draw.value());
    map.put("network", network.value());
    map.put("answer", answer.value());
    return map;
  }
}
