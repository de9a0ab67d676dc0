package org.genrewise.jobs.train;

import java.io.Serializable;
import java.util.List;

/**
 * What the task that makes the bundle needs to know.
 *
 * @param replica how the network was trained
 * @param devices that it was trained on; empty if nothing was learnt in this run
 * @param checkpoint folder of the best epoch's vectors
 * @param classes names, in index order
 * @param dataHash of the tracks that were learnt from
 * @param tracks how many they are
 * @param featureVersion of all slices
 * @param modelId what the model shall be called
 * @param bundle location of the bundle
 */
record FinishPlan(
    ReplicaPlan replica,
    List<String> devices,
    String checkpoint,
    List<String> classes,
    String dataHash,
    long tracks,
    String featureVersion,
    String modelId,
    String bundle)
    implements Serializable {}
