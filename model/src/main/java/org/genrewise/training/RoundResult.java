package org.genrewise.training;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.genrewise.device.GpuUse;
import org.genrewise.training.optimiser.LossScaler;

/**
 * What a round brought, of one replica or of all.
 *
 * @param totals of the pictures learnt
 * @param steps applied since the training began
 * @param microBatch pictures that went through the network together
 * @param lossScale state of the loss scaler
 * @param learningRate of the last step
 * @param bytes memory of the process that learnt, in bytes; the most of all replicas
 * @param gpu how busy the GPUs were
 * @param devices that computed, without doubles
 */
public record RoundResult(
    Totals totals,
    long steps,
    int microBatch,
    LossScaler.State lossScale,
    double learningRate,
    long bytes,
    GpuUse gpu,
    List<String> devices)
    implements Serializable {

  public RoundResult {
    devices = List.copyOf(devices);
  }

  /**
   * Two replicas together. The more careful loss scale counts, so that none overflows for sure in
   * the next round.
   */
  public RoundResult plus(RoundResult other) {
    LossScaler.State scale =
        new LossScaler.State(
            Math.min(lossScale.scale(), other.lossScale.scale()),
            Math.min(lossScale.cleanSteps(), other.lossScale.cleanSteps()),
            Math.max(lossScale.skipsInARow(), other.lossScale.skipsInARow()));
    return new RoundResult(
        totals.plus(other.totals),
        Math.max(steps, other.steps),
        Math.min(microBatch, other.microBatch),
        scale,
        Math.max(learningRate, other.learningRate),
        Math.max(bytes, other.bytes),
        gpu.plus(other.gpu),
        Stream.concat(devices.stream(), other.devices.stream()).distinct().sorted().toList());
  }
}
