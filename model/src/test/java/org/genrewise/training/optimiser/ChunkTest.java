package org.genrewise.training.optimiser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.genrewise.network.ParameterTable.Entry;
import org.genrewise.network.ParameterTable.Kind;
import org.junit.jupiter.api.Test;

class ChunkTest {

  @Test
  void everyValueLiesInOneChunkOfItsKind() {
    List<Chunk> chunks = Chunk.of(Tables.SMALL, false, true, 10);
    long end = 0;
    for (Chunk chunk : chunks) {
      assertEquals(end, chunk.from());
      assertTrue(chunk.to() > chunk.from() && chunk.to() - chunk.from() <= 10);
      end = chunk.to();
      assertEquals(kindAt(chunk.from()), chunk.kind());
      assertEquals(kindAt(chunk.to() - 1), chunk.kind());
    }
    assertEquals(Tables.SMALL.length(), end);
  }

  @Test
  void neighboursAreTreatedTogether() {
    long weightsAndBiases =
        Chunk.of(Tables.SMALL, false, false, Chunk.LONGEST).stream()
            .filter(chunk -> chunk.kind() == Kind.BIAS)
            .count();
    // the running statistics of 16 batch norms lie between
    assertEquals(17, weightsAndBiases);
  }

  @Test
  void frozenFeaturesAreLeftOutButForTheirStatistics() {
    long treatable =
        Tables.SMALL.entries().stream()
            .filter(entry -> !entry.isFeature() || entry.kind() == Kind.STATISTIC)
            .mapToLong(Entry::length)
            .sum();
    long treated =
        Chunk.of(Tables.SMALL, true, true, Chunk.LONGEST).stream()
            .mapToLong(chunk -> chunk.to() - chunk.from())
            .sum();
    assertEquals(treatable, treated);
  }

  private static Kind kindAt(long index) {
    return Tables.SMALL.entries().stream()
        .filter(entry -> index >= entry.offset() && index < entry.offset() + entry.length())
        .findFirst()
        .orElseThrow()
        .kind();
  }
}
