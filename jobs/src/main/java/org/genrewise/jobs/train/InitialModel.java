package org.genrewise.jobs.train;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.apache.spark.util.SerializableConfiguration;
import org.genrewise.bundle.BundleInfo;
import org.genrewise.bundle.ModelBundle;
import org.genrewise.jobs.cli.UserException;
import org.genrewise.jobs.model.BundleFiles;
import org.genrewise.network.NetworkSettings;
import org.genrewise.network.TrainingNetwork;
import org.genrewise.network.Vgg19Bn;

/**
 * The model that a fine-tuning or a linear probe starts from. Its convolutions and hidden layers
 * are taken; its last layer too where the classes are the same, else that starts from random
 * weights.
 *
 * @param folder of its bundle
 * @param network its shape
 * @param sameClasses whether it has the classes that are to be learnt
 * @param origin what the bundle of what is trained tells of it
 * @param configuration to reach the folder
 */
record InitialModel(
    String folder,
    NetworkSettings network,
    boolean sameClasses,
    Map<String, String> origin,
    SerializableConfiguration configuration)
    implements Serializable {

  /**
   * Looks at a bundle.
   *
   * @throws UserException if it needs other features
   */
  static InitialModel of(
      String folder,
      ModelBundle bundle,
      List<String> classes,
      String featureVersion,
      SerializableConfiguration configuration) {
    BundleInfo info = bundle.info();
    if (!info.features().version().equals(featureVersion)) {
      throw new UserException(
          "the initial model %s needs features %s, not %s; extract them with its settings"
              .formatted(folder, info.features().version(), featureVersion));
    }
    return new InitialModel(
        folder,
        info.network(),
        info.classes().equals(classes),
        info.provenance().origin(info.modelId() + " " + bundle.version()),
        configuration);
  }

  /** The shape of the network that starts from this model. */
  NetworkSettings network(int classes) {
    return new NetworkSettings(
        classes,
        network.inputSize(),
        network.channels(),
        network.head(),
        network.dropout(),
        network.imageFormat());
  }

  /** Gives a new network the parameters of this model. */
  void initialise(TrainingNetwork target) throws IOException {
    String last = Vgg19Bn.logits(network) + ".";
    BundleFiles.read(
        folder,
        configuration.value(),
        bundle -> {
          bundle.copyTo(
              target.graph(), target.settings(), name -> sameClasses || !name.startsWith(last));
          return true;
        });
  }
}
