package org.genrewise.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.genrewise.cqt.CqtSettings;
import org.junit.jupiter.api.Test;

class SliceGridTest {

  @Test
  void choosesTheMiddleOfEachShare() {
    SliceGrid grid = new SliceGrid(490, 23, 179);
    assertArrayEquals(new int[] {11}, grid.evenlySpaced(1));
    assertArrayEquals(new int[] {5, 17}, grid.evenlySpaced(2));
    assertArrayEquals(new int[] {3, 11, 19}, grid.evenlySpaced(3));
  }

  @Test
  void choosesDifferentSlicesInOrderAndAllWhereThereAreNoMore() {
    for (int count = 1; count < 40; count++) {
      SliceGrid grid = new SliceGrid(490, count, 0);
      for (int most = 1; most < 50; most++) {
        int[] chosen = grid.evenlySpaced(most);
        assertEquals(Math.min(most, count), Arrays.stream(chosen).distinct().count());
        for (int k = 0; k < chosen.length && most < count; k++) {
          assertEquals((int) Math.floor((k + 0.5) * count / most), chosen[k]);
        }
      }
      assertArrayEquals(IntStream.range(0, count).toArray(), grid.evenlySpaced(count));
    }
  }

  @Test
  void liesWhereTheSlicerCuts() {
    Slicer slicer = new Slicer(CqtSettings.DEFAULT);
    for (long samples : new long[] {100, 251_000, 661_500, 5_953_500}) {
      int frames = (int) CqtSettings.DEFAULT.frames(slicer.paddedLength(samples));
      List<Slice> slices = slicer.slices(Golden.levels(1, frames), samples);
      SliceGrid grid = slicer.grid(samples);
      assertEquals(slices.size(), grid.count());
      for (Slice slice : slices) {
        assertEquals(grid.sliceFrames(), slice.frames());
        assertEquals(grid.begin(slice.index()) * 512 / 22_050.0, slice.startSeconds(), 1e-9);
      }
    }
  }

  @Test
  void refusesToChooseNothing() {
    assertThrows(IllegalArgumentException.class, () -> new SliceGrid(490, 3, 0).evenlySpaced(0));
  }
}
