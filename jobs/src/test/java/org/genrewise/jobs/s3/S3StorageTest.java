package org.genrewise.jobs.s3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.util.SerializableConfiguration;
import org.genrewise.jobs.cli.UserException;
import org.genrewise.jobs.library.Library;
import org.genrewise.jobs.library.LibraryLister;
import org.genrewise.jobs.library.Track;
import org.genrewise.jobs.spark.HadoopCheckpoints;
import org.genrewise.jobs.spark.Locations;
import org.genrewise.jobs.spark.OutputMode;
import org.genrewise.jobs.spark.Storage;
import org.genrewise.jobs.testing.S3Server;
import org.genrewise.training.checkpoint.Checkpoint;
import org.genrewise.training.checkpoint.CheckpointStorage;
import org.genrewise.training.checkpoint.Checkpoints;
import org.genrewise.training.checkpoint.Chunk;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects under difficult names, checkpoints and outputs on s3a://. */
class S3StorageTest {
  private static final String BUCKET = "s3a://objects-and-names";

  @TempDir private static Path folder;
  private static S3Server server;
  private static Configuration configuration;

  @BeforeAll
  static void start() throws IOException {
    server = S3Server.start(folder);
    server.bucket("objects-and-names");
    configuration = new Configuration();
    server.hadoopSettings().forEach(configuration::set);
    configuration.set("fs.s3a.input.stream.type", "classic");
  }

  @AfterAll
  static void stop() throws IOException {
    FileSystem.get(URI.create(BUCKET), configuration).close();
    server.close();
  }

  @Test
  void objectsOfAnyNameAreListedAndOpened() throws IOException {
    Set<String> names = new TreeSet<>();
    for (String name :
        List.of(
            "plain.mp3",
            "two words.mp3",
            "#1 at 100%.mp3",
            "50%25.mp3",
            "100%zz.mp3",
            "a+b=c&d;e,f.mp3",
            "it's \"quoted\".mp3",
            "what? [live] {x} *.mp3",
            "_hidden.mp3",
            ".dotted.mp3",
            "été 音楽 \uD83C\uDFB5.mp3",
            "e\u0301te\u0301.mp3",
            "back\\slash.mp3",
            "colon: a.mp3",
            "user@host.mp3")) {
      names.add(BUCKET + "/music/Fol k #%/" + name);
    }
    Storage storage = new Storage(configuration);
    names.forEach(name -> storage.writeText(name, name));

    Library library =
        new LibraryLister(LibraryLister.AUDIO_ENDINGS).list(BUCKET + "/music", configuration);

    Set<String> found = new TreeSet<>(library.tracks().stream().map(Track::path).toList());
    assertEquals(names, found);
    for (Track track : library.tracks()) {
      assertEquals("Fol k #%", track.label());
      try (InputStream in = Locations.open(track.path(), configuration)) {
        byte[] bytes = in.readAllBytes();
        assertEquals(track.path(), new String(bytes, StandardCharsets.UTF_8));
        assertEquals(track.sizeBytes(), bytes.length);
      }
    }
  }

  @Test
  void checkpointsAreReadAsTheyWereWrittenAndTheUnfinishedOneIsPassedOver() throws IOException {
    CheckpointStorage storage = checkpoints("run/checkpoints");
    Checkpoints checkpoints = new Checkpoints(storage, 1);
    assertTrue(storage.folders().isEmpty());
    float[] values = {1.5f, -2, Float.MIN_VALUE};
    for (int epoch = 1; epoch <= 3; epoch++) {
      String name = Checkpoints.folder(epoch, 7);
      checkpoints.commit(
          name, Map.of("epoch", epoch), List.of(Chunk.write(storage, name, 0, values)));
    }
    Chunk.write(storage, Checkpoints.folder(4, 7), 0, values);

    TreeSet<String> refused = new TreeSet<>();
    Optional<Checkpoint> latest = checkpoints.latest(refused::add);

    assertEquals(Checkpoints.folder(3, 7), latest.orElseThrow().folder());
    assertArrayEquals(values, latest.get().chunks().get(0).read(storage, latest.get().folder()));
    assertEquals(
        Set.of("checkpoint %s was never finished".formatted(Checkpoints.folder(4, 7))), refused);
    checkpoints.prune(Checkpoints.folder(3, 7), Set.of(Checkpoints.folder(1, 7)));
    assertEquals(
        Set.of(Checkpoints.folder(1, 7), Checkpoints.folder(3, 7), Checkpoints.folder(4, 7)),
        Set.copyOf(storage.folders()));
  }

  @Test
  void aCommittedFileIsReplacedAsAWholeAndAMissingOneIsNotFound() throws IOException {
    CheckpointStorage storage = checkpoints("small files");
    storage.commit("a", "state.json", "a long old content".getBytes(StandardCharsets.UTF_8));
    storage.commit("a", "state.json", "new".getBytes(StandardCharsets.UTF_8));

    try (InputStream in = storage.open("a", "state.json")) {
      assertEquals("new", new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
    assertThrows(FileNotFoundException.class, () -> storage.open("a", "other.json").read());
    storage.delete("a");
    storage.delete("a");
    assertEquals(List.of(), storage.folders());
  }

  @Test
  void aFileIsSeenOnlyWhenItIsClosed() throws IOException {
    CheckpointStorage storage = checkpoints("open");
    try (OutputStream out = storage.create("a", "vector.bin")) {
      out.write(1);
      assertThrows(FileNotFoundException.class, () -> storage.open("a", "vector.bin").read());
    }
    try (InputStream in = storage.open("a", "vector.bin")) {
      assertEquals(1, in.read());
    }
  }

  @Test
  void aFolderThatIsMovedAgainReplacesWhatALostAttemptLeft() throws IOException {
    Storage storage = new Storage(configuration);
    String target = BUCKET + "/trained/model";
    for (String content : List.of("first", "second")) {
      Path local = Files.createDirectories(folder.resolve("local/model"));
      Files.writeString(local.resolve("bundle.json"), content);
      storage.moveToStorage(local, target);
      assertFalse(Files.exists(local));
    }

    try (InputStream in = Locations.open(target + "/bundle.json", configuration)) {
      assertEquals("second", new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
    assertFalse(storage.exists(target + "/model"));
  }

  @Test
  void anOutputIsRefusedOrReplaced() {
    Storage storage = new Storage(configuration);
    String output = BUCKET + "/output";
    storage.writeText(output + "/features/part-0", "rows");

    assertThrows(
        UserException.class, () -> storage.prepareOutput(output, OutputMode.REFUSE_EXISTING));
    storage.prepareOutput(output, OutputMode.OVERWRITE);

    assertFalse(storage.exists(output));
  }

  private static CheckpointStorage checkpoints(String path) {
    return HadoopCheckpoints.at(BUCKET + "/" + path, new SerializableConfiguration(configuration));
  }
}
