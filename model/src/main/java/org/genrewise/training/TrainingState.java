package org.genrewise.training;

import com.typesafe.config.Config;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.genrewise.training.optimiser.LearningRate;
import org.genrewise.training.optimiser.LossScaler;

/**
 * Where a training stands between two rounds: with the vectors of parameters and of the optimiser's
 * state, all that is needed to go on. Random numbers are functions of the seed and of these
 * counters.
 *
 * @param folder of the checkpoint that holds the vectors; none before the first round
 * @param epoch under way, from 1
 * @param batch how many batches of the epoch each replica has done
 * @param steps how many steps were applied
 * @param microBatch pictures that go through the network together; 0 if not yet measured
 * @param lossScale of the loss scaler
 * @param learningRate of the schedule
 * @param totals of the epoch under way
 * @param seconds that were spent on the epoch under way
 * @param history one entry an epoch that has ended
 * @param best the epoch with the lowest validation loss, from 1, the first of equals; 0 before the
 *     first has ended
 * @param bestFolder of the checkpoint of that epoch; empty before the first has ended
 */
record TrainingState(
    Optional<String> folder,
    int epoch,
    int batch,
    long steps,
    int microBatch,
    LossScaler.State lossScale,
    LearningRate.State learningRate,
    Totals totals,
    double seconds,
    List<EpochResult> history,
    int best,
    String bestFolder) {

  TrainingState {
    history = List.copyOf(history);
  }

  static TrainingState start(LossScaler.State lossScale) {
    return new TrainingState(
        Optional.empty(),
        1,
        0,
        0,
        0,
        lossScale,
        LearningRate.start(),
        Totals.NONE,
        0,
        List.of(),
        0,
        "");
  }

  /** After a round. */
  TrainingState after(Round round, RoundResult result, double seconds) {
    return new TrainingState(
        Optional.of(round.target()),
        epoch,
        round.end(),
        result.steps(),
        result.microBatch(),
        result.lossScale(),
        learningRate,
        totals.plus(result.totals()),
        this.seconds + seconds,
        history,
        best,
        bestFolder);
  }

  /** After the validation that ends an epoch. */
  TrainingState epochEnded(EpochResult result, LearningRate.State learningRate) {
    List<EpochResult> extended = new ArrayList<>(history);
    extended.add(result);
    boolean better = best == 0 || result.validationLoss() < history.get(best - 1).validationLoss();
    return new TrainingState(
        folder,
        epoch + 1,
        0,
        steps,
        microBatch,
        lossScale,
        learningRate,
        Totals.NONE,
        0,
        extended,
        better ? result.epoch() : best,
        better ? folder.orElseThrow() : bestFolder);
  }

  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("epoch", epoch);
    map.put("batch", batch);
    map.put("steps", steps);
    map.put("micro-batch", microBatch);
    map.put(
        "loss-scale", List.of(lossScale.scale(), lossScale.cleanSteps(), lossScale.skipsInARow()));
    map.put(
        "learning-rate",
        List.of(
            learningRate.multiplier(),
            // JSON has no infinity
            Double.toString(learningRate.best()),
            learningRate.epochsWithoutProgress()));
    map.put(
        "totals",
        List.of(
            totals.loss(), totals.weight(), totals.hits(), totals.pictures(), totals.skipped()));
    map.put("seconds", seconds);
    map.put("history", history.stream().map(TrainingState::row).toList());
    map.put("best", best);
    map.put("best-folder", bestFolder);
    return map;
  }

  private static List<Object> row(EpochResult epoch) {
    return Stream.<Number>of(
            epoch.epoch(),
            epoch.learningRate(),
            epoch.trainingLoss(),
            epoch.trainingAccuracy(),
            epoch.validationLoss(),
            epoch.validationAccuracy(),
            epoch.lossScale(),
            epoch.skippedSteps(),
            epoch.picturesPerSecond(),
            epoch.seconds())
        // a loss that never was has no number, and JSON no word for that
        .map(v -> Double.isFinite(v.doubleValue()) ? v : (Object) v.toString())
        .toList();
  }

  /** Reads what {@link #toMap} wrote, of the checkpoint in a folder. */
  static TrainingState of(Config map, String folder) {
    List<Number> scale = map.getNumberList("loss-scale");
    List<? extends Object> rate = map.getList("learning-rate").unwrapped();
    List<Number> totals = map.getNumberList("totals");
    return new TrainingState(
        Optional.of(folder),
        map.getInt("epoch"),
        map.getInt("batch"),
        map.getLong("steps"),
        map.getInt("micro-batch"),
        new LossScaler.State(
            scale.get(0).doubleValue(), scale.get(1).intValue(), scale.get(2).intValue()),
        new LearningRate.State(
            ((Number) rate.get(0)).doubleValue(),
            Double.parseDouble(rate.get(1).toString()),
            ((Number) rate.get(2)).intValue()),
        new Totals(
            totals.get(0).doubleValue(),
            totals.get(1).doubleValue(),
            totals.get(2).longValue(),
            totals.get(3).longValue(),
            totals.get(4).intValue()),
        map.getDouble("seconds"),
        history(map),
        map.getInt("best"),
        map.getString("best-folder"));
  }

  private static List<EpochResult> history(Config map) {
    List<EpochResult> history = new ArrayList<>();
    for (Object entry : map.getList("history").unwrapped()) {
      List<?> row = (List<?>) entry;
      double[] v =
          row.stream().mapToDouble(value -> Double.parseDouble(value.toString())).toArray();
      history.add(
          new EpochResult((int) v[0], v[1], v[2], v[3], v[4], v[5], v[6], (int) v[7], v[8], v[9]));
    }
    return history;
  }
}
