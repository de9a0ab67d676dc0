package org.genrewise.bundle;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigUtil;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.genrewise.cqt.CqtSettings;
import org.genrewise.extraction.FeatureSettings;
import org.genrewise.json.Json;
import org.genrewise.network.NetworkSettings;
import org.genrewise.network.Precision;
import org.genrewise.picture.ImageFormat;
import org.genrewise.weights.pickle.Shown;

/**
 * What bundle.json holds.
 *
 * @param info on the model
 * @param weightsSha256 of the file of its parameters
 */
record Manifest(BundleInfo info, String weightsSha256) {

  /** Raised whenever an older program could misread a newer bundle. */
  static final int FORMAT = 2;

  /** The oldest format that is read: without the format of images, which were lossless. */
  private static final int OLDEST = 1;

  String toJson() {
    NetworkSettings network = info.network();
    CqtSettings cqt = info.features().cqt();
    Provenance provenance = info.provenance();
    return Json.render(
        Map.of(
            "format",
            FORMAT,
            "model-id",
            info.modelId(),
            "classes",
            info.classes(),
            "network",
            Map.of(
                "input-size", network.inputSize(),
                "channels", network.channels(),
                "head", network.head(),
                "dropout", network.dropout(),
                "image-format", network.imageFormat().name().toLowerCase(Locale.ROOT)),
            "features",
            Map.of(
                "version", info.features().version(),
                "sample-rate", cqt.sampleRate(),
                "hop-length", cqt.hopLength(),
                "fmin", cqt.fmin(),
                "bins", cqt.bins(),
                "bins-per-octave", cqt.binsPerOctave(),
                "slice-seconds", info.features().sliceSeconds()),
            "precision",
            info.precision().name().toLowerCase(Locale.ROOT),
            "metrics",
            info.metrics(),
            "provenance",
            Map.of(
                "training", provenance.training(),
                "data-sha256", provenance.dataHash(),
                "tracks", provenance.tracks(),
                "versions", provenance.versions(),
                "created-at", provenance.createdAt().toString()),
            "weights-sha256",
            weightsSha256));
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @param name what messages call the source
   * @throws BundleException if anything is missing, wrong or not known
   */
  static Manifest parse(String name, String text) {
    try {
      Config json = Json.parse(name, text);
      int format = json.getInt("format");
      if (format < OLDEST || format > FORMAT) {
        throw new BundleException(
            "%s has format %d, this program reads %d to %d; use the program that made it, or a newer one"
                .formatted(name, format, OLDEST, FORMAT));
      }
      List<String> classes = json.getStringList("classes");
      return new Manifest(
          new BundleInfo(
              json.getString("model-id"),
              classes,
              network(json.getConfig("network"), classes.size(), format),
              features(json.getConfig("features")),
              constant("precision", Precision.class, json.getString("precision")),
              entries(json.getConfig("metrics"), Config::getDouble),
              provenance(json.getConfig("provenance"))),
          json.getString("weights-sha256"));
    } catch (ConfigException | IllegalArgumentException | DateTimeException e) {
      throw new BundleException(
          "%s is refused: %s".formatted(name, Shown.text(String.valueOf(e.getMessage()))), e);
    }
  }

  private static NetworkSettings network(Config json, int classes, int format) {
    return new NetworkSettings(
        classes,
        json.getInt("input-size"),
        json.getIntList("channels"),
        json.getIntList("head"),
        json.getDouble("dropout"),
        format == OLDEST
            ? ImageFormat.LOSSLESS
            : constant("image-format", ImageFormat.class, json.getString("image-format")));
  }

  private static FeatureSettings features(Config json) {
    FeatureSettings features =
        new FeatureSettings(
            new CqtSettings(
                json.getInt("sample-rate"),
                json.getInt("hop-length"),
                json.getDouble("fmin"),
                json.getInt("bins"),
                json.getInt("bins-per-octave")),
            json.getDouble("slice-seconds"));
    if (!features.version().equals(json.getString("version"))) {
      throw new IllegalArgumentException(
          "its features have version %s, this program makes %s of the same settings"
              .formatted(json.getString("version"), features.version()));
    }
    return features;
  }

  private static Provenance provenance(Config json) {
    return new Provenance(
        entries(json.getConfig("training"), Config::getString),
        json.getString("data-sha256"),
        json.getLong("tracks"),
        entries(json.getConfig("versions"), Config::getString),
        Instant.parse(json.getString("created-at")));
  }

  private static <E extends Enum<E>> E constant(String what, Class<E> type, String text) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.name().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("%s %s is not known".formatted(what, text)));
  }

  private static <T> Map<String, T> entries(Config json, BiFunction<Config, String, T> reader) {
    Map<String, T> entries = new TreeMap<>();
    json.root()
        .keySet()
        .forEach(key -> entries.put(key, reader.apply(json, ConfigUtil.quoteString(key))));
    return entries;
  }
}
