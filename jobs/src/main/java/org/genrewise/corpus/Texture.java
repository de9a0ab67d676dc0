package org.genrewise.corpus;

/** A way of playing: what one player makes of a song. */
@FunctionalInterface
interface Texture {

  void play(Song song, Voice voice);
}
