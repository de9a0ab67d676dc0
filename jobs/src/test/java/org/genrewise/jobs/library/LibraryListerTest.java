package org.genrewise.jobs.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.genrewise.jobs.cli.UserException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryListerTest {
  @TempDir private Path root;

  @BeforeEach
  void makeLibrary() throws IOException {
    write("Rock/one.mp3");
    write("Rock/live/two.FLAC");
    write("Rock/cover.jpg");
    write("Folk/été #1 100% 'q' \"音楽\".ogg");
    write("at the top.wav");
    write("no-ending");
  }

  @Test
  void findsAudioByEndingWithItsFolderAsLabel() {
    Library library = list(root);

    assertEquals(
        List.of(
            "Folk/été #1 100% 'q' \"音楽\".ogg",
            "Rock/live/two.FLAC", "Rock/one.mp3", "at the top.wav"),
        relative(library.tracks().stream().map(Track::path).toList()));
    assertEquals("Folk", library.tracks().get(0).label());
    assertEquals("live", library.tracks().get(1).label());
    assertEquals("Rock", library.tracks().get(2).label());
    assertNull(library.tracks().get(3).label());
    assertEquals(4, library.tracks().get(0).sizeBytes());
  }

  @Test
  void aFolderThatMayNotBeListedStaysInSight() throws IOException {
    Path closed = root.resolve("Rock");
    Files.setPosixFilePermissions(closed, Set.of());
    try {
      assumeFalse(Files.isReadable(closed), "this user may read everything");

      List<String> paths = relative(list(root).tracks().stream().map(Track::path).toList());

      assertTrue(paths.contains("Rock"), paths.toString());
    } finally {
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @Test
  void filesThatAreLeftAloneAreNamed() {
    assertEquals(List.of("Rock/cover.jpg", "no-ending"), relative(list(root).skipped()));
  }

  @Test
  void aCircleOfLinksEndsAndADanglingLinkStaysInSight() throws IOException {
    Files.createSymbolicLink(root.resolve("Rock/circle"), root);
    Files.createSymbolicLink(root.resolve("Rock/dangling.mp3"), root.resolve("nowhere.mp3"));

    Library library = list(root);

    assertEquals(5, library.tracks().size());
    Track dangling =
        library.tracks().stream().filter(t -> t.path().endsWith("dangling.mp3")).findAny().get();
    assertEquals(-1, dangling.sizeBytes());
  }

  @Test
  void oneFileIsALibraryToo() {
    Library library = list(root.resolve("Rock/one.mp3"));

    assertEquals(1, library.tracks().size());
    assertNull(library.tracks().get(0).label());
  }

  @Test
  void nothingThereIsTheUsersFault() {
    assertThrows(UserException.class, () -> list(root.resolve("missing")));
  }

  @Test
  void identitiesFollowThePathAlone() {
    Track track = new Track("/music/a.mp3", "x", null, 1, 1);

    assertEquals(track.id(), new Track("/music/a.mp3", "y", "g", 2, 2).id());
    assertNotEquals(track.id(), new Track("/music/b.mp3", "x", null, 1, 1).id());
    assertEquals(32, track.id().length());
  }

  private Library list(Path input) {
    return new LibraryLister(LibraryLister.AUDIO_ENDINGS)
        .list(input.toString(), new Configuration());
  }

  private List<String> relative(List<String> paths) {
    return paths.stream().map(path -> root.relativize(Path.of(path)).toString()).toList();
  }

  private void write(String name) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "data");
  }
}
