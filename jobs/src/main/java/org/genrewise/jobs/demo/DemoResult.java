package org.genrewise.jobs.demo;

import java.nio.file.Path;
import java.util.List;
import org.genrewise.jobs.extract.ExtractResult;
import org.genrewise.jobs.label.LabelResult;
import org.genrewise.jobs.train.TrainResult;

/**
 * What a demo run brought.
 *
 * @param labelled the tracks that training never saw, and what the model says of them
 * @param report the page with plots
 * @param seconds wall time
 */
public record DemoResult(
    ExtractResult extract,
    TrainResult train,
    LabelResult label,
    List<LabelledTrack> labelled,
    Path report,
    double seconds) {

  /**
   * One labelled track.
   *
   * @param name last two parts of its path
   * @param truth its class
   * @param label what the model says
   * @param confidence mean probability of the label, 0 to 1
   */
  public record LabelledTrack(String name, String truth, String label, double confidence) {
    public boolean right() {
      return truth.equals(label);
    }
  }

  /** Share of the labelled tracks whose label is their class. */
  public double accuracy() {
    return labelled.stream().filter(LabelledTrack::right).count() / (double) labelled.size();
  }
}
