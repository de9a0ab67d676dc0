package org.genrewise.jobs.library;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.RemoteIterator;
import org.genrewise.jobs.cli.UserException;
import org.genrewise.jobs.spark.Locations;

/** Finds the audio files below a folder, by the endings of their names. */
public final class LibraryLister {

  /** Endings that the decoder is known to read; a setting can name others. */
  public static final List<String> AUDIO_ENDINGS =
      List.of(
          "aac", "aif", "aifc", "aiff", "flac", "m4a", "m4b", "mka", "mkv", "mov", "mp3", "mp4",
          "oga", "ogg", "opus", "wav", "webm", "wma");

  private final Set<String> endings;

  /**
   * @param endings of file names, without the dot, in any case
   */
  public LibraryLister(List<String> endings) {
    if (endings.isEmpty()) {
      throw new IllegalArgumentException("endings must name at least one, for example mp3");
    }
    this.endings =
        endings.stream().map(e -> e.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
  }

  /** What is told of each file that is found, in no order. */
  public interface Visitor {

    /** A file whose name is that of audio. */
    void audio(Track track);

    /** A file that is left alone. */
    void other(String path);
  }

  /**
   * Lists a folder, with all folders below it, or a single file.
   *
   * <p>The label is the name of the folder that holds a file, if that is not the input itself.
   *
   * @param input a local path or the URI of another file system, or a pattern for several
   * @throws UserException if there is nothing there
   */
  public Library list(String input, Configuration configuration) {
    List<Track> tracks = new ArrayList<>();
    List<String> skipped = new ArrayList<>();
    walk(
        input,
        configuration,
        new Visitor() {
          @Override
          public void audio(Track track) {
            tracks.add(track);
          }

          @Override
          public void other(String path) {
            skipped.add(path);
          }
        });
    tracks.sort(Comparator.comparing(Track::path));
    skipped.sort(null);
    return new Library(tracks, skipped);
  }

  /**
   * As {@link #list}, telling of each file as it is found; nothing is kept.
   *
   * @throws UserException if there is nothing there
   */
  public void walk(String input, Configuration configuration, Visitor visitor) {
    Consumer<Track> sorter =
        track -> {
          if (endings.contains(ending(track.path()))) {
            visitor.audio(track);
          } else {
            visitor.other(track.path());
          }
        };
    try {
      List<String> places = Globs.expand(input, configuration);
      if (places.isEmpty()) {
        throw new UserException("nothing matches the input %s".formatted(input));
      }
      for (String place : places) {
        if (Locations.isRemote(place)) {
          remote(place, configuration, sorter);
        } else {
          local(Locations.local(place), sorter, visitor::audio);
        }
      }
    } catch (IOException e) {
      throw new UserException("the input %s cannot be listed: %s".formatted(input, e), e);
    }
  }

  private static String ending(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  private static void local(Path root, Consumer<Track> found, Consumer<Track> closedFolder)
      throws IOException {
    if (!Files.exists(root)) {
      throw new UserException("the input %s does not exist".formatted(root));
    }
    Files.walkFileTree(
        root,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        Integer.MAX_VALUE,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            // A dangling link is no regular file; it becomes a failure row when it is opened.
            found.accept(
                new Track(file.toString(), labelOf(root, file), null, FileState.of(attributes)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException fault) {
            if (!(fault instanceof FileSystemLoopException)) {
              // What lies in a folder that may not be listed must not be lost from sight.
              Consumer<Track> consumer = Files.isDirectory(file) ? closedFolder : found;
              consumer.accept(
                  new Track(file.toString(), labelOf(root, file), null, FileState.UNKNOWN));
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static String labelOf(Path root, Path file) {
    Path folder = file.getParent();
    return folder == null || folder.equals(root) || file.equals(root)
        ? null
        : folder.getFileName().toString();
  }

  private static void remote(String input, Configuration configuration, Consumer<Track> found)
      throws IOException {
    org.apache.hadoop.fs.Path root = Locations.remote(input);
    FileSystem fileSystem = FileSystem.get(root.toUri(), configuration);
    org.apache.hadoop.fs.Path qualified = fileSystem.makeQualified(root);
    RemoteIterator<LocatedFileStatus> files = fileSystem.listFiles(root, true);
    while (files.hasNext()) {
      LocatedFileStatus file = files.next();
      org.apache.hadoop.fs.Path folder = file.getPath().getParent();
      found.accept(
          new Track(
              Locations.text(file.getPath()),
              folder.equals(qualified) ? null : folder.getName(),
              null,
              file.getLen(),
              file.getModificationTime()));
    }
  }
}
