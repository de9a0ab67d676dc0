package org.genrewise.training.checkpoint;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The checkpoints of one training, oldest first by name. A folder becomes a checkpoint by its
 * manifest, which is written last; what a killed run left without one is never used.
 */
public final class Checkpoints {
  private final CheckpointStorage storage;
  private final int keep;

  /**
   * @param keep how many of the newest are kept, at least 1; the best epoch's is kept besides
   */
  public Checkpoints(CheckpointStorage storage, int keep) {
    if (keep < 1) {
      throw new IllegalArgumentException("keep-checkpoints must be at least 1, not " + keep);
    }
    this.storage = storage;
    this.keep = keep;
  }

  public CheckpointStorage storage() {
    return storage;
  }

  /** The folder for the state after some batches of an epoch. */
  public static String folder(int epoch, int batch) {
    return "epoch-%05d-batch-%07d".formatted(epoch, batch);
  }

  /** Makes a folder with all its chunks a checkpoint. */
  public void commit(String folder, Map<String, ?> state, List<Chunk> chunks) throws IOException {
    Checkpoint.commit(storage, folder, state, chunks);
  }

  /**
   * The newest checkpoint of which every byte is right.
   *
   * @param refused is told of those that are passed over
   */
  public Optional<Checkpoint> latest(Consumer<String> refused) throws IOException {
    List<String> newestFirst = new ArrayList<>(storage.folders());
    newestFirst.sort(Comparator.reverseOrder());
    for (String folder : newestFirst) {
      try {
        Checkpoint checkpoint = Checkpoint.open(storage, folder);
        for (Chunk chunk : checkpoint.chunks()) {
          chunk.read(storage, folder);
        }
        return Optional.of(checkpoint);
      } catch (FileNotFoundException e) {
        refused.accept("checkpoint %s was never finished".formatted(folder));
      } catch (CheckpointException e) {
        refused.accept(e.getMessage());
      }
    }
    return Optional.empty();
  }

  /**
   * Deletes what is not needed any more.
   *
   * @param current the folder written last
   * @param needed folders that stay, whatever their age
   */
  public void prune(String current, Set<String> needed) throws IOException {
    List<String> older = new ArrayList<>(storage.folders());
    older.removeIf(folder -> folder.compareTo(current) >= 0);
    older.sort(Comparator.reverseOrder());
    Set<String> kept = new HashSet<>(needed);
    kept.addAll(older.subList(0, Math.min(keep - 1, older.size())));
    for (String folder : older) {
      if (!kept.contains(folder)) {
        storage.delete(folder);
      }
    }
  }
}
