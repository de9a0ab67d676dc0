package org.genrewise.audio;

import static org.genrewise.audio.Signals.wav;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pieces of a track beside the same samples of the whole. */
class PiecesTest {
  private static final int RATE = 22_050;
  private static final int SECONDS = 20;
  private static final int FIRST = 137_001;
  private static final int COUNT = 60_000;

  private static final int FURTHEST_LAG = 1024;

  private static final AudioDecoder DECODER = new StandardAudioDecoder(DecoderSettings.DEFAULT);

  @TempDir static Path folder;
  private static Encoder encoder;

  @BeforeAll
  static void findEncoder() throws Exception {
    encoder = new Encoder(FfmpegProgram.find(DecoderSettings.DEFAULT.ffmpeg()), folder);
  }

  @ParameterizedTest
  @ValueSource(ints = {8000, 22_050, 32_000, 44_100, 48_000, 96_000})
  void ofWavAreTheSamplesOfTheWhole(int rate) throws Exception {
    assertPiecesOfTheWhole(Files.write(folder.resolve(rate + ".wav"), clicks(rate)));
  }

  @ParameterizedTest
  @CsvSource({
    "flac, -c:a flac, 44100",
    "flac, -c:a flac, 48000",
    "m4a, -c:a alac, 44100",
    "aiff, -c:a pcm_s16be, 44100",
  })
  void ofLosslessAudioAreTheSamplesOfTheWhole(String extension, String arguments, int rate)
      throws Exception {
    assertPiecesOfTheWhole(encoder.encode(clicks(rate), extension, arguments));
  }

  private static void assertPiecesOfTheWhole(Path file) throws AudioException {
    float[] whole = AudioClip.readAll(DECODER.open(file)).samples();
    try (AudioPieces pieces = DECODER.pieces(file)) {
      assertEquals(OptionalLong.of(whole.length), pieces.claimedSamples());
      for (int first : new int[] {0, 5, FIRST, FIRST + 30_000, 100_000, whole.length - COUNT}) {
        float[] piece = AudioClip.readAll(pieces.piece(first, COUNT)).samples();
        assertArrayEquals(Arrays.copyOfRange(whole, first, first + COUNT), piece);
      }
      assertArrayEquals(whole, AudioClip.readAll(pieces.whole()).samples());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "mp3, -c:a libmp3lame -b:a 128k, 44100",
    "mp3, -c:a libmp3lame -q:a 2, 44100",
    "mp3, -c:a libmp3lame -b:a 64k -ar 22050, 44100",
    "ogg, -c:a vorbis -strict -2 -ac 2 -b:a 192k, 44100",
    "opus, -c:a libopus -b:a 96k, 48000",
    "m4a, -c:a aac -b:a 128k, 44100",
    "mka, -c:a aac, 48000",
    "webm, -c:a libopus, 48000",
  })
  void ofLossyAudioAreInTheRightPlace(String extension, String arguments, int rate)
      throws Exception {
    Path file = encoder.encode(clicks(rate), extension, arguments);
    float[] whole = AudioClip.readAll(DECODER.open(file)).samples();
    try (AudioPieces pieces = DECODER.pieces(file)) {
      assertEquals(whole.length, pieces.claimedSamples().orElseThrow(), 0.1 * RATE);
      AudioClip clip = AudioClip.readAll(pieces.piece(FIRST, COUNT));
      assertEquals(List.of(), clip.warnings());
      assertEquals(COUNT, clip.samples().length);
      // With the ffmpeg 5.0 that is bundled: 0 in all formats, and the correlation above 0.9999.
      assertEquals(0, lag(whole, clip.samples()), 20);
      assertEquals(1, correlation(whole, clip.samples(), FIRST), 0.01);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "wma, -c:a wmav2, 44100",
    "avi, -c:a libmp3lame, 44100",
    "wav, -c:a adpcm_ms, 44100",
    "aac, -c:a aac -f adts, 44100",
    "mp3, -c:a libmp3lame -write_xing 0, 44100",
  })
  void nothingIsClaimedWhereSeekingOrTheLengthIsAGuess(String extension, String arguments, int rate)
      throws Exception {
    Path file = encoder.encode(clicks(rate), extension, arguments);
    try (AudioPieces pieces = DECODER.pieces(file)) {
      assertEquals(OptionalLong.empty(), pieces.claimedSamples());
      assertEquals(SECONDS, AudioClip.readAll(pieces.whole()).durationSeconds(), 0.15);
    }
  }

  @Test
  void endWhereTheAudioEnds() throws Exception {
    Path file = Files.write(folder.resolve("ends.wav"), clicks(44_100));
    try (AudioPieces pieces = DECODER.pieces(file)) {
      AudioClip last = AudioClip.readAll(pieces.piece(SECONDS * RATE - 100, COUNT));
      assertEquals(100, last.samples().length);
      assertEquals(0, AudioClip.readAll(pieces.piece(SECONDS * RATE, COUNT)).samples().length);
      assertEquals(0, AudioClip.readAll(pieces.piece(99L * RATE, COUNT)).samples().length);
    }
  }

  @Test
  void behindTheEndOfACompressedFileAreRefusedOrEmpty() throws Exception {
    Path file = encoder.encode(clicks(44_100), "flac", "-c:a flac");
    try (AudioPieces pieces = DECODER.pieces(file)) {
      try {
        assertEquals(0, AudioClip.readAll(pieces.piece(99L * RATE, COUNT)).samples().length);
      } catch (AudioException e) {
        assertEquals(AudioException.Kind.EMPTY_AUDIO, e.kind());
      }
      assertEquals(SECONDS, AudioClip.readAll(pieces.whole()).durationSeconds());
    }
  }

  @Test
  void mayBeSilent() throws Exception {
    byte[] half = wav(RATE, 1, Arrays.copyOf(Signals.tone(RATE, 440, 5), SECONDS * RATE));
    Path file = encoder.encode(half, "flac", "-c:a flac");
    try (AudioPieces pieces = DECODER.pieces(file)) {
      AudioClip silence = AudioClip.readAll(pieces.piece(FIRST, COUNT));
      assertArrayEquals(new float[COUNT], silence.samples());
    }
  }

  @Test
  void nothingIsClaimedByAWavThatWasWrittenToAPipe() throws Exception {
    byte[] streamed = clicks(RATE);
    Arrays.fill(streamed, 40, 44, (byte) -1);
    try (AudioPieces pieces =
        DECODER.pieces("streamed.wav", () -> new ByteArrayInputStream(streamed))) {
      assertEquals(OptionalLong.empty(), pieces.claimedSamples());
    }
  }

  @Test
  void nothingIsClaimedThatTheSettingsDoNotAccept() throws Exception {
    AudioDecoder shorter = new StandardAudioDecoder(DecoderSettings.DEFAULT.withSeconds(1, 19));
    AudioDecoder longer = new StandardAudioDecoder(DecoderSettings.DEFAULT.withSeconds(21, 99));
    for (AudioDecoder decoder : new AudioDecoder[] {shorter, longer}) {
      AudioPieces pieces = decoder.pieces("clicks", () -> new ByteArrayInputStream(clicks(44_100)));
      assertEquals(OptionalLong.empty(), pieces.claimedSamples());
      assertThrows(AudioException.class, () -> AudioClip.readAll(pieces.whole()));
      pieces.close();
    }
  }

  @Test
  void ofAWavStreamAreReadForwardInOneGo() throws Exception {
    assertEquals(1, timesOpened(clicks(44_100), FIRST, FIRST + 2 * RATE + COUNT));
    assertEquals(2, timesOpened(clicks(44_100), FIRST, 0));
  }

  @Test
  void ofACompressedStreamComeFromOneCopy() throws Exception {
    byte[] flac = Files.readAllBytes(encoder.encode(clicks(44_100), "flac", "-c:a flac"));
    assertEquals(1, timesOpened(flac, FIRST, 0));
  }

  private static int timesOpened(byte[] content, int... firsts) throws AudioException {
    AtomicInteger opened = new AtomicInteger();
    AudioDecoder.ByteSource source =
        () -> {
          opened.incrementAndGet();
          return new ByteArrayInputStream(content);
        };
    float[] whole = AudioClip.readAll(DECODER.open("whole", source)).samples();
    opened.set(0);
    try (AudioPieces pieces = DECODER.pieces("counted", source)) {
      for (int first : firsts) {
        assertArrayEquals(
            Arrays.copyOfRange(whole, first, first + COUNT),
            AudioClip.readAll(pieces.piece(first, COUNT)).samples());
      }
    }
    return opened.get();
  }

  @Test
  void openNothingBeforeTheyAreAskedFor() {
    AudioPieces pieces = DECODER.pieces(folder.resolve("missing.mp3"));
    assertEquals(
        AudioException.Kind.NOT_FOUND,
        assertThrows(AudioException.class, () -> pieces.piece(0, COUNT)).kind());
    pieces.close();
  }

  private static double correlation(float[] whole, float[] piece, int first) {
    double product = 0;
    double power = 0;
    double otherPower = 0;
    for (int i = 0; i < piece.length; i++) {
      product += (double) whole[first + i] * piece[i];
      power += (double) piece[i] * piece[i];
      otherPower += (double) whole[first + i] * whole[first + i];
    }
    return product / Math.sqrt(power * otherPower);
  }

  /** By how many samples a piece lies behind its place in the whole. */
  private static int lag(float[] whole, float[] piece) {
    int best = 0;
    for (int lag = -FURTHEST_LAG; lag <= FURTHEST_LAG; lag++) {
      if (correlation(whole, piece, FIRST + lag) > correlation(whole, piece, FIRST + best)) {
        best = lag;
      }
    }
    return best;
  }

  /** Short decaying tones at random times over a little noise: each place sounds different. */
  private static byte[] clicks(int rate) {
    Random random = new Random(5);
    float[] samples = new float[rate * SECONDS];
    for (int click = 0; click < 12 * SECONDS; click++) {
      int start = random.nextInt(samples.length);
      double frequency = 200 + random.nextInt(3000);
      for (int i = start; i < Math.min(samples.length, start + rate / 5); i++) {
        double seconds = (double) (i - start) / rate;
        samples[i] +=
            (float) (0.1 * Math.exp(-20 * seconds) * Math.sin(2 * Math.PI * frequency * seconds));
      }
    }
    return wav(rate, 1, samples);
  }
}
