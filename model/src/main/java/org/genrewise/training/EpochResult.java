package org.genrewise.training;

import java.io.Serializable;

/**
 * What one epoch brought.
 *
 * @param epoch from 1
 * @param learningRate of its last step
 * @param trainingLoss mean over the pictures as they were learnt, with dropout and class weights
 * @param trainingAccuracy share of pictures recognised as they were learnt, with dropout
 * @param validationLoss mean over the validation pictures, with class weights
 * @param validationAccuracy share of validation pictures recognised
 * @param lossScale at its end; 1 in FLOAT32
 * @param skippedSteps steps that were skipped because a gradient was not finite
 * @param picturesPerSecond learnt, without validation
 * @param seconds that the epoch took, validation included
 */
public record EpochResult(
    int epoch,
    double learningRate,
    double trainingLoss,
    double trainingAccuracy,
    double validationLoss,
    double validationAccuracy,
    double lossScale,
    int skippedSteps,
    double picturesPerSecond,
    double seconds)
    implements Serializable {}
