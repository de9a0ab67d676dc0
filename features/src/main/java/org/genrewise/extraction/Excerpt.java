package org.genrewise.extraction;

import java.util.ArrayList;
import java.util.List;
import org.genrewise.picture.SliceGrid;

/**
 * A stretch of a track that is decoded and transformed by itself: slices, and around them what
 * their frames see. It begins with a frame of the whole track's transform.
 *
 * @param firstFrame of the track's frames, the first in the excerpt
 * @param first of the track's samples, the first in the excerpt: the centre of that frame
 * @param count samples
 * @param slices indices of the slices in it, ascending
 */
record Excerpt(int firstFrame, long first, long count, List<Integer> slices) {

  /**
   * The excerpts for some slices of a track, in order of time. Where two would touch they are one.
   *
   * @param slices indices, ascending
   * @param samples of the track
   * @param hop samples between frames
   * @param reach samples on either side of a frame's centre that matter to it
   */
  static List<Excerpt> of(SliceGrid grid, int[] slices, long samples, int hop, int reach) {
    int margin = (reach + hop - 1) / hop;
    List<Excerpt> excerpts = new ArrayList<>();
    for (int slice : slices) {
      int firstFrame = Math.max(0, grid.begin(slice) - margin);
      long first = (long) firstFrame * hop;
      long end = Math.min(samples, (long) (grid.begin(slice + 1) + margin) * hop);
      Excerpt last = excerpts.isEmpty() ? null : excerpts.get(excerpts.size() - 1);
      if (last != null && first <= last.end()) {
        excerpts.set(excerpts.size() - 1, last.extended(end, slice));
      } else {
        excerpts.add(new Excerpt(firstFrame, first, end - first, List.of(slice)));
      }
    }
    return excerpts;
  }

  /** The sample behind the last. */
  long end() {
    return first + count;
  }

  private Excerpt extended(long end, int slice) {
    List<Integer> more = new ArrayList<>(slices);
    more.add(slice);
    return new Excerpt(firstFrame, first, end - first, List.copyOf(more));
  }
}
