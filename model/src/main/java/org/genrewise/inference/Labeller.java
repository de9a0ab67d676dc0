package org.genrewise.inference;

import java.util.List;
import org.genrewise.network.Precision;
import org.genrewise.picture.PictureRenderer;
import org.genrewise.picture.Slice;

/**
 * Labels tracks: draws their slices, asks the network, counts the votes. Immutable and thread-safe;
 * a call in flight holds the pictures of one batch.
 */
public final class Labeller {

  /** Enough to keep a processor busy; more brings no speed there. */
  public static final int DEFAULT_BATCH_SIZE = 8;

  private final CompiledNetwork network;
  private final PictureRenderer renderer;
  private final List<String> classes;
  private final int batchSize;

  /** Batches of {@value #DEFAULT_BATCH_SIZE} slices. */
  public Labeller(CompiledNetwork network, List<String> classes) {
    this(network, classes, DEFAULT_BATCH_SIZE);
  }

  /**
   * @param classes names, in the order of the network's outputs
   * @param batchSize slices that go through the network together, at least 1
   */
  public Labeller(CompiledNetwork network, List<String> classes, int batchSize) {
    if (classes.size() != network.settings().classes() || batchSize < 1) {
      throw new IllegalArgumentException(
          "a network of %d classes with %d class names and batches of %d"
              .formatted(network.settings().classes(), classes.size(), batchSize));
    }
    this.network = network;
    this.renderer = network.settings().pictureRenderer();
    this.classes = List.copyOf(classes);
    this.batchSize = batchSize;
  }

  /** Names, in the order of the network's outputs. */
  public List<String> classes() {
    return classes;
  }

  CompiledNetwork network() {
    return network;
  }

  PictureRenderer renderer() {
    return renderer;
  }

  /** In which precision the network computes. */
  public Precision precision() {
    return network.precision();
  }

  /**
   * What the slices of a track say together.
   *
   * @param slices at least one
   */
  public TrackPrediction label(List<Slice> slices) {
    return Votes.count(classes, probabilities(slices));
  }

  /** What each slice says on its own: slices x classes, row-major, probabilities. */
  public float[] probabilities(List<Slice> slices) {
    float[] all = new float[slices.size() * classes.size()];
    float[] pictures =
        new float[Math.multiplyExact(Math.min(batchSize, slices.size()), renderer.values())];
    for (int from = 0; from < slices.size(); from += batchSize) {
      int count = Math.min(batchSize, slices.size() - from);
      for (int i = 0; i < count; i++) {
        renderer.render(slices.get(from + i), pictures, i * renderer.values());
      }
      float[] some = network.probabilities(pictures, count);
      System.arraycopy(some, 0, all, from * classes.size(), some.length);
    }
    return all;
  }
}
