package org.genrewise.jobs.model;

import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.genrewise.bundle.BundleInfo;
import org.genrewise.bundle.ModelBundle;
import org.genrewise.inference.Labeller;
import org.genrewise.jobs.cli.UserException;
import org.genrewise.jobs.spark.HadoopConfiguration;
import org.genrewise.jobs.spark.Storage;
import org.genrewise.network.Precision;

/**
 * A model, ready to label, as the tasks of one process share it.
 *
 * @param info what the bundle says of it
 * @param version of its parameters
 * @param labeller shared by all threads
 */
public record LoadedModel(BundleInfo info, String version, Labeller labeller) {
  private static final ConcurrentHashMap<String, LoadedModel> LOADED = new ConcurrentHashMap<>();

  /**
   * The folder of a bundle: the location itself, or the model of the train run that it names.
   *
   * @throws UserException if there is neither
   */
  public static String locate(Storage storage, String location) {
    for (String folder : new String[] {location, location + "/model"}) {
      if (storage.exists(folder + "/" + ModelBundle.MANIFEST)) {
        return folder;
      }
    }
    throw new UserException(
        "there is no model at %s: neither it nor its folder model holds %s"
            .formatted(location, ModelBundle.MANIFEST));
  }

  /**
   * Opens a bundle and checks all of it. Tasks of this process find it by {@link #shared}.
   *
   * @param folder as {@link #locate} found it
   * @throws UserException if a part of it is wrong
   */
  public static LoadedModel load(String folder, Configuration configuration) {
    LoadedModel model = read(folder, configuration);
    LOADED.put(key(folder, model.version()), model);
    return model;
  }

  private static String key(String folder, String version) {
    return folder + " " + version;
  }

  private static LoadedModel read(String folder, Configuration configuration) {
    return BundleFiles.read(
        folder,
        configuration,
        bundle ->
            new LoadedModel(
                bundle.info(),
                bundle.version(),
                new Labeller(bundle.network(), bundle.info().classes())));
  }

  /**
   * The model of a location, opened once in this process for all its tasks.
   *
   * @param version that the driver saw; another one is loaded anew
   */
  public static LoadedModel shared(String folder, String version) {
    return LOADED.computeIfAbsent(
        key(folder, version),
        key -> {
          LoadedModel model = read(folder, HadoopConfiguration.current());
          if (!model.version().equals(version)) {
            throw new UserException(
                "the model %s changed while the run was starting: version %s became %s"
                    .formatted(folder, version, model.version()));
          }
          return model;
        });
  }

  /** In which precision it labels: 32-bit floats on a CPU, whatever it was trained in. */
  public Precision precision() {
    return labeller.precision();
  }

  /**
   * Refuses features that the model was not made for.
   *
   * @throws UserException if they were made with other settings
   */
  public void requireFeatures(String featureVersion) {
    if (!info.features().version().equals(featureVersion)) {
      throw new UserException(
          "model %s needs features %s, not %s; extract them with the settings of the model"
              .formatted(info.modelId(), info.features().version(), featureVersion));
    }
  }
}
