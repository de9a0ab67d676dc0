package org.genrewise.jobs.label;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;
import org.genrewise.audio.AudioException;
import org.genrewise.extraction.TrackFeatures;
import org.genrewise.inference.SharedLabeller;
import org.genrewise.inference.SlicePredictions;
import org.genrewise.jobs.library.Track;
import org.genrewise.jobs.model.LoadedModel;
import org.genrewise.jobs.track.FailureTable;
import org.genrewise.jobs.track.Retry;

/**
 * The rows of one task. Its thread reads tracks; the executor's one network answers on threads of
 * its own. A few tracks ahead are read while answers are awaited, so neither waits for the other.
 */
final class TrackLabelling implements Iterator<Row> {
  private static final int TRACKS_IN_FLIGHT = 4;

  private final Iterator<Track> tracks;
  private final LabelWork work;
  private final StageSeconds seconds;
  private final LongAccumulator done;
  private final TrackReader reader;
  private final SharedLabeller labeller;
  private final Queue<Supplier<Row>> inFlight = new ArrayDeque<>();

  /**
   * @param done counts tracks
   */
  TrackLabelling(
      Iterator<Track> tracks, LabelWork work, StageSeconds seconds, LongAccumulator done) {
    this.tracks = tracks;
    this.work = work;
    this.seconds = seconds;
    this.done = done;
    this.reader = new TrackReader(work);
    this.labeller = SharedLabellers.of(work);
  }

  @Override
  public boolean hasNext() {
    return tracks.hasNext() || !inFlight.isEmpty();
  }

  @Override
  public Row next() {
    while (inFlight.size() < TRACKS_IN_FLIGHT && tracks.hasNext()) {
      inFlight.add(begin(tracks.next()));
    }
    if (inFlight.isEmpty()) {
      throw new NoSuchElementException();
    }
    Row row = inFlight.remove().get();
    done.add(1);
    return row;
  }

  private Supplier<Row> begin(Track track) {
    try {
      Retry.Outcome<TrackReader.Reading> outcome =
          work.analysis().retry().run(() -> reader.read(track));
      if (outcome.failed() != null) {
        Row row = failure(track, outcome.failed());
        return () -> row;
      }
      TrackReader.Reading reading = outcome.value();
      TrackFeatures features = reading.features();
      seconds.decode().add(features.decodeSeconds());
      seconds.transform().add(features.transformSeconds());
      long start = System.nanoTime();
      Future<SlicePredictions> answer = labeller.submit(features.slices());
      seconds.draw().add((System.nanoTime() - start) / 1e9);
      ReadTrack read = ReadTrack.of(track, reading.state(), features);
      return () -> finish(track, read, answer);
    } catch (InterruptedException e) {
      throw stopped(e);
    } catch (RuntimeException e) {
      // One track must not cost the others, even where the fault is ours.
      Row row = internal(track, "features", e);
      return () -> row;
    } catch (OutOfMemoryError e) {
      Row row = outOfMemory(track, "features", e);
      return () -> row;
    }
  }

  private Row finish(Track track, ReadTrack read, Future<SlicePredictions> answer) {
    try {
      long start = System.nanoTime();
      SlicePredictions predictions = answer.get();
      seconds.answer().add((System.nanoTime() - start) / 1e9);
      seconds.network().add(predictions.seconds());
      Row label =
          LabelTable.row(
              read,
              predictions,
              work.analysis(),
              work.run(),
              LoadedModel.shared(work.model(), work.run().modelVersion()).precision());
      return OutcomeTable.labelled(
          label,
          work.analysis().writeSlices()
              ? SliceTable.rows(read, predictions, work.features().sliceSeconds(), work.run())
              : null);
    } catch (InterruptedException e) {
      throw stopped(e);
    } catch (ExecutionException e) {
      return e.getCause() instanceof OutOfMemoryError
          ? outOfMemory(track, "network", e.getCause())
          : internal(track, "network", e.getCause());
    } catch (RuntimeException e) {
      return internal(track, "network", e);
    }
  }

  private static IllegalStateException stopped(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("the task was stopped", e);
  }

  private Row failure(Track track, Retry.Failed failed) {
    AudioException fault = failed.fault();
    return failure(
        track,
        "decode",
        fault.kind().id(),
        fault.kind().permanent(),
        fault.getMessage(),
        failed.attempts());
  }

  private Row internal(Track track, String stage, Throwable fault) {
    return failure(track, stage, FailureTable.INTERNAL, false, fault.toString(), 1);
  }

  private Row outOfMemory(Track track, String stage, Throwable fault) {
    return failure(track, stage, LabelFailures.OUT_OF_MEMORY, false, fault.toString(), 1);
  }

  /** With the state of the file as it was listed, which is what the next listing compares. */
  private Row failure(
      Track track, String stage, String kind, boolean permanent, String message, int attempts) {
    return OutcomeTable.failed(
        LabelFailures.row(
            track, track.state(), stage, kind, permanent, message, attempts, work.run()));
  }
}
