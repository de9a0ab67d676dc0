package org.genrewise.bundle;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.genrewise.extraction.FeatureSettings;
import org.genrewise.network.NetworkSettings;
import org.genrewise.network.Precision;

/**
 * All that there is to say of a model but its parameters.
 *
 * @param modelId what its user calls it: letters, digits, {@code . _ -}, at most 100
 * @param classes names, in the order of the network's outputs
 * @param network its shape, from which the size of its pictures follows
 * @param features what it must be given
 * @param precision in which it was trained
 * @param metrics how well it did, by name; finite
 * @param provenance where it comes from
 */
public record BundleInfo(
    String modelId,
    List<String> classes,
    NetworkSettings network,
    FeatureSettings features,
    Precision precision,
    Map<String, Double> metrics,
    Provenance provenance) {

  public BundleInfo {
    classes = List.copyOf(classes);
    metrics = Collections.unmodifiableMap(new TreeMap<>(metrics));
    require(
        modelId.matches("[A-Za-z0-9._-]{1,100}"),
        "a model id has 1 to 100 letters, digits, dots, dashes or underscores, not '%s'"
            .formatted(modelId));
    require(
        classes.size() == network.classes(),
        "%d class names for a network of %d classes".formatted(classes.size(), network.classes()));
    require(
        classes.stream().distinct().count() == classes.size(),
        "two classes have the same name: " + classes);
    metrics.forEach(
        (name, value) -> require(Double.isFinite(value), "metric %s is %s".formatted(name, value)));
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
