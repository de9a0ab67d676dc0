package org.genrewise.training;

import org.genrewise.device.GpuUse;

/**
 * Where a replica stands after a step.
 *
 * @param epoch from 1
 * @param epochs how many there will be at most
 * @param pictures learnt in this epoch
 * @param picturesInEpoch all of this replica's share
 * @param loss mean over this round so far
 * @param learningRate of this step
 * @param lossScale after this step; 1 in FLOAT32
 * @param skippedSteps of this round, because a gradient was not finite
 * @param bytes memory of the process
 * @param gpu as it was last looked at
 * @param picturesPerSecond learnt since this process began to learn, validation included
 * @param secondsLeft estimate for all epochs
 */
public record TrainingProgress(
    int epoch,
    int epochs,
    long pictures,
    long picturesInEpoch,
    double loss,
    double learningRate,
    double lossScale,
    int skippedSteps,
    long bytes,
    GpuUse gpu,
    double picturesPerSecond,
    double secondsLeft) {}
