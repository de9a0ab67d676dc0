package org.genrewise.jobs.library;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.genrewise.jobs.spark.Locations;

/**
 * Finds the places that a pattern means: {@code *}, {@code ?}, {@code [a-z]} and {@code {one,two}}
 * stand for parts of one name, never for a slash. A place whose name really is the pattern wins.
 */
final class Globs {
  private static final Pattern SPECIAL = Pattern.compile("[*?\\[{]");

  private Globs() {}

  /** The locations, in order; the location itself if it exists or is no pattern. */
  static List<String> expand(String location, Configuration configuration) throws IOException {
    if (!SPECIAL.matcher(location).find()) {
      return List.of(location);
    }
    return Locations.isRemote(location)
        ? remote(location, configuration)
        : local(Locations.local(location)).stream().map(Path::toString).toList();
  }

  private static List<String> remote(String location, Configuration configuration)
      throws IOException {
    org.apache.hadoop.fs.Path path = Locations.remote(location);
    FileSystem fileSystem = FileSystem.get(path.toUri(), configuration);
    if (fileSystem.exists(path)) {
      return List.of(location);
    }
    FileStatus[] found = fileSystem.globStatus(path);
    return found == null
        ? List.of()
        : Arrays.stream(found).map(status -> Locations.text(status.getPath())).toList();
  }

  private static List<Path> local(Path pattern) throws IOException {
    if (Files.exists(pattern)) {
      return List.of(pattern);
    }
    List<Path> found = List.of(pattern.getRoot());
    for (Path name : pattern) {
      List<Path> next = new ArrayList<>();
      for (Path folder : found) {
        next.addAll(children(folder, name.toString()));
      }
      found = next;
    }
    return found;
  }

  private static List<Path> children(Path folder, String pattern) throws IOException {
    if (!SPECIAL.matcher(pattern).find()) {
      Path child = folder.resolve(pattern);
      return Files.exists(child) ? List.of(child) : List.of();
    }
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    List<Path> matching = new ArrayList<>();
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(folder, entry -> matcher.matches(entry.getFileName()))) {
      entries.forEach(matching::add);
    }
    matching.sort(null);
    return matching;
  }
}
