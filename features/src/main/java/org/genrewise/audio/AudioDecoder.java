package org.genrewise.audio;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Opens audio of any container, codec, rate and channel count as a mono {@link AudioStream}. */
public interface AudioDecoder {

  /**
   * Where encoded bytes come from when they are not a local file. Opened once as a rule, and again
   * where reading has to go back to the beginning.
   */
  @FunctionalInterface
  interface ByteSource {
    InputStream open() throws IOException;
  }

  /**
   * Opens a local file.
   *
   * @throws AudioException if it cannot be opened as audio
   */
  AudioStream open(Path file) throws AudioException;

  /**
   * Opens bytes from elsewhere, an object store for example.
   *
   * @param name what messages call it; never used as a path
   * @param bytes the encoded bytes
   * @throws AudioException if they cannot be opened as audio
   */
  AudioStream open(String name, ByteSource bytes) throws AudioException;

  /** A local file, to be read in pieces. Nothing is opened before a piece is asked for. */
  AudioPieces pieces(Path file);

  /**
   * The same of a file whose name is not the user's.
   *
   * @param name what messages call it; never used as a path
   */
  AudioPieces pieces(String name, Path file);

  /**
   * Bytes from elsewhere, to be read in pieces; see {@link #open(String, ByteSource)}. What is not
   * uncompressed WAV is copied to a temporary file, once for all pieces.
   */
  AudioPieces pieces(String name, ByteSource bytes);

  /** One line for the first lines of a run: which decoder, which version. */
  String description();
}
