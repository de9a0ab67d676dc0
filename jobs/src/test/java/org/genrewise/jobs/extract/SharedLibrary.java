package org.genrewise.jobs.extract;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.genrewise.extraction.FeatureSettings;
import org.genrewise.jobs.spark.OutputMode;
import org.genrewise.jobs.testing.LocalSpark;
import org.genrewise.jobs.track.LibrarySettings;

/** Extracts a library of the shared test data as its manifest names it, at the defaults. */
final class SharedLibrary {
  private SharedLibrary() {}

  static ExtractResult extract(Path library, String output) {
    FeatureSettings features = FeatureSettings.DEFAULT;
    return ExtractJob.run(
        LocalSpark.session(),
        LocalSpark.silence(),
        new ExtractSettings(
            LibrarySettings.of(
                library.toString(),
                Optional.of(library.resolve("manifest.csv").toString()),
                LibrarySettings.SCHEMA.resolve(Optional.empty(), List.of()),
                features.cqt().sampleRate()),
            features,
            output,
            OutputMode.REFUSE_EXISTING));
  }
}
