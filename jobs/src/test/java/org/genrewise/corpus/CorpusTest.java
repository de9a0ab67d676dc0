package org.genrewise.corpus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusTest {

  private static final CorpusSettings SETTINGS = new CorpusSettings(1, 6, 3);

  @TempDir private static Path folder;
  private static Path directory;
  private static List<CorpusTrack> tracks;
  private static final List<Integer> PROGRESS = new ArrayList<>();

  @BeforeAll
  static void render() throws IOException {
    directory = folder.resolve("some music");
    tracks = Corpus.write(directory, SETTINGS, (done, total) -> PROGRESS.add(done));
  }

  private static float[] samples(Path file) throws Exception {
    try (AudioInputStream audio = AudioSystem.getAudioInputStream(file.toFile())) {
      AudioFormat format = audio.getFormat();
      assertEquals(Corpus.SAMPLE_RATE, format.getSampleRate());
      assertEquals(1, format.getChannels());
      assertEquals(16, format.getSampleSizeInBits());
      ShortBuffer pcm =
          ByteBuffer.wrap(audio.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
      float[] samples = new float[pcm.remaining()];
      for (int index = 0; index < samples.length; index++) {
        samples[index] = pcm.get(index) / 32768f;
      }
      return samples;
    }
  }

  private static Path track(Genre genre) {
    return directory.resolve(genre.label()).resolve("track001.wav");
  }

  @Test
  void rendersEveryClassAtFullScaleWithoutClipping() throws Exception {
    assertEquals(16, tracks.size());
    for (CorpusTrack track : tracks) {
      float[] samples = samples(track.path());
      assertEquals(6 * Corpus.SAMPLE_RATE, samples.length, track.label());
      double peak = 0;
      double energy = 0;
      for (float sample : samples) {
        peak = Math.max(peak, Math.abs(sample));
        energy += sample * sample;
      }
      assertEquals(Loudness.PEAK, peak, 0.01, track.label());
      double decibels = 10 * Math.log10(energy / samples.length);
      assertTrue(decibels > -32 && decibels < -8, track.label() + ": " + decibels + " dB");
    }
  }

  @Test
  void soundsUntilShortlyBeforeTheEnd() throws Exception {
    for (CorpusTrack track : tracks) {
      float[] samples = samples(track.path());
      for (int second = 0; second < 6; second++) {
        double loudest = 0;
        for (int index = 0; index < Corpus.SAMPLE_RATE; index++) {
          loudest = Math.max(loudest, Math.abs(samples[second * Corpus.SAMPLE_RATE + index]));
        }
        assertTrue(loudest > 0.01, track.label() + " is silent in second " + second);
      }
      assertEquals(0, samples[samples.length - 1], 1e-3, "ends without a click");
    }
  }

  /** Share of the energy below about 110 Hz: a first-order low-pass, run twice. */
  private static double bass(float[] samples) {
    double factor = 1 - Math.exp(-2 * Math.PI * 110 / Corpus.SAMPLE_RATE);
    double once = 0;
    double twice = 0;
    double low = 0;
    double all = 0;
    for (float sample : samples) {
      once += factor * (sample - once);
      twice += factor * (once - twice);
      low += twice * twice;
      all += sample * sample;
    }
    return low / all;
  }

  @Test
  void soundsDeepWhereDrumsAndBassAreAndNotWhereTheyAreNot() throws Exception {
    double guitarAndVoice = bass(samples(track(Genre.ACOUSTIC_POP)));
    for (Genre deep :
        List.of(Genre.CONTEMPORARY_DANCE_POP, Genre.DANCE_POP, Genre.SOUL_OR_R_AND_B)) {
      double share = bass(samples(track(deep)));
      assertTrue(
          share > 0.05 && share > 2 * guitarAndVoice,
          deep + ": " + share + " against " + guitarAndVoice);
    }
  }

  @Test
  void listsEveryPieceInTheManifest() throws Exception {
    List<String> lines = Files.readAllLines(directory.resolve("manifest.csv"));
    assertEquals("path,label,group", lines.get(0));
    assertEquals("Symphony/track001.wav,Symphony,Symphony-track001", lines.get(1));
    assertEquals(17, lines.size());
    assertEquals(16, tracks.stream().map(CorpusTrack::group).distinct().count());
    assertEquals(track(Genre.SYMPHONY), tracks.get(0).path());
  }

  @Test
  void tellsItsProgressUpToTheEnd() {
    assertEquals(Stream.iterate(0, done -> done + 1).limit(17).toList(), PROGRESS);
  }

  @Test
  void finishesWhatIsMissingWithTheSameSamplesAndLeavesTheRest() throws Exception {
    Path lost = track(Genre.OPERA);
    Path cut = track(Genre.SOFT_ROCK);
    Path kept = track(Genre.SOLO);
    byte[] before = Files.readAllBytes(lost);
    byte[] whole = Files.readAllBytes(cut);
    FileTime untouched = FileTime.fromMillis(1_000_000);
    Files.setLastModifiedTime(kept, untouched);
    Files.delete(lost);
    Files.write(cut, Arrays.copyOf(whole, 1000));
    assertEquals(tracks, Corpus.write(directory, SETTINGS, ProgressListener.NONE));
    assertArrayEquals(before, Files.readAllBytes(lost));
    assertArrayEquals(whole, Files.readAllBytes(cut));
    assertEquals(untouched, Files.getLastModifiedTime(kept));
  }

  @Test
  void replacesACorpusOfOtherSettings(@TempDir Path other) throws Exception {
    Files.writeString(other.resolve("corpus.properties"), "seed=99\n");
    Path stale = other.resolve("Solo/track002.wav");
    Path foreign = other.resolve("Solo/notes.txt");
    Files.createDirectories(stale.getParent());
    Files.writeString(stale, "old");
    Files.writeString(foreign, "mine");
    Corpus.write(other, new CorpusSettings(1, 5, 1), ProgressListener.NONE);
    assertFalse(Files.exists(stale));
    assertTrue(Files.exists(foreign));
    assertTrue(Files.exists(other.resolve("Solo/track001.wav")));
  }

  @Test
  void refusesAFolderOfOtherThings(@TempDir Path other) throws Exception {
    Path mine = other.resolve("mine.mp3");
    Files.writeString(mine, "mine");
    String message =
        assertThrows(IOException.class, () -> Corpus.write(other, SETTINGS, ProgressListener.NONE))
            .getMessage();
    assertTrue(message.contains("is not empty and holds no corpus"), message);
    try (Stream<Path> files = Files.list(other)) {
      assertEquals(List.of(mine), files.toList());
    }
  }

  @Test
  void refusesToCallSilenceMusic(@TempDir Path other) {
    Map<Path, byte[]> silent = Map.of(Path.of("silent.mid"), new Score().toMidi());
    String message =
        assertThrows(IOException.class, () -> Renderer.render(silent, other, 22_050, name -> {}))
            .getMessage();
    assertTrue(message.contains("silent.wav is silent"), message);
    assertFalse(Files.exists(other.resolve("silent.wav")));
  }
}
