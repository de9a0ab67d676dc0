package org.genrewise.jobs.weights;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.genrewise.bundle.WeightsImport;
import org.genrewise.jobs.cli.Console;
import org.genrewise.jobs.cli.Eta;
import org.genrewise.jobs.cli.UserException;
import org.genrewise.jobs.cli.Version;
import org.genrewise.jobs.model.BundleFiles;
import org.genrewise.jobs.spark.LocalCopy;
import org.genrewise.jobs.spark.Locations;
import org.genrewise.jobs.spark.Storage;

/** A checkpoint of PyTorch to a bundle. */
public final class ImportWeightsJob {
  private ImportWeightsJob() {}

  /**
   * Reads the checkpoint, a remote one from a copy on local disk, and writes the bundle.
   *
   * @throws UserException if the checkpoint cannot be read, or the output exists
   * @throws org.genrewise.weights.WeightsException if the checkpoint is refused
   */
  public static ImportWeightsResult run(
      Configuration configuration, Console console, ImportWeightsSettings settings) {
    new Storage(configuration).requireAllowed(settings.output(), settings.mode());
    Locations.requireApart("the checkpoint", settings.input(), settings.output());
    try (LocalCopy input = LocalCopy.of(settings.input(), configuration);
        WeightsImport weights = WeightsImport.open(input.path(), settings.checkpoint())) {
      Eta clock = new Eta("MB", Eta.megabytes(weights.values()));
      BundleFiles.Written made =
          BundleFiles.write(
              settings.output(),
              settings.mode(),
              configuration,
              folder ->
                  weights.write(
                      folder,
                      Version.text(),
                      done -> clock.tell(console, "import", Eta.megabytes(done))));
      return new ImportWeightsResult(
          settings.output(),
          made.info(),
          made.version(),
          weights.format(),
          weights.layout(),
          weights.types(),
          weights.values(),
          clock.seconds());
    } catch (IOException e) {
      throw new UserException(
          "the checkpoint %s cannot be read: %s".formatted(settings.input(), e), e);
    }
  }
}
