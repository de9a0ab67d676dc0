package org.genrewise.jobs.model;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.genrewise.bundle.BundleInfo;
import org.genrewise.bundle.ModelBundle;
import org.genrewise.inference.Labeller;
import org.genrewise.jobs.cli.UserException;
import org.genrewise.jobs.spark.HadoopConfiguration;
import org.genrewise.jobs.spark.Locations;
import org.genrewise.jobs.spark.NetworkDevice;
import org.genrewise.jobs.spark.Storage;
import org.genrewise.network.Precision;

/**
 * A model as the tasks of one process share it. Its network is read when it is first asked for: a
 * driver whose executors are elsewhere never does.
 */
public final class LoadedModel {
  private static final ConcurrentHashMap<String, LoadedModel> LOADED = new ConcurrentHashMap<>();

  private final BundleInfo info;
  private final String version;
  private final Precision precision;
  private final Supplier<Labeller> reader;
  private Labeller labeller;

  private LoadedModel(
      BundleInfo info, String version, Precision precision, Supplier<Labeller> reader) {
    this.info = info;
    this.version = version;
    this.precision = precision;
    this.reader = reader;
  }

  /**
   * The folder of a bundle: the location itself, or the model of the train run that it names. A
   * local path is whole, as executors have working folders of their own.
   *
   * @throws UserException if there is neither
   */
  public static String locate(Storage storage, String location) {
    String whole = Locations.isRemote(location) ? location : Locations.local(location).toString();
    for (String folder : new String[] {whole, whole + "/model"}) {
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
        bundle -> {
          requireTrained(folder, bundle.info());
          return new LoadedModel(
              bundle.info(),
              bundle.version(),
              bundle.networkPrecision(),
              () -> labeller(folder, bundle.version(), configuration));
        });
  }

  private static void requireTrained(String folder, BundleInfo info) {
    if (info.provenance().isHeadUntrained()) {
      throw new UserException(
          ("the model %s has imported features and a head of random numbers, which would label at"
                  + " random; train it first: train --set mode=fine-tune --set initial-model=%s")
              .formatted(folder, folder));
    }
  }

  private static Labeller labeller(String folder, String version, Configuration configuration) {
    return BundleFiles.read(
        folder,
        configuration,
        bundle -> {
          requireVersion(folder, version, bundle.version());
          NetworkDevice.here();
          return new Labeller(bundle.network(), bundle.info().classes());
        });
  }

  private static void requireVersion(String folder, String expected, String found) {
    if (!found.equals(expected)) {
      throw new UserException(
          "the model %s changed while the run was starting: version %s became %s"
              .formatted(folder, expected, found));
    }
  }

  /** What the bundle says of it. */
  public BundleInfo info() {
    return info;
  }

  /** Of its parameters. */
  public String version() {
    return version;
  }

  /**
   * Shared by all threads.
   *
   * @throws UserException if the bundle is no longer what it was
   */
  public synchronized Labeller labeller() {
    if (labeller == null) {
      labeller = reader.get();
    }
    return labeller;
  }

  /** Begins to read the network on a thread of its own, so that it is there when tasks ask. */
  public void prefetch() {
    Thread thread =
        new Thread(
            () -> {
              try {
                labeller();
              } catch (RuntimeException e) {
                // Whoever asks for it meets the same fault and tells it.
              }
            },
            "model reader");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * The model of a location, opened once in this process for all its tasks.
   *
   * @param version that the driver saw; another one is loaded anew
   */
  public static LoadedModel shared(String folder, String version) {
    NetworkDevice.here();
    return LOADED.computeIfAbsent(
        key(folder, version),
        key -> {
          LoadedModel model = read(folder, HadoopConfiguration.current());
          requireVersion(folder, version, model.version());
          return model;
        });
  }

  /** In which precision it labels: 32-bit floats on a CPU, whatever it was trained in. */
  public Precision precision() {
    return precision;
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
