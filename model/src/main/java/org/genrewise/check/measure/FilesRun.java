package org.genrewise.check.measure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.genrewise.audio.DecoderSettings;
import org.genrewise.audio.StandardAudioDecoder;
import org.genrewise.device.Device;
import org.genrewise.extraction.FeatureExtractor;
import org.genrewise.extraction.FeatureSettings;
import org.genrewise.inference.Labeller;
import org.genrewise.inference.SharedLabeller;
import org.genrewise.inference.SlicePredictions;

/**
 * Labels files to measure how long it takes: they are read and transformed on all cores while one
 * network labels, as the verb label does it.
 */
public final class FilesRun implements AutoCloseable {
  private static final int CPU_BATCH = Labeller.DEFAULT_BATCH_SIZE;
  private static final int CUDA_BATCH = 32;

  private final StandardAudioDecoder decoder = new StandardAudioDecoder(DecoderSettings.DEFAULT);
  private final FeatureExtractor extractor;
  private final SharedLabeller labeller;
  private final int batch;
  private final int threads = Runtime.getRuntime().availableProcessors();
  private final ExecutorService readers = Executors.newFixedThreadPool(threads);

  /**
   * @param labeller its network
   * @param features what it sees of the files
   * @param device that it runs on, which decides the batch
   */
  public FilesRun(Labeller labeller, FeatureSettings features, Device.Kind device) {
    this.extractor = new FeatureExtractor(features);
    this.batch = device == Device.Kind.CUDA ? CUDA_BATCH : CPU_BATCH;
    this.labeller = new SharedLabeller(labeller, batch, 1);
  }

  /** Slices that go through the network together, at most. */
  public int batch() {
    return batch;
  }

  /** Threads that read files. */
  public int readingThreads() {
    return threads;
  }

  /**
   * Labels files once.
   *
   * @return seconds from the first byte to the last label
   * @throws ExecutionException if one cannot be labelled
   */
  public double seconds(List<Path> files) throws ExecutionException, InterruptedException {
    long begin = System.nanoTime();
    List<Future<Future<SlicePredictions>>> tracks = new ArrayList<>();
    for (Path file : files) {
      tracks.add(
          readers.submit(() -> labeller.submit(extractor.extract(decoder.open(file)).slices())));
    }
    for (Future<Future<SlicePredictions>> track : tracks) {
      track.get().get().track();
    }
    return (System.nanoTime() - begin) / 1e9;
  }

  @Override
  public void close() {
    readers.shutdownNow();
    labeller.close();
  }
}
