package org.genrewise.jobs.serve;

import java.util.OptionalDouble;

/** Is told how the work on a track goes; each method may end the work by its exception. */
interface AnalysisListener {

  /** Nobody waits for the answer any more. */
  final class GoneException extends RuntimeException {
    GoneException(Throwable cause) {
      super("the sender has gone", cause);
    }
  }

  /**
   * Audio is read and transformed.
   *
   * @param secondsDone of the track
   * @param secondsTotal of the track, if its header tells
   */
  void decoding(double secondsDone, OptionalDouble secondsTotal);

  /** The network has seen so many of the slices. */
  void network(int slicesDone, int slices);
}
