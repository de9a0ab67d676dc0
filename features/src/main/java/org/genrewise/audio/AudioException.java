package org.genrewise.audio;

import java.util.Locale;

/** Audio that cannot become features: of which kind the fault is, and what was seen. */
public final class AudioException extends Exception {

  /** What was wrong. The lower-case name is what failure rows hold. */
  public enum Kind {
    /** The path does not exist. */
    NOT_FOUND(true),
    /** The path is a folder. */
    IS_DIRECTORY(true),
    /** The file exists but may not be read. */
    UNREADABLE(false),
    /** The file has no bytes. */
    EMPTY_FILE(true),
    /** No decoder recognises the content. */
    NOT_AUDIO(true),
    /** A media file without an audio stream. */
    NO_AUDIO_STREAM(true),
    /** Decoding broke off, or gave clearly less than the container promises. */
    CORRUPT(true),
    /** An audio stream without samples. */
    EMPTY_AUDIO(true),
    /** Shorter than the shortest audio that the settings accept. */
    TOO_SHORT(true),
    /** Longer than the longest audio that the settings accept. */
    TOO_LONG(true),
    /** NaN or infinite samples. */
    NON_FINITE(true),
    /** Digital silence. */
    SILENT(true),
    /** Decoding took longer than the settings allow. */
    TIMEOUT(false),
    /** The file became another while it was read. */
    CHANGED(false),
    /** Reading the bytes failed. */
    IO(false),
    /** No decoder for this content can be started on this machine. */
    DECODER_UNAVAILABLE(false);

    private final boolean permanent;

    Kind(boolean permanent) {
      this.permanent = permanent;
    }

    /** Whether trying again with the same bytes must end the same way. */
    public boolean permanent() {
      return permanent;
    }

    /** The name in failure rows, for example {@code too_short}. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Kind kind;

  public AudioException(Kind kind, String message) {
    this(kind, message, null);
  }

  public AudioException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
