package org.genrewise.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.genrewise.training.checkpoint.Checkpoint;
import org.genrewise.training.checkpoint.CheckpointException;
import org.genrewise.training.checkpoint.CheckpointStorage;
import org.genrewise.training.checkpoint.Chunk;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Parameters and the optimiser's state as one long vector, read and written by chunks. */
public final class Vectors {
  private final List<INDArray> parts;
  private final long length;

  Vectors(INDArray... parts) {
    this.parts = List.of(parts);
    this.length = this.parts.stream().mapToLong(INDArray::length).sum();
  }

  /** Number of values. */
  public long length() {
    return length;
  }

  /** A copy of one chunk. */
  public float[] chunk(int index) {
    float[] values = new float[Chunk.length(index, length)];
    eachPiece(
        index,
        (piece, offset) -> {
          float[] copy = piece.toFloatVector();
          System.arraycopy(copy, 0, values, offset, copy.length);
        });
    return values;
  }

  private void set(int index, float[] values) {
    eachPiece(
        index,
        (piece, offset) -> {
          float[] copy = new float[Math.toIntExact(piece.length())];
          System.arraycopy(values, offset, copy, 0, copy.length);
          piece.assign(Nd4j.createFromArray(copy));
        });
  }

  /** Writes all chunks. */
  List<Chunk> write(CheckpointStorage storage, String folder) throws IOException {
    List<Chunk> chunks = new ArrayList<>();
    for (int i = 0; i < Chunk.count(length); i++) {
      chunks.add(Chunk.write(storage, folder, i, chunk(i)));
    }
    return chunks;
  }

  /**
   * Reads all chunks.
   *
   * @throws CheckpointException if the checkpoint is damaged, or belongs to another network
   */
  void read(CheckpointStorage storage, String folder) throws IOException {
    Checkpoint checkpoint = Checkpoint.open(storage, folder);
    if (checkpoint.length() != length) {
      throw new CheckpointException(
          "checkpoint %s has %,d values, this network and optimiser have %,d"
              .formatted(folder, checkpoint.length(), length));
    }
    for (Chunk chunk : checkpoint.chunks()) {
      set(chunk.index(), chunk.read(storage, folder));
    }
  }

  /**
   * Reads the parameters alone, without the optimiser's state.
   *
   * @param parameters flat vector, written
   */
  public static void readParameters(INDArray parameters, CheckpointStorage storage, String folder)
      throws IOException {
    Checkpoint checkpoint = Checkpoint.open(storage, folder);
    INDArray flat = parameters.reshape(parameters.length());
    if (checkpoint.length() < flat.length()) {
      throw new CheckpointException(
          "checkpoint %s has %,d values, this network needs %,d"
              .formatted(folder, checkpoint.length(), flat.length()));
    }
    for (int i = 0; i < Chunk.count(flat.length()); i++) {
      float[] values = checkpoint.chunks().get(i).read(storage, folder);
      long from = (long) i * Chunk.VALUES;
      int count = Chunk.length(i, flat.length());
      flat.get(NDArrayIndex.interval(from, from + count))
          .assign(Nd4j.createFromArray(Arrays.copyOf(values, count)));
    }
  }

  private interface Piece {
    void use(INDArray values, int offsetInChunk);
  }

  private void eachPiece(int chunk, Piece action) {
    long begin = (long) chunk * Chunk.VALUES;
    long end = begin + Chunk.length(chunk, length);
    long partBegin = 0;
    for (INDArray part : parts) {
      long partEnd = partBegin + part.length();
      long from = Math.max(begin, partBegin);
      long to = Math.min(end, partEnd);
      if (from < to) {
        action.use(
            part.get(NDArrayIndex.interval(from - partBegin, to - partBegin)),
            (int) (from - begin));
      }
      partBegin = partEnd;
    }
  }
}
