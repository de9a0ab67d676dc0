package org.genrewise.jobs.label;

import java.io.Serializable;
import org.genrewise.extraction.FeatureSettings;
import org.genrewise.jobs.model.LoadedModel;
import org.genrewise.jobs.track.DecoderOptions;

/**
 * All that an executor needs to label tracks.
 *
 * @param model folder of the bundle
 * @param features that the model was made for
 */
record LabelWork(
    String model,
    RunIdentity run,
    FeatureSettings features,
    DecoderOptions decoder,
    Analysis analysis)
    implements Serializable {

  static LabelWork of(LabelSettings settings, LoadedModel model, RunIdentity run) {
    return new LabelWork(
        settings.model(),
        run,
        model.info().features(),
        settings.library().decoder(),
        settings.analysis());
  }
}
