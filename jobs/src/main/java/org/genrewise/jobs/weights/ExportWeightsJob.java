package org.genrewise.jobs.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.genrewise.bundle.BundleInfo;
import org.genrewise.bundle.WeightsExport;
import org.genrewise.jobs.cli.Console;
import org.genrewise.jobs.cli.Eta;
import org.genrewise.jobs.cli.UserException;
import org.genrewise.jobs.model.BundleFiles;
import org.genrewise.jobs.spark.Locations;
import org.genrewise.jobs.spark.Storage;
import org.genrewise.jobs.spark.TemporaryFolder;

/** A bundle to a file that PyTorch reads. */
public final class ExportWeightsJob {
  private ExportWeightsJob() {}

  /** Writes a file at a local path. */
  @FunctionalInterface
  private interface Writer {
    void to(Path file) throws IOException;
  }

  /**
   * Writes the parameters, and the check if one is wanted.
   *
   * @return what the bundle says
   * @throws UserException if the bundle cannot be read, or an output exists or cannot be written
   */
  public static BundleInfo run(
      Configuration configuration, Console console, ExportWeightsSettings settings) {
    Storage storage = new Storage(configuration);
    Locations.requireApart("the model", settings.model(), settings.output());
    settings
        .check()
        .ifPresent(
            check -> {
              Locations.requireApart("the model", settings.model(), check);
              Locations.requireApart("the file of weights", settings.output(), check);
            });
    storage.requireAllowed(settings.output(), settings.mode());
    settings.check().ifPresent(check -> storage.requireAllowed(check, settings.mode()));
    return BundleFiles.read(
        settings.model(),
        configuration,
        bundle -> {
          Eta clock = new Eta("MB", Eta.megabytes(WeightsExport.values(bundle)));
          write(
              settings.output(),
              storage,
              file ->
                  WeightsExport.write(
                      bundle, file, done -> clock.tell(console, "export", Eta.megabytes(done))));
          if (settings.check().isPresent()) {
            write(settings.check().get(), storage, file -> WeightsExport.writeCheck(bundle, file));
          }
          return bundle.info();
        });
  }

  private static void write(String location, Storage storage, Writer writer) {
    try {
      if (!Locations.isRemote(location)) {
        Path file = Locations.local(location);
        Files.createDirectories(file.getParent());
        writer.to(file);
        return;
      }
      try (TemporaryFolder scratch = TemporaryFolder.create("genrewise-export")) {
        Path file = scratch.path().resolve("weights.safetensors");
        writer.to(file);
        storage.moveToStorage(file, location);
      }
    } catch (IOException e) {
      throw new UserException("%s cannot be written: %s".formatted(location, e), e);
    }
  }
}
