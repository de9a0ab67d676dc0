package org.genrewise.jobs.train;

import java.util.List;
import org.genrewise.device.GpuUse;
import org.genrewise.evaluation.Evaluation;
import org.genrewise.training.Track;
import org.genrewise.training.TrainingResult;

/**
 * What a train run brought.
 *
 * @param model folder of the bundle
 * @param training the course of the training
 * @param test the model on the test part
 * @param testTracks the tracks that training never saw
 * @param gpu how busy the GPUs were while it learnt
 * @param seconds wall time
 */
public record TrainResult(
    String model,
    TrainingResult training,
    Evaluation test,
    List<Track> testTracks,
    GpuUse gpu,
    double seconds) {}
