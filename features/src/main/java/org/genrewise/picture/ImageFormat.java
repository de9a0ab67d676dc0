package org.genrewise.picture;

/** What happens to the image of a slice before it is resized to a picture. */
public enum ImageFormat {

  /** Nothing: it is resized as it was drawn. The default. */
  LOSSLESS,

  /**
   * It is compressed as JPEG (quality 75, colour at half the resolution) and read back, as the
   * ccmusic music_genre demo does. This moves the picture's levels by 4.2 of 255 on average, and
   * makes it equal to the demo's in every bit; it takes ten times as long. For networks that were
   * trained on such pictures.
   */
  JPEG
}
