package org.genrewise.jobs.train;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.genrewise.jobs.cli.Console;
import org.genrewise.jobs.spark.TemporaryFolder;
import org.genrewise.network.NetworkSettings;
import org.genrewise.picture.PictureRenderer;
import org.genrewise.training.NotEnoughMemoryException;
import org.genrewise.training.ProgressLine;
import org.genrewise.training.Replica;
import org.genrewise.training.Round;
import org.genrewise.training.RoundResult;
import org.genrewise.training.Share;
import org.genrewise.training.SliceStore;
import org.genrewise.training.Split.Part;
import org.genrewise.training.StoredPictures;
import org.genrewise.training.Totals;

/**
 * A replica that an executor keeps between rounds, with its share of the slices on local disk. A
 * task that finds none here makes one from its rows and from the last checkpoint, so an executor
 * that is lost costs a round.
 *
 * <p>It works in a thread of its own: ND4J's workspaces belong to threads, and Spark's tasks come
 * in any.
 */
final class HeldReplica {
  private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(5);
  private static final ConcurrentHashMap<String, HeldReplica> HELD = new ConcurrentHashMap<>();

  private final ReplicaPlan plan;
  private final SliceStore store;
  private final ExecutorService thread;
  private final Replica replica;
  private volatile String holds = "";

  private HeldReplica(ReplicaPlan plan, int number, Iterator<PlannedSlice> rows)
      throws IOException {
    this.plan = plan;
    this.thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread daemon = new Thread(task, "genrewise-replica-" + number);
              daemon.setDaemon(true);
              return daemon;
            });
    Part[][] parts = new Part[1][];
    this.store = spool(rows, parts);
    this.replica = inThread(() -> replica(number, parts[0]));
  }

  /**
   * The replica of a number in this process.
   *
   * @param rows its share, ordered; read only if there is no replica yet
   */
  static HeldReplica get(ReplicaPlan plan, int number, Iterator<PlannedSlice> rows) {
    return HELD.computeIfAbsent(
        key(plan.run(), number),
        key -> {
          try {
            return new HeldReplica(plan, number, rows);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** Lets go of a replica, if there is one here. */
  static void release(String run, int number) throws IOException {
    HeldReplica held = HELD.remove(key(run, number));
    if (held != null) {
      held.inThread(
          () -> {
            held.replica.close();
            return null;
          });
      held.thread.shutdown();
      held.store.close();
    }
  }

  private static String key(String run, int number) {
    return run + " " + number;
  }

  /** The store's file has no name once it is open, so nothing stays behind. */
  private static SliceStore spool(Iterator<PlannedSlice> rows, Part[][] parts) throws IOException {
    List<Part> all = new ArrayList<>();
    try (TemporaryFolder scratch = TemporaryFolder.create("genrewise-train");
        SliceStore.Writer writer = SliceStore.create(scratch.path())) {
      while (rows.hasNext()) {
        PlannedSlice slice = rows.next();
        writer.append(slice.track(), slice.label(), slice.bins(), slice.frames(), slice.indices());
        all.add(slice.part());
      }
      parts[0] = all.toArray(Part[]::new);
      return writer.finish();
    }
  }

  private Replica replica(int number, Part[] parts) throws IOException {
    NetworkSettings network = plan.network();
    PictureRenderer renderer = network.pictureRenderer();
    Replica made =
        new Replica(
            plan.settings(),
            network,
            new Share(
                number,
                pictures(parts, Part.TRAIN, renderer),
                pictures(parts, Part.VALIDATION, renderer)),
            plan.classWeights(),
            new ProgressLine(Console.standard()::note, PROGRESS_INTERVAL));
    if (plan.initial() != null) {
      plan.initial().initialise(made.network());
    }
    return made;
  }

  private StoredPictures pictures(Part[] parts, Part part, PictureRenderer renderer) {
    int[] slices = IntStream.range(0, parts.length).filter(i -> parts[i] == part).toArray();
    return new StoredPictures(store, slices, renderer);
  }

  /** Whether a round can begin here: the first weights are gone once a round has begun. */
  boolean canBegin(String base) {
    return !base.isEmpty() || base.equals(holds);
  }

  /** Learns a round from its base. */
  RoundResult learn(Round round) throws IOException {
    return inThread(
        () -> {
          hold(round.base());
          holds = null;
          return replica.learn(round);
        });
  }

  /** One chunk of the vectors as they are. */
  float[] chunk(int index) throws IOException {
    return inThread(() -> replica.vectors().chunk(index));
  }

  /** Length of the vectors. */
  long length() {
    return replica.vectors().length();
  }

  /** Tells that the vectors are those of a folder. */
  void holds(String folder) {
    holds = folder;
  }

  Totals validate(String folder) throws IOException {
    return inThread(
        () -> {
          hold(folder);
          return replica.validate();
        });
  }

  private void hold(String folder) throws IOException {
    if (!folder.equals(holds)) {
      replica.load(plan.storage(), folder);
      holds = folder;
    }
  }

  private <T> T inThread(Callable<T> work) throws IOException {
    try {
      return thread.submit(work).get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      Optional<OutOfMemoryError> shortage = NotEnoughMemoryException.cause(e);
      if (shortage.isPresent()) {
        throw new NotEnoughMemoryException(shortage.get());
      }
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a replica was at work");
    }
  }
}
