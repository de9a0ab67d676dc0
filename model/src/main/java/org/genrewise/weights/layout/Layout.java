package org.genrewise.weights.layout;

/** Whose names and shapes the tensors of a checkpoint have. */
public enum Layout {
  /** What the names and the metadata of the file say. */
  AUTO,
  /**
   * Of the ccmusic music_genre network: everything is taken. Hidden dense layers may be of any
   * number and size, channels of any width.
   */
  CCMUSIC,
  /**
   * Of torchvision's {@code vgg19_bn}, with three dense layers at classifier 0, 3 and 6: the
   * features are taken, and a new head is put on them.
   */
  TORCHVISION,
  /** Of this project's own export, which says in its metadata all that a bundle says. */
  GENREWISE
}
