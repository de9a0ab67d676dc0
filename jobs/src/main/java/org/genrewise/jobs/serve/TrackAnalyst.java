package org.genrewise.jobs.serve;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.genrewise.audio.AudioDecoder;
import org.genrewise.audio.AudioException;
import org.genrewise.audio.AudioPieces;
import org.genrewise.extraction.FeatureExtractor;
import org.genrewise.extraction.FeatureSettings;
import org.genrewise.extraction.TrackFeatures;
import org.genrewise.inference.Labeller;
import org.genrewise.inference.SharedLabeller;
import org.genrewise.inference.SlicePredictions;
import org.genrewise.inference.Votes;
import org.genrewise.picture.Slice;

/**
 * Labels one track at a time for each thread that asks; one network serves all. Thread-safe.
 *
 * <p>Slices go to the network a batch at a time, so that tracks at hand get their share of it in
 * turn, and a track that is given up leaves it soon.
 */
final class TrackAnalyst implements AutoCloseable {
  private static final int BATCHES_IN_FLIGHT = 2;

  private final AudioDecoder decoder;
  private final FeatureExtractor extractor;
  private final SharedLabeller network;
  private final List<String> classes;
  private final int batchSize;

  TrackAnalyst(AudioDecoder decoder, FeatureSettings features, Labeller labeller, int batchSize) {
    this.decoder = decoder;
    this.extractor = new FeatureExtractor(features);
    this.network = new SharedLabeller(labeller, batchSize, 1);
    this.classes = labeller.classes();
    this.batchSize = batchSize;
  }

  /**
   * Labels a file.
   *
   * @param name what messages call it
   * @throws AudioException if it cannot be used as audio, or not decoded in time
   * @throws RequestException if the network does not answer in time
   */
  TrackAnalysis analyse(String name, Path file, Deadline deadline, AnalysisListener listener)
      throws AudioException, RequestException, InterruptedException {
    long start = System.nanoTime();
    double opening;
    TrackFeatures features;
    try (AudioPieces pieces = decoder.pieces(name, file)) {
      OptionalLong claimed = pieces.claimedSamples();
      OptionalDouble total =
          claimed.isPresent()
              ? OptionalDouble.of((double) claimed.getAsLong() / pieces.sampleRate())
              : OptionalDouble.empty();
      WatchedStream stream = new WatchedStream(pieces.whole(), name, total, deadline, listener);
      opening = (System.nanoTime() - start) / 1e9;
      features = extractor.extract(stream);
    }
    return label(features, opening, deadline, listener);
  }

  private TrackAnalysis label(
      TrackFeatures features, double opening, Deadline deadline, AnalysisListener listener)
      throws RequestException, InterruptedException {
    List<Slice> slices = features.slices();
    float[] probabilities = new float[slices.size() * classes.size()];
    Queue<Future<SlicePredictions>> inFlight = new ArrayDeque<>();
    int submitted = 0;
    int done = 0;
    double picture = 0;
    double seconds = 0;
    listener.network(0, slices.size());
    while (done < slices.size()) {
      while (submitted < slices.size() && inFlight.size() < BATCHES_IN_FLIGHT) {
        int end = Math.min(slices.size(), submitted + batchSize);
        inFlight.add(network.submit(slices.subList(submitted, end)));
        submitted = end;
      }
      SlicePredictions some = answer(inFlight.remove(), deadline);
      System.arraycopy(
          some.probabilities(),
          0,
          probabilities,
          done * classes.size(),
          some.probabilities().length);
      picture += some.drawSeconds();
      seconds += some.seconds();
      done += some.slices();
      listener.network(done, slices.size());
    }
    return new TrackAnalysis(
        features,
        Votes.count(classes, probabilities),
        probabilities,
        new TrackAnalysis.Seconds(
            opening + features.decodeSeconds(), features.transformSeconds(), picture, seconds));
  }

  private static SlicePredictions answer(Future<SlicePredictions> future, Deadline deadline)
      throws RequestException, InterruptedException {
    try {
      return future.get(deadline.leftMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new RequestException(
          504,
          "timeout",
          "not labelled within %s s; send a shorter track, or start the server with a larger time-limit"
              .formatted(deadline.seconds()),
          e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the network failed: " + e.getCause(), e.getCause());
    }
  }

  @Override
  public void close() {
    network.close();
  }
}
