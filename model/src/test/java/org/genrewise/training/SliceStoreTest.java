package org.genrewise.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SliceStoreTest {
  @TempDir Path directory;

  @Test
  void givesBackWhatWasWrittenInAnyOrderToAnyThread() throws IOException {
    int size = 3000;
    try (SliceStore store = fill(size)) {
      assertEquals(size, store.size());
      IntStream.range(0, size)
          .map(i -> (int) (i * 1009L % size))
          .parallel()
          .forEach(
              i -> {
                assertEquals(i % 7, store.label(i));
                assertEquals(i / 3, store.track(i));
                assertEquals(84, store.bins(i));
                assertEquals(5 + i % 3, store.frames(i));
                assertArrayEquals(indices(i), read(store, i));
              });
    }
  }

  @Test
  void leavesNoFileBehind() throws IOException {
    try (SliceStore store = fill(3)) {
      assertEquals(3, store.size());
      try (var files = Files.list(directory)) {
        assertEquals(0, files.count());
      }
    }
  }

  @Test
  void closedIsClosed() throws IOException {
    SliceStore store = fill(3);
    store.close();

    assertThrows(ClosedChannelException.class, () -> store.indices(0));
  }

  @Test
  void refusesASliceThatIsNotWhole() throws IOException {
    try (SliceStore.Writer writer = SliceStore.create(directory)) {
      assertThrows(
          IllegalArgumentException.class, () -> writer.append(0, 0, 84, 5, new byte[84 * 4]));
      assertThrows(IllegalArgumentException.class, () -> writer.append(0, -1, 1, 1, new byte[1]));
    }
  }

  private SliceStore fill(int size) throws IOException {
    try (SliceStore.Writer writer = SliceStore.create(directory)) {
      for (int i = 0; i < size; i++) {
        writer.append(i / 3, i % 7, 84, 5 + i % 3, indices(i));
      }
      return writer.finish();
    }
  }

  private static byte[] indices(int i) {
    byte[] indices = new byte[84 * (5 + i % 3)];
    new Random(i).nextBytes(indices);
    return indices;
  }

  private static byte[] read(SliceStore store, int i) {
    try {
      return store.indices(i);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
