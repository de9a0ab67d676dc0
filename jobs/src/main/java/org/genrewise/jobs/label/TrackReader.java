package org.genrewise.jobs.label;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.genrewise.audio.AudioException;
import org.genrewise.extraction.TrackFeatures;
import org.genrewise.jobs.library.FileState;
import org.genrewise.jobs.library.Track;
import org.genrewise.jobs.spark.HadoopConfiguration;
import org.genrewise.jobs.track.ExecutorParts;

/** Reads tracks whose files may change under its hands. */
final class TrackReader {
  private final LabelWork work;

  TrackReader(LabelWork work) {
    this.work = work;
  }

  /**
   * What was read.
   *
   * @param state of the file, before and after
   */
  record Reading(FileState state, TrackFeatures features) {}

  /**
   * Reads a track once.
   *
   * @throws AudioException of kind CHANGED if the file is another afterwards, whatever came of it
   */
  Reading read(Track track) throws AudioException {
    FileState before = state(track);
    TrackFeatures features;
    try {
      features =
          ExecutorParts.extractor(work.features())
              .extract(
                  ExecutorParts.pieces(track, work.decoder()), work.analysis().slicesPerTrack());
    } catch (AudioException e) {
      requireUnchanged(track, before);
      throw e;
    }
    requireUnchanged(track, before);
    return new Reading(before, features);
  }

  private void requireUnchanged(Track track, FileState before) throws AudioException {
    FileState now = state(track);
    if (!now.equals(before)) {
      throw new AudioException(
          AudioException.Kind.CHANGED,
          "%s: changed while it was read, from %,d bytes to %,d"
              .formatted(track.path(), before.sizeBytes(), now.sizeBytes()));
    }
  }

  private FileState state(Track track) throws AudioException {
    try {
      return FileState.of(track.path(), HadoopConfiguration.current());
    } catch (NoSuchFileException | FileNotFoundException e) {
      throw new AudioException(
          AudioException.Kind.NOT_FOUND, track.path() + ": no such file, or a link to nothing", e);
    } catch (AccessDeniedException e) {
      throw new AudioException(
          AudioException.Kind.UNREADABLE, track.path() + ": may not be read", e);
    } catch (IOException e) {
      throw new AudioException(
          AudioException.Kind.IO, "%s: cannot be asked for: %s".formatted(track.path(), e), e);
    }
  }
}
