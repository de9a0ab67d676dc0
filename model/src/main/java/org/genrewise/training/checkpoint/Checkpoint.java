package org.genrewise.training.checkpoint;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.genrewise.json.Json;

/**
 * A moment of a training that it can go on from.
 *
 * @param folder where it lies
 * @param state where the training stood, as the trainer wrote it down
 * @param chunks of the vector of parameters and of the optimiser's state, in order
 */
public record Checkpoint(String folder, Config state, List<Chunk> chunks) {
  private static final String MANIFEST = "checkpoint.json";
  private static final int FORMAT = 1;
  private static final int LONGEST_MANIFEST = 1 << 24;

  public Checkpoint {
    chunks = List.copyOf(chunks);
  }

  /** Makes the chunks of a folder a checkpoint, from one moment to the next. */
  static void commit(
      CheckpointStorage storage, String folder, Map<String, ?> state, List<Chunk> chunks)
      throws IOException {
    List<Map<String, ?>> list = new ArrayList<>();
    for (Chunk chunk : chunks) {
      list.add(Map.of("length", chunk.length(), "crc32c", chunk.checksum()));
    }
    String json = Json.render(Map.of("format", FORMAT, "state", state, "chunks", list));
    storage.commit(folder, MANIFEST, json.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Opens a checkpoint.
   *
   * @throws CheckpointException if its manifest is wrong
   * @throws java.io.FileNotFoundException if it has none: it was never finished
   */
  public static Checkpoint open(CheckpointStorage storage, String folder) throws IOException {
    String name = folder + "/" + MANIFEST;
    try (InputStream in = storage.open(folder, MANIFEST)) {
      byte[] bytes = in.readNBytes(LONGEST_MANIFEST);
      Config json = Json.parse(name, new String(bytes, StandardCharsets.UTF_8));
      if (json.getInt("format") != FORMAT) {
        throw new CheckpointException(
            "%s has format %d, this program reads %d"
                .formatted(name, json.getInt("format"), FORMAT));
      }
      List<Chunk> chunks = new ArrayList<>();
      for (Config chunk : json.getConfigList("chunks")) {
        int length = chunk.getInt("length");
        boolean afterShort =
            !chunks.isEmpty() && chunks.get(chunks.size() - 1).length() < Chunk.VALUES;
        if (length < 1 || length > Chunk.VALUES || afterShort) {
          throw new CheckpointException(
              "%s: chunk %d cannot hold %d values".formatted(name, chunks.size(), length));
        }
        chunks.add(new Chunk(chunks.size(), length, chunk.getLong("crc32c")));
      }
      return new Checkpoint(folder, json.getConfig("state"), chunks);
    } catch (ConfigException | IllegalArgumentException e) {
      throw new CheckpointException("%s is refused: %s".formatted(name, e.getMessage()), e);
    }
  }

  /** Number of values of the vector. */
  public long length() {
    return chunks.stream().mapToLong(Chunk::length).sum();
  }
}
