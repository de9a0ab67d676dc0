package org.genrewise.jobs.train;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.genrewise.training.Split.Part;
import org.genrewise.training.TrainingSettings;

/**
 * What the executor that trains needs to know.
 *
 * @param classes names, in index order
 * @param tracks what each track is for, by its id
 * @param featureVersion of all slices
 * @param modelId what the model shall be called
 */
record TrainPlan(
    List<String> classes,
    Map<String, PlannedTrack> tracks,
    TrainingSettings training,
    String featureVersion,
    String modelId)
    implements Serializable {

  /**
   * @param number identity within this training
   * @param label class index
   */
  record PlannedTrack(int number, int label, Part part) implements Serializable {}
}
