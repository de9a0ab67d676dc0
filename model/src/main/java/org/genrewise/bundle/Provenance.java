package org.genrewise.bundle;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.genrewise.network.Versions;
import org.genrewise.training.Track;
import org.genrewise.training.TrainingSettings;

/**
 * Where a model comes from.
 *
 * @param training every setting of its training, the seed among them, by name
 * @param dataHash SHA-256 over the tracks that it learnt from; see {@link #dataHash}
 * @param tracks how many tracks it learnt from
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

  public Provenance {
    training = Collections.unmodifiableMap(new TreeMap<>(training));
    versions = Collections.unmodifiableMap(new TreeMap<>(versions));
  }

  /**
   * The provenance of a model that was trained just now, in this process.
   *
   * @param dataHash of the tracks that it learnt from; see {@link #dataHash}
   * @param tracks how many they are
   * @param programVersion of this program
   * @param devices that computed, as text
   */
  public static Provenance ofTraining(
      TrainingSettings settings,
      String dataHash,
      long tracks,
      String programVersion,
      String devices) {
    return new Provenance(
        settings.asMap(),
        dataHash,
        tracks,
        Map.of(
            "genrewise",
            programVersion,
            "java",
            Runtime.version().toString(),
            "nd4j",
            Versions.nd4j(),
            "device",
            devices),
        Instant.now());
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
