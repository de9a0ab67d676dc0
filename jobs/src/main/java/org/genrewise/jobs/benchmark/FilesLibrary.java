package org.genrewise.jobs.benchmark;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.genrewise.jobs.cli.UserException;
import org.genrewise.jobs.library.Library;
import org.genrewise.jobs.library.LibraryLister;
import org.genrewise.jobs.library.Manifest;
import org.genrewise.jobs.library.Track;
import org.genrewise.jobs.spark.SparkSessions;

/**
 * The files that the user named.
 *
 * @param found how many there are
 * @param tracks those that are measured, evenly spread over the others, in the order of their paths
 */
record FilesLibrary(int found, List<Track> tracks) {

  FilesLibrary {
    tracks = List.copyOf(tracks);
  }

  /**
   * Lists the folder, or reads the manifest.
   *
   * @throws UserException if there is no audio
   */
  static FilesLibrary of(FilesRequest request) throws IOException {
    String folder = request.folder().toAbsolutePath().normalize().toString();
    Library library =
        request.manifest().isPresent()
            ? read(request.manifest().get().toString(), folder)
            : new LibraryLister(LibraryLister.AUDIO_ENDINGS).list(folder, new Configuration());
    List<Track> tracks = library.tracks();
    if (tracks.isEmpty()) {
      throw new UserException(
          "no audio in %s: none of its %,d files has one of the endings %s"
              .formatted(
                  folder,
                  library.skipped().size(),
                  String.join(", ", LibraryLister.AUDIO_ENDINGS)));
    }
    return new FilesLibrary(
        tracks.size(),
        Spread.over(tracks.size(), request.settings().mostFiles()).stream()
            .map(tracks::get)
            .toList());
  }

  /** Spark ends before anything is measured. */
  private static Library read(String manifest, String folder) throws IOException {
    try (SparkSession spark = SparkSessions.start("benchmark", Optional.empty())) {
      return Manifest.read(spark, manifest, folder);
    }
  }
}
