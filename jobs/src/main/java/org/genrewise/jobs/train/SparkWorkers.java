package org.genrewise.jobs.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.HashPartitioner;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.genrewise.jobs.cli.UserException;
import org.genrewise.jobs.spark.NetworkDevice;
import org.genrewise.network.ParameterTable;
import org.genrewise.training.NotEnoughMemoryException;
import org.genrewise.training.Round;
import org.genrewise.training.RoundResult;
import org.genrewise.training.Totals;
import org.genrewise.training.Workers;
import org.genrewise.training.checkpoint.CheckpointStorage;
import org.genrewise.training.checkpoint.Chunk;
import org.genrewise.training.optimiser.Optimiser;
import org.genrewise.training.optimiser.TrainingDivergedException;
import scala.Tuple2;

/**
 * Replicas on Spark's executors. A round is one job: every replica learns, then their vectors are
 * shuffled by chunks, averaged where they arrive, and written to the checkpoint's storage, from
 * where the replicas take them for the next round. The driver sees counts and losses, never a
 * parameter. A single replica writes its vectors itself.
 */
final class SparkWorkers implements Workers {

  /** The key of results among those of chunks. */
  private static final int RESULT = -1;

  /** Chunks that a reducing task holds at the same time, about. */
  private static final int CHUNKS_A_TASK = 8;

  private final JavaRDD<PlannedSlice> shares;
  private final Broadcast<ReplicaPlan> broadcast;
  private final ReplicaPlan plan;
  private final int batches;

  /**
   * @param shares one partition a replica, ordered
   * @param batches of an epoch in the largest share
   */
  SparkWorkers(
      JavaRDD<PlannedSlice> shares,
      Broadcast<ReplicaPlan> broadcast,
      ReplicaPlan plan,
      int batches) {
    this.shares = shares;
    this.broadcast = broadcast;
    this.plan = plan;
    this.batches = batches;
  }

  @Override
  public int batches() {
    return batches;
  }

  @Override
  public Finished learn(Round round) {
    Broadcast<ReplicaPlan> replicas = broadcast;
    List<Outcome> outcomes =
        shares.getNumPartitions() == 1
            ? shares.mapPartitions(rows -> learnAndWrite(replicas.value(), rows, round)).collect()
            : averaged(round);
    outcomes.forEach(Outcome::requireSuccess);
    List<Chunk> chunks = new ArrayList<>();
    RoundResult result = null;
    for (Outcome outcome : outcomes) {
      chunks.addAll(outcome.chunks());
      result = outcome.result() == null ? result : outcome.result();
    }
    chunks.sort(Comparator.comparingInt(Chunk::index));
    return new Finished(result, chunks);
  }

  private List<Outcome> averaged(Round round) {
    Broadcast<ReplicaPlan> replicas = broadcast;
    int reducers =
        Math.max(1, Math.min(chunkCount() / CHUNKS_A_TASK, 4 * shares.getNumPartitions()));
    CheckpointStorage storage = plan.storage();
    return shares
        .mapPartitionsToPair(rows -> learnAndSend(replicas.value(), rows, round))
        // what a replica sends is as large as its network, so nothing is gathered before the
        // shuffle
        .combineByKey(
            piece -> piece,
            Piece::merge,
            Piece::merge,
            new HashPartitioner(reducers),
            false,
            SparkEnv.get().serializer())
        .mapPartitions(pieces -> write(storage, round.target(), pieces))
        .collect();
  }

  private int chunkCount() {
    ParameterTable table = ParameterTable.of(plan.network());
    long state = Optimiser.stateLength(plan.settings().optimiser(), table);
    return Chunk.count(table.length() + state);
  }

  private static HeldReplica replica(ReplicaPlan plan, Iterator<PlannedSlice> rows, String base)
      throws IOException {
    NetworkDevice.here();
    int number = TaskContext.getPartitionId();
    HeldReplica held = HeldReplica.get(plan, number, rows);
    if (!held.canBegin(base)) {
      HeldReplica.release(plan.run(), number);
      held = HeldReplica.get(plan, number, rows);
    }
    return held;
  }

  private static Iterator<Outcome> learnAndWrite(
      ReplicaPlan plan, Iterator<PlannedSlice> rows, Round round) throws IOException {
    try {
      HeldReplica held = replica(plan, rows, round.base());
      RoundResult result = held.learn(round);
      List<Chunk> chunks = new ArrayList<>();
      for (int i = 0; i < Chunk.count(held.length()); i++) {
        chunks.add(Chunk.write(plan.storage(), round.target(), i, held.chunk(i)));
      }
      held.holds(round.target());
      return List.of(new Outcome(result, chunks, null)).iterator();
    } catch (TrainingDivergedException | NotEnoughMemoryException e) {
      return List.of(Outcome.failed(e)).iterator();
    }
  }

  private static Iterator<Tuple2<Integer, Piece>> learnAndSend(
      ReplicaPlan plan, Iterator<PlannedSlice> rows, Round round) throws IOException {
    HeldReplica held = replica(plan, rows, round.base());
    RoundResult result;
    try {
      result = held.learn(round);
    } catch (TrainingDivergedException | NotEnoughMemoryException e) {
      throw new UserException(e.getMessage(), e);
    }
    double weight = result.totals().pictures();
    Iterator<Integer> places =
        IntStream.range(RESULT, Chunk.count(held.length())).boxed().iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return places.hasNext();
      }

      @Override
      public Tuple2<Integer, Piece> next() {
        int place = places.next();
        try {
          return new Tuple2<>(
              place,
              place == RESULT ? Piece.of(result) : new Piece(null, weight, held.chunk(place)));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }

  private static Iterator<Outcome> write(
      CheckpointStorage storage, String folder, Iterator<Tuple2<Integer, Piece>> pieces)
      throws IOException {
    List<Chunk> chunks = new ArrayList<>();
    RoundResult result = null;
    while (pieces.hasNext()) {
      Tuple2<Integer, Piece> piece = pieces.next();
      if (piece._1() == RESULT) {
        result = piece._2().result();
      } else {
        chunks.add(Chunk.write(storage, folder, piece._1(), piece._2().values()));
      }
    }
    return Collections.singletonList(new Outcome(result, chunks, null)).iterator();
  }

  @Override
  public Totals validate(String folder) {
    Broadcast<ReplicaPlan> replicas = broadcast;
    return shares
        .mapPartitions(
            rows -> List.of(replica(replicas.value(), rows, folder).validate(folder)).iterator())
        .collect()
        .stream()
        .reduce(Totals.NONE, Totals::plus);
  }

  /** Has the executors let go of their replicas. */
  void release() {
    String run = plan.run();
    shares.foreachPartition(rows -> HeldReplica.release(run, TaskContext.getPartitionId()));
    shares.unpersist();
  }
}
