package org.genrewise.training;

import java.io.IOException;
import org.genrewise.picture.PictureRenderer;

/**
 * Some of the slices of a store, drawn when they are asked for.
 *
 * @param store stays open as long as pictures are drawn
 * @param slices which of its slices, in order; not copied
 * @param renderer draws them
 */
public record StoredPictures(SliceStore store, int[] slices, PictureRenderer renderer)
    implements LabelledPictures {

  @Override
  public int size() {
    return slices.length;
  }

  @Override
  public int label(int picture) {
    return store.label(slices[picture]);
  }

  @Override
  public void draw(int picture, SliceTransform transform, float[] target, int offset)
      throws IOException {
    int slice = slices[picture];
    int bins = store.bins(slice);
    int frames = store.frames(slice);
    byte[] indices = transform.apply(store.indices(slice), bins, frames);
    renderer.render(indices, bins, frames, target, offset);
  }
}
