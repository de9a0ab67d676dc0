package org.genrewise.jobs.benchmark;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.genrewise.picture.Slice;
import org.genrewise.training.SliceStore;

/** The slices of the files on disk, from the process that makes them to those that learn. */
final class PreparedSlices {
  private PreparedSlices() {}

  /** Takes slices, track by track in order. */
  static final class Writer implements AutoCloseable {
    private final DataOutputStream out;

    Writer(Path file) throws IOException {
      out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)));
    }

    void append(Slice slice) throws IOException {
      out.writeInt(slice.bins());
      out.writeInt(slice.frames());
      out.write(slice.indices());
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }

  /**
   * The slices of the tracks that have a label, in order, each with its track's number and class.
   *
   * @param file that a writer has closed
   * @param classes names, in index order
   * @param directory for the store's own file
   */
  static SliceStore store(Path file, PreparedFiles files, List<String> classes, Path directory)
      throws IOException {
    try (DataInputStream in =
            new DataInputStream(new BufferedInputStream(Files.newInputStream(file)));
        SliceStore.Writer store = SliceStore.create(directory)) {
      for (int track = 0; track < files.tracks().size(); track++) {
        PreparedTrack prepared = files.tracks().get(track);
        for (int i = 0; i < prepared.slices(); i++) {
          int bins = in.readInt();
          int frames = in.readInt();
          byte[] indices = in.readNBytes(Math.multiplyExact(bins, frames));
          if (prepared.label().isPresent()) {
            int label = classes.indexOf(prepared.label().get());
            store.append(track, label, bins, frames, indices);
          }
        }
      }
      return store.finish();
    }
  }
}
