package org.genrewise.jobs.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.genrewise.bundle.BundleInfo;
import org.genrewise.bundle.ModelBundle;
import org.genrewise.bundle.Provenance;
import org.genrewise.extraction.FeatureSettings;
import org.genrewise.network.GraphOptions;
import org.genrewise.network.NetworkSettings;
import org.genrewise.network.Precision;
import org.genrewise.network.Vgg19Bn;
import org.nd4j.linalg.learning.config.NoOp;

/** A bundle of a tiny network with random parameters: it labels at once, and without sense. */
public final class UntrainedModel {
  public static final List<String> CLASSES = List.of("Opera", "Soft_rock", "chiptune");

  private UntrainedModel() {}

  /**
   * Saves it.
   *
   * @param seed bundles of other seeds have other versions
   * @return the folder, as --model takes it
   */
  public static String save(Path folder, long seed) throws IOException {
    NetworkSettings network =
        new NetworkSettings(CLASSES.size(), 32, Collections.nCopies(16, 4), List.of(8), 0);
    ModelBundle.save(
        folder,
        new BundleInfo(
            "untrained",
            CLASSES,
            network,
            FeatureSettings.DEFAULT,
            Precision.FLOAT32,
            Map.of(),
            new Provenance(Map.of(), "none", 0, Map.of(), Instant.EPOCH)),
        Vgg19Bn.create(network, GraphOptions.DEFAULT, new NoOp(), seed));
    return folder.toString();
  }
}
