package org.genrewise.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A small corpus of music in the 16 classes of {@link Genre}: composed from rules, seeded, rendered
 * offline by the JDK's software synthesizer with the sounds that the JDK generates.
 *
 * <p>Its folder holds {@code Class/track001.wav} and so on (22,050 Hz, mono, 16 bit), {@code
 * manifest.csv} (path relative to the folder, label, group), written last, and {@code
 * corpus.properties}, which says what it was made from. The same settings give the same scores
 * everywhere, and the same samples wherever the JDK's synthesizer is the same.
 */
public final class Corpus {

  /** Samples a second of every piece. */
  public static final int SAMPLE_RATE = 22_050;

  private static final String MANIFEST = "manifest.csv";
  private static final String DESCRIPTION = "corpus.properties";
  private static final int WAV_HEADER = 44;

  private final Path directory;
  private final CorpusSettings settings;

  private Corpus(Path directory, CorpusSettings settings) {
    this.directory = directory;
    this.settings = settings;
  }

  /**
   * Makes a corpus, or finishes one that was interrupted; one that is complete is left as it is. A
   * corpus of other settings in the same folder is replaced.
   *
   * @param directory new, empty, or holding a corpus
   * @param settings how much music
   * @param listener hears of each piece
   * @return all pieces, by class and number
   * @throws IOException when the folder holds something else, or cannot be written to
   */
  public static List<CorpusTrack> write(
      Path directory, CorpusSettings settings, ProgressListener listener) throws IOException {
    return new Corpus(directory, settings).write(listener);
  }

  private List<CorpusTrack> write(ProgressListener listener) throws IOException {
    Map<Path, byte[]> scores = scores();
    String description = description(scores);
    prepare(description);
    Map<Path, byte[]> missing = new LinkedHashMap<>(scores);
    missing.keySet().removeIf(score -> complete(Renderer.audioName(score)));
    int total = scores.size();
    int[] done = {total - missing.size()};
    listener.progress(done[0], total);
    if (!missing.isEmpty()) {
      Renderer.render(
          missing,
          directory,
          settings.samplesPerTrack(),
          name -> listener.progress(++done[0], total));
    }
    List<CorpusTrack> tracks = scores.keySet().stream().map(this::track).toList();
    replace(MANIFEST, manifest(tracks));
    return tracks;
  }

  private Map<Path, byte[]> scores() {
    Map<Path, byte[]> scores = new LinkedHashMap<>();
    for (Genre genre : Genre.values()) {
      for (int number = 1; number <= settings.tracksPerClass(); number++) {
        scores.put(
            Path.of(genre.label(), String.format(Locale.ROOT, "track%03d.mid", number)),
            Composer.compose(genre, number, settings));
      }
    }
    return scores;
  }

  private CorpusTrack track(Path score) {
    Path audio = Renderer.audioName(score);
    String label = audio.getParent().toString();
    String file = audio.getFileName().toString();
    String group = label + "-" + file.substring(0, file.lastIndexOf('.'));
    return new CorpusTrack(directory.resolve(audio), label, group);
  }

  private boolean complete(Path audio) {
    Path file = directory.resolve(audio);
    try {
      return Files.size(file) == WAV_HEADER + 2 * settings.samplesPerTrack();
    } catch (IOException absent) {
      return false;
    }
  }

  /** Makes sure that whatever pieces the folder holds are of this corpus. */
  private void prepare(String description) throws IOException {
    Files.createDirectories(directory);
    Path described = directory.resolve(DESCRIPTION);
    if (Files.exists(described)) {
      if (Files.readString(described).equals(description)) {
        return;
      }
      Files.deleteIfExists(directory.resolve(MANIFEST));
      deletePieces();
    } else if (!empty()) {
      throw new IOException(
          "%s is not empty and holds no corpus; name a new or an empty folder"
              .formatted(directory));
    }
    replace(DESCRIPTION, description);
  }

  private boolean empty() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.findAny().isEmpty();
    }
  }

  private void deletePieces() throws IOException {
    for (Genre genre : Genre.values()) {
      Path folder = directory.resolve(genre.label());
      if (Files.isDirectory(folder)) {
        try (Stream<Path> files = Files.list(folder)) {
          for (Path file : files.toList()) {
            if (file.getFileName().toString().matches("\\.?track\\d{3}\\.wav(\\.tmp)?")) {
              Files.delete(file);
            }
          }
        }
      }
    }
  }

  /** What the corpus is made from; corpora of equal descriptions are equal. */
  private String description(Map<Path, byte[]> scores) {
    return """
        # Music rendered by Genrewise. The sounds are the JDK's generated ones (Emergency GM sound set).
        tracks-per-class=%s
        seconds-per-track=%s
        seed=%s
        scores=%s
        """
        .formatted(
            settings.tracksPerClass(), settings.secondsPerTrack(), settings.seed(), digest(scores));
  }

  private static String digest(Map<Path, byte[]> scores) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      scores.values().forEach(digest::update);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private String manifest(List<CorpusTrack> tracks) {
    List<String> lines = new ArrayList<>(List.of("path,label,group"));
    for (CorpusTrack track : tracks) {
      String path = directory.relativize(track.path()).toString().replace('\\', '/');
      lines.add(String.join(",", path, track.label(), track.group()));
    }
    return String.join("\n", lines) + "\n";
  }

  private void replace(String name, String text) throws IOException {
    Path temporary = directory.resolve("." + name + ".tmp");
    Files.writeString(temporary, text);
    Files.move(
        temporary,
        directory.resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }
}
