package org.genrewise.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.IntStream;
import org.genrewise.picture.PictureRenderer;

/** Slices of noise with a loud band: low for class 0, in the middle for 1, high for 2. */
final class SyntheticSlices {
  static final int CLASSES = 3;
  static final int BINS = 84;
  static final int FRAMES = 60;

  private SyntheticSlices() {}

  static SliceStore store(Path directory, int size, long seed) throws IOException {
    Random random = new Random(seed);
    try (SliceStore.Writer writer = SliceStore.create(directory)) {
      for (int i = 0; i < size; i++) {
        writer.append(i, i % CLASSES, BINS, FRAMES, slice(i % CLASSES, random));
      }
      return writer.finish();
    }
  }

  static StoredPictures pictures(SliceStore store, int inputSize, int from, int to) {
    return new StoredPictures(
        store, IntStream.range(from, to).toArray(), new PictureRenderer(inputSize));
  }

  static byte[] slice(int label, Random random) {
    byte[] indices = new byte[BINS * FRAMES];
    random.nextBytes(indices);
    int band = label * BINS / CLASSES + random.nextInt(BINS / CLASSES - 10);
    for (int bin = 0; bin < BINS; bin++) {
      for (int frame = 0; frame < FRAMES; frame++) {
        int at = bin * FRAMES + frame;
        int noise = (indices[at] & 0xff) / 4;
        indices[at] = (byte) (bin >= band && bin < band + 10 ? 192 + noise : noise);
      }
    }
    return indices;
  }
}
