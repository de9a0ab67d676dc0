package org.genrewise.jobs.demo;

import java.nio.file.Path;
import java.util.Optional;
import org.genrewise.corpus.CorpusSettings;
import org.genrewise.device.Device;
import org.genrewise.jobs.settings.Settings;
import org.genrewise.jobs.spark.OutputMode;
import org.genrewise.jobs.train.TrainJobSettings;
import org.genrewise.jobs.train.TrainOptions;
import org.genrewise.training.TrainingSettings;

/**
 * What a demo run does.
 *
 * @param audio the user's own music, laid out as LABEL/track.*; empty: a corpus is rendered
 * @param corpus how much music is rendered
 * @param output folder for everything that the demo leaves
 * @param outputMode what happens if the output exists
 * @param training how the network is trained
 * @param device what it is trained on
 * @param values all settings as resolved, for the parts that read their own
 */
public record DemoSettings(
    Optional<Path> audio,
    CorpusSettings corpus,
    Path output,
    OutputMode outputMode,
    TrainingSettings training,
    Device.Kind device,
    Settings values) {

  /** The train run of the demo. */
  TrainJobSettings train(String features, String output) {
    return TrainOptions.job(
        values, features, output, TrainJobSettings.Start.REFUSE_EXISTING, device);
  }
}
