package org.genrewise.audio;

import static org.genrewise.audio.Signals.tone;
import static org.genrewise.audio.Signals.wav;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real decoding, of files that the ffmpeg at hand encodes. */
class FfmpegTest {
  private static final int RATE = 22_050;
  private static final double SECONDS = 4;
  private static final AudioDecoder DECODER = new StandardAudioDecoder(DecoderSettings.DEFAULT);

  @TempDir static Path folder;
  private static Encoder encoder;
  private static Path song;

  @BeforeAll
  static void encodeSong() throws Exception {
    encoder = new Encoder(FfmpegProgram.find(DecoderSettings.DEFAULT.ffmpeg()), folder);
    song = encoder.encode(stereo(RATE), "flac", "-c:a flac");
  }

  /** A stereo tone of amplitudes 0.5 and 0.25, so 0.375 when mixed. */
  @ParameterizedTest
  @CsvSource({
    "flac, -c:a flac, 44100",
    "flac, -c:a flac, 96000",
    "mp3, -c:a libmp3lame -b:a 128k, 44100",
    "ogg, -c:a vorbis -strict -2 -b:a 192k, 48000",
    "opus, -c:a libopus -b:a 96k, 48000",
    "m4a, -c:a aac -b:a 128k, 44100",
    "m4a, -c:a alac, 44100",
    "aac, -c:a aac -b:a 128k -f adts, 44100",
    "aiff, -c:a pcm_s16be, 44100",
    "aiff, -c:a pcm_s24be, 32000",
    "wav, -c:a adpcm_ms, 44100",
    "wav, -c:a libmp3lame, 44100",
    "w64, -c:a pcm_s16le, 44100",
    "caf, -c:a pcm_s16le, 44100",
    "au, -c:a pcm_s16be, 8000",
    "mka, -c:a libopus, 48000",
    "webm, -c:a libopus, 48000",
    "wma, -c:a wmav2, 44100",
  })
  void decodesFilesAndStreamsAlike(String extension, String arguments, int rate) throws Exception {
    Path file = encoder.encode(stereo(rate), extension, arguments);
    AudioClip clip = AudioClip.readAll(DECODER.open(file));
    assertEquals(SECONDS, clip.durationSeconds(), 0.15);
    int edge = RATE / 4;
    double power = 0;
    for (int k = edge; k < clip.samples().length - edge; k++) {
      power += clip.samples()[k] * clip.samples()[k] / (clip.samples().length - 2.0 * edge);
    }
    // LAME takes 5 % off.
    assertEquals(0.375, Math.sqrt(2 * power), 0.02);
    AudioClip streamed =
        AudioClip.readAll(DECODER.open(extension, () -> Files.newInputStream(file)));
    assertArrayEquals(clip.samples(), streamed.samples());
    assertEquals(clip.warnings(), streamed.warnings());
  }

  @Test
  void losesNothingOfLosslessAudio() throws Exception {
    byte[] original = stereo(RATE);
    Path file = encoder.encode(original, "flac", "-c:a flac");
    assertArrayEquals(
        AudioClip.readAll(DECODER.open(Files.write(folder.resolve("original.wav"), original)))
            .samples(),
        AudioClip.readAll(DECODER.open(file)).samples());
  }

  @Test
  void takesTheAudioTrackOfAVideoThatLastsLonger() throws Exception {
    Path file =
        encoder.encode(
            stereo(44_100),
            "mp4",
            "-f lavfi -i color=size=64x48:rate=5:duration=9 -map 0:a -map 1:v -c:a aac -c:v mpeg4");
    AudioClip clip = AudioClip.readAll(DECODER.open(file));
    assertEquals(SECONDS, clip.durationSeconds(), 0.15);
    assertEquals(List.of(), clip.warnings());
  }

  @Test
  void refusesVideoWithoutAudio() throws Exception {
    Path file =
        encoder.encode(
            stereo(44_100),
            "mp4",
            "-f lavfi -i color=size=64x48:rate=5:duration=4 -map 1:v -c:v mpeg4");
    assertEquals(AudioException.Kind.NO_AUDIO_STREAM, refusal(file).kind());
  }

  @Test
  void takesTheFirstOfSeveralTracksAndSaysSo() throws Exception {
    Path other = Files.write(folder.resolve("other.wav"), wav(RATE, 1, tone(RATE, 3000, 4)));
    Path file = encoder.encode(stereo(RATE), "mka", "-i " + other + " -map 0:a -map 1:a -c:a flac");
    AudioClip clip = AudioClip.readAll(DECODER.open(file));
    assertEquals(List.of("the first of 2 audio streams was taken"), clip.warnings());
    assertArrayEquals(AudioClip.readAll(DECODER.open(song)).samples(), clip.samples());
  }

  @Test
  void refusesAFileThatWasCutInHalf() throws Exception {
    AudioException refusal = refusal(cut(0.5));
    assertEquals(AudioException.Kind.CORRUPT, refusal.kind());
    assertTrue(refusal.getMessage().contains("of the 4.00 seconds"), refusal.getMessage());
  }

  @Test
  void warnsWhenALittleOfAFileIsMissing() throws Exception {
    AudioClip clip = AudioClip.readAll(DECODER.open(cut(0.92)));
    assertTrue(
        clip.warnings().toString().contains("of the 4.00 seconds"), clip.warnings()::toString);
  }

  @Test
  void refusesLongAudioBeforeItsEnd() throws Exception {
    AudioDecoder decoder = new StandardAudioDecoder(DecoderSettings.DEFAULT.withSeconds(1, 2));
    assertEquals(
        AudioException.Kind.TOO_LONG,
        assertThrows(AudioException.class, () -> AudioClip.readAll(decoder.open(song))).kind());
  }

  @Test
  void givesTheRateThatTheSettingsAskFor() throws Exception {
    Path file = encoder.encode(stereo(44_100), "flac", "-c:a flac");
    AudioDecoder decoder = new StandardAudioDecoder(DecoderSettings.DEFAULT.withSampleRate(16_000));
    AudioClip clip = AudioClip.readAll(decoder.open(file));
    assertEquals(16_000, clip.sampleRate());
    assertEquals(4 * 16_000, clip.samples().length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-i",
        "-y -f null.flac",
        "a:b.flac",
        "http:x.flac",
        "concat:a|b.flac",
        "pipe:0",
        "%03d.flac",
        "[ab]*.flac",
        "line\nbreak.flac",
        "ä ß 音楽 ☂.flac",
        "trailing ",
        "$(touch pwned).flac",
        "'\"`.flac",
      })
  void readsFilesOfAnyName(String name) throws Exception {
    Path file = folder.resolve(name);
    Files.copy(song, file);
    assertEquals(SECONDS, AudioClip.readAll(DECODER.open(file)).durationSeconds());
  }

  /** Each names a good file beside it, or one of the machine's. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ffconcat version 1.0\nfile good.flac\n",
        "ffconcat version 1.0\nfile 'file:FOLDER/good.flac'\n",
        "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\ngood.flac\n#EXT-X-ENDLIST\n",
        "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\nfile:FOLDER/good.ts\n#EXT-X-ENDLIST\n",
        "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n",
        "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 5004 RTP/AVP 0\n",
        "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" type=\"static\"><Period>"
            + "<AdaptationSet mimeType=\"audio/mp4\"><Representation id=\"1\" bandwidth=\"1\">"
            + "<BaseURL>file:FOLDER/good.m4a</BaseURL></Representation></AdaptationSet></Period></MPD>",
      })
  void refusesPlaylistsAndScripts(String content) throws Exception {
    Files.copy(song, folder.resolve("good.flac"), StandardCopyOption.REPLACE_EXISTING);
    Path file = folder.resolve("list");
    Files.writeString(file, content.replace("FOLDER", folder.toString()));
    assertEquals(AudioException.Kind.NOT_AUDIO, refusal(file).kind());
  }

  @Test
  void refusesWhatIsNoAudio() throws Exception {
    Path file = Files.writeString(folder.resolve("notes.mp3"), "dear diary, ".repeat(1000));
    assertEquals(AudioException.Kind.NOT_AUDIO, refusal(file).kind());
  }

  @Test
  void refusesSilenceInCompressedAudio() throws Exception {
    Path file = encoder.encode(wav(RATE, 1, new float[4 * RATE]), "flac", "-c:a flac");
    assertEquals(AudioException.Kind.SILENT, refusal(file).kind());
  }

  @Test
  void opensAStreamOnce() throws Exception {
    assertEquals(1, timesOpened(Files.readAllBytes(song)));
  }

  @Test
  void opensAStreamTwiceWhereALongWavHeaderEndsInSomethingElse() throws Exception {
    byte[] wav = Files.readAllBytes(encoder.encode(stereo(RATE), "wav", "-c:a adpcm_ms"));
    byte[] file =
        Signals.riff(
            "RIFF",
            Signals.chunk("JUNK", new byte[200_000]),
            Arrays.copyOfRange(wav, 12, wav.length));
    assertEquals(2, timesOpened(file));
  }

  private static int timesOpened(byte[] file) throws AudioException {
    AtomicInteger opened = new AtomicInteger();
    AudioClip clip =
        AudioClip.readAll(
            DECODER.open(
                "counted",
                () -> {
                  opened.incrementAndGet();
                  return new ByteArrayInputStream(file);
                }));
    assertEquals(SECONDS, clip.durationSeconds(), 0.1);
    return opened.get();
  }

  @Test
  void decodesInManyThreads() throws Exception {
    Path file = encoder.encode(stereo(44_100), "mp3", "-c:a libmp3lame");
    float[] expected = AudioClip.readAll(DECODER.open(file)).samples();
    long same =
        IntStream.range(0, 16)
            .parallel()
            .filter(
                i -> {
                  try {
                    return Arrays.equals(expected, AudioClip.readAll(DECODER.open(file)).samples());
                  } catch (AudioException e) {
                    throw new AssertionError(e);
                  }
                })
            .count();
    assertEquals(16, same);
  }

  private static Path cut(double share) throws Exception {
    Path file = encoder.encode(noise(), "flac", "-c:a flac");
    byte[] bytes = Files.readAllBytes(file);
    return Files.write(
        folder.resolve("cut.flac"), Arrays.copyOf(bytes, (int) (bytes.length * share)));
  }

  private static byte[] noise() {
    Random random = new Random(3);
    float[] samples = new float[(int) (RATE * SECONDS)];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = random.nextFloat() - 0.5f;
    }
    return wav(RATE, 1, samples);
  }

  private static byte[] stereo(int rate) {
    float[] left = tone(rate, 440, SECONDS);
    float[] right = left.clone();
    for (int i = 0; i < right.length; i++) {
      right[i] /= 2;
    }
    return wav(rate, 2, Signals.interleave(left, right));
  }

  private static AudioException refusal(Path file) {
    return assertThrows(AudioException.class, () -> AudioClip.readAll(DECODER.open(file)));
  }
}
