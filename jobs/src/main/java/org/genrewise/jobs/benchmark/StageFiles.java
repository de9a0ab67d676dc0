package org.genrewise.jobs.benchmark;

import java.nio.file.Path;

/** Where the processes of a benchmark leave what the others need. */
final class StageFiles {
  private StageFiles() {}

  /** All settings, by name. */
  static Path settings(Path folder) {
    return folder.resolve("settings.json");
  }

  /** The files that the user named. */
  static Path tracks(Path folder) {
    return folder.resolve("tracks.json");
  }

  /** The files that could be read. */
  static Path prepared(Path folder) {
    return folder.resolve("prepared.json");
  }

  /** Their slices. */
  static Path slices(Path folder) {
    return folder.resolve("slices");
  }

  /** What the last stage has found. */
  static Path result(Path folder) {
    return folder.resolve("result.json");
  }
}
