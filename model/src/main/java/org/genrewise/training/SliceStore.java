package org.genrewise.training;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Slices in a local temporary file: written once, one after the other, then read in any order by
 * any number of threads. In memory are 20 bytes a slice; the operating system's page cache keeps
 * what fits of the rest. The file has no name any more once it is open, so its space is free again
 * when the store is closed or the process ends, however it ends.
 */
public final class SliceStore implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 20;

  private final FileChannel channel;
  private final long[] offsets;
  private final int[] bins;
  private final int[] labels;
  private final int[] tracks;

  private SliceStore(Writer writer) {
    channel = writer.channel;
    offsets = Arrays.copyOf(writer.offsets, writer.size + 1);
    bins = Arrays.copyOf(writer.bins, writer.size);
    labels = Arrays.copyOf(writer.labels, writer.size);
    tracks = Arrays.copyOf(writer.tracks, writer.size);
  }

  /**
   * Begins a store.
   *
   * @param directory where the file is made; it needs room for all slices, about 41 kB each
   */
  public static Writer create(Path directory) throws IOException {
    return new Writer(directory);
  }

  /** Number of slices. */
  public int size() {
    return labels.length;
  }

  /** Class index of a slice. */
  public int label(int slice) {
    return labels[slice];
  }

  /** The number that the writer gave the slice's track. */
  public int track(int slice) {
    return tracks[slice];
  }

  /** Frequency bins of a slice. */
  public int bins(int slice) {
    return bins[slice];
  }

  /** Frames of a slice. */
  public int frames(int slice) {
    return (int) (offsets[slice + 1] - offsets[slice]) / bins[slice];
  }

  /** The 8-bit colour indices of a slice, bins x frames, row-major, low note first. */
  public byte[] indices(int slice) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) (offsets[slice + 1] - offsets[slice]));
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, offsets[slice] + bytes.position()) < 0) {
        throw new EOFException("the store of slices ends before slice " + slice);
      }
    }
    return bytes.array();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** Takes slices, then becomes a store. Not thread-safe. */
  public static final class Writer implements AutoCloseable {
    private final Path directory;
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private long[] offsets = new long[1025];
    private int[] bins = new int[1024];
    private int[] labels = new int[1024];
    private int[] tracks = new int[1024];
    private int size;
    private boolean finished;

    private Writer(Path directory) throws IOException {
      this.directory = directory;
      Path file = Files.createTempFile(directory, "slices-", ".tmp");
      channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
      Files.delete(file);
    }

    /**
     * Adds a slice.
     *
     * @param track a number that its track's slices share
     * @param label class index, 0 or more
     * @param bins rows
     * @param frames columns
     * @param indices bins x frames colour indices; copied
     */
    public void append(int track, int label, int bins, int frames, byte[] indices)
        throws IOException {
      if (bins <= 0 || frames <= 0 || (long) bins * frames != indices.length || label < 0) {
        throw new IllegalArgumentException(
            "slice %d of track %d: %d bins x %d frames with %d indices and label %d"
                .formatted(size, track, bins, frames, indices.length, label));
      }
      if (size == labels.length) {
        grow();
      }
      write(indices);
      this.bins[size] = bins;
      labels[size] = label;
      tracks[size] = track;
      offsets[size + 1] = offsets[size] + indices.length;
      size++;
    }

    /** Ends writing. The store takes over the file; this writer must not be used any more. */
    public SliceStore finish() throws IOException {
      flush();
      finished = true;
      return new SliceStore(this);
    }

    /** Gives the file up unless {@link #finish} was called. */
    @Override
    public void close() throws IOException {
      if (!finished) {
        channel.close();
      }
    }

    private void grow() {
      int capacity = labels.length * 2;
      bins = Arrays.copyOf(bins, capacity);
      labels = Arrays.copyOf(labels, capacity);
      tracks = Arrays.copyOf(tracks, capacity);
      offsets = Arrays.copyOf(offsets, capacity + 1);
    }

    private void write(byte[] bytes) throws IOException {
      for (int from = 0; from < bytes.length; ) {
        if (!buffer.hasRemaining()) {
          flush();
        }
        int count = Math.min(buffer.remaining(), bytes.length - from);
        buffer.put(bytes, from, count);
        from += count;
      }
    }

    private void flush() throws IOException {
      buffer.flip();
      try {
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
      } catch (IOException e) {
        throw new IOException(
            "cannot store slice %d (%d MB so far) in %s: %s; is there room for all slices?"
                .formatted(size, offsets[size] >> 20, directory, e.getMessage()),
            e);
      }
      buffer.clear();
    }
  }
}
