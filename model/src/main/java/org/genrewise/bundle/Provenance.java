package org.genrewise.bundle;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.genrewise.hash.Sha256;
import org.genrewise.network.Versions;
import org.genrewise.training.Track;
import org.genrewise.training.TrainingSettings;

/**
 * Where a model comes from.
 *
 * @param training every setting of its training, the seed among them, by name; or whence it was
 *     imported
 * @param dataHash SHA-256 over the tracks that it learnt from; see {@link #dataHash}; empty where
 *     they are not known
 * @param tracks how many tracks it learnt from; 0 where they are not known
 * @param versions of what made it, by name: Java, ND4J, this program, and the device that it was
 *     trained on
 * @param createdAt when training ended
 */
public record Provenance(
    Map<String, String> training,
    String dataHash,
    long tracks,
    Map<String, String> versions,
    Instant createdAt) {

  static final String IMPORTED = "imported-";
  static final String HEAD = "head";
  static final String UNTRAINED = "untrained";

  public Provenance {
    training = Collections.unmodifiableMap(new TreeMap<>(training));
    versions = Collections.unmodifiableMap(new TreeMap<>(versions));
  }

  /**
   * The provenance of a model that was trained just now, in this process.
   *
   * @param origin what is to be told of the model that it started from; see {@link #origin}
   * @param dataHash of the tracks that it learnt from; see {@link #dataHash}
   * @param tracks how many they are
   * @param programVersion of this program
   * @param devices that computed, as text
   */
  public static Provenance ofTraining(
      TrainingSettings settings,
      Map<String, String> origin,
      String dataHash,
      long tracks,
      String programVersion,
      String devices) {
    Map<String, String> all = new TreeMap<>(settings.asMap());
    all.putAll(origin);
    Map<String, String> versions = new TreeMap<>(versions(programVersion));
    versions.put("device", devices);
    return new Provenance(all, dataHash, tracks, versions, Instant.now());
  }

  /**
   * What a model that starts from this one tells of it: its name, and whence it was imported. The
   * licence of imported weights goes with all that is made of them.
   *
   * @param model name and version of this one
   */
  public Map<String, String> origin(String model) {
    Map<String, String> origin = new TreeMap<>();
    training.forEach(
        (name, value) -> {
          if (name.startsWith(IMPORTED)) {
            origin.put(name, value);
          }
        });
    origin.put("initial-model", model);
    return origin;
  }

  /**
   * The provenance of a model that was trained elsewhere, on data that are not known.
   *
   * @param facts of the import, by name
   * @param programVersion of this program
   */
  static Provenance ofImport(Map<String, String> facts, String programVersion) {
    return new Provenance(facts, "", 0, versions(programVersion), Instant.now());
  }

  /** Whether the dense layers still have their random first values. */
  public boolean isHeadUntrained() {
    return UNTRAINED.equals(training.get(HEAD));
  }

  private static Map<String, String> versions(String program) {
    return Map.of(
        "genrewise", program, "java", Runtime.version().toString(), "nd4j", Versions.nd4j());
  }

  /**
   * SHA-256 over ids and labels, in hexadecimal digits; the order of the tracks does not matter.
   */
  public static String dataHash(List<Track> tracks) {
    MessageDigest digest = Sha256.digest();
    tracks.stream()
        .map(track -> track.id() + "\t" + track.label() + "\n")
        .sorted()
        .forEach(line -> digest.update(line.getBytes(StandardCharsets.UTF_8)));
    return Sha256.hex(digest);
  }
}
