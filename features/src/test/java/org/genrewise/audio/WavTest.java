package org.genrewise.audio;

import static org.genrewise.audio.Signals.FLOAT;
import static org.genrewise.audio.Signals.PCM;
import static org.genrewise.audio.Signals.ascii;
import static org.genrewise.audio.Signals.chunk;
import static org.genrewise.audio.Signals.concatenate;
import static org.genrewise.audio.Signals.encode;
import static org.genrewise.audio.Signals.extensible;
import static org.genrewise.audio.Signals.format;
import static org.genrewise.audio.Signals.header;
import static org.genrewise.audio.Signals.little;
import static org.genrewise.audio.Signals.riff;
import static org.genrewise.audio.Signals.tone;
import static org.genrewise.audio.Signals.wav;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** WAV needs no ffmpeg: here there is none. */
class WavTest {
  private static final int RATE = 22_050;
  private static final DecoderSettings SETTINGS =
      DecoderSettings.DEFAULT.withFfmpeg(Path.of("/nowhere/ffmpeg"));
  private static final float[] TONE = tone(RATE, 440, 4);

  @ParameterizedTest
  @CsvSource({
    "1, 8, 0.004",
    "1, 16, 1.6e-5",
    "1, 24, 6e-8",
    "1, 32, 1e-9",
    "3, 32, 0",
    "3, 64, 0",
  })
  void readsEverySampleEncoding(int tag, int bits, float tolerance) throws AudioException {
    byte[] data = encode(tag, bits, TONE);
    AudioClip plain = read(wav(format(tag, bits, RATE, 1), data));
    assertArrayEquals(TONE, plain.samples(), tolerance + Float.MIN_VALUE);
    AudioClip extensible = read(wav(extensible(tag, bits, RATE, 1), data));
    assertArrayEquals(plain.samples(), extensible.samples());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 6, 8})
  void mixesToTheMeanOfTheChannels(int channels) throws AudioException {
    float[][] signals = new float[channels][];
    for (int channel = 0; channel < channels; channel++) {
      signals[channel] = tone(RATE, 100 * (channel + 1), 4);
    }
    float[] expected = new float[TONE.length];
    for (int i = 0; i < expected.length; i++) {
      for (float[] signal : signals) {
        expected[i] += signal[i] / channels;
      }
    }
    byte[] data = encode(FLOAT, 32, Signals.interleave(signals));
    AudioClip clip = read(wav(format(FLOAT, 32, RATE, channels), data));
    assertArrayEquals(expected, clip.samples(), 1e-6f);
  }

  @Test
  void bringsEveryRateToTheWantedOne() throws AudioException {
    byte[] data = encode(FLOAT, 32, tone(48_000, 440, 4));
    AudioClip clip = read(wav(format(FLOAT, 32, 48_000, 1), data));
    assertEquals(4.0, clip.durationSeconds());
    for (int k = 1000; k < clip.samples().length - 1000; k++) {
      assertEquals(TONE[k], clip.samples()[k], 1e-5f);
    }
  }

  @Test
  void skipsOtherChunksWhereverTheyStand() throws AudioException {
    byte[] data = encode(PCM, 16, TONE);
    byte[] odd = chunk("LIST", new byte[333]);
    byte[] file =
        riff("RIFF", odd, chunk("fmt ", format(PCM, 16, RATE, 1)), odd, chunk("data", data), odd);
    assertEquals(TONE.length, read(file).samples().length);
  }

  @Test
  void readsLargeFilesWithSizesOf64Bits() throws AudioException {
    byte[] data = encode(PCM, 16, TONE);
    byte[] sizes = little(28).putLong(0).putLong(data.length).putLong(0).putInt(0).array();
    byte[] file =
        riff(
            "RF64",
            chunk("ds64", sizes),
            chunk("fmt ", format(PCM, 16, RATE, 1)),
            concatenate(header("data", 0xFFFF_FFFFL), data),
            chunk("LIST", new byte[1000]));
    assertEquals(TONE.length, read(file).samples().length);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 0x7FFF_FFFFL, 0x7FFF_F000L, 0xFFFF_FFFFL, 0xFFFF_FFDBL})
  void readsWhatWasWrittenToAPipeToItsEnd(long placeholder) throws AudioException {
    byte[] file =
        concatenate(
            header("RIFF", placeholder),
            ascii("WAVE"),
            chunk("fmt ", format(PCM, 16, RATE, 1)),
            header("data", placeholder),
            encode(PCM, 16, TONE));
    AudioClip clip = read(file);
    assertEquals(TONE.length, clip.samples().length);
    assertEquals(List.of(), clip.warnings());
  }

  @Test
  void warnsWhenALittleIsMissing() throws AudioException {
    AudioClip clip = read(cutTo(0.92));
    assertEquals(0.92 * 4, clip.durationSeconds(), 0.01);
    assertEquals(
        List.of("only 3.68 of the 4.00 seconds that its header claims could be decoded"),
        clip.warnings());
  }

  @Test
  void refusesWhatLacksMuch() {
    assertEquals(AudioException.Kind.CORRUPT, refusal(cutTo(0.8)).kind());
  }

  @Test
  void ignoresTheStartedFrameAtTheEnd() throws AudioException {
    byte[] file = wav(RATE, 1, TONE);
    byte[] cut = Arrays.copyOf(file, file.length - 1);
    assertEquals(TONE.length - 1, read(cut).samples().length);
  }

  @Test
  void refusesWhatHoldsNoSamples() {
    byte[] file = wav(format(PCM, 16, RATE, 1), new byte[0]);
    assertEquals(AudioException.Kind.EMPTY_AUDIO, refusal(file).kind());
  }

  @Test
  void refusesWhatIsShorterThanTheSettingsAsk() {
    AudioException refusal = refusal(wav(RATE, 1, tone(RATE, 440, 2.5)));
    assertEquals(AudioException.Kind.TOO_SHORT, refusal.kind());
    assertTrue(refusal.getMessage().contains("2.50 seconds"), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("at least 3.0"), refusal.getMessage());
  }

  @Test
  void refusesDigitalSilence() {
    assertEquals(AudioException.Kind.SILENT, refusal(wav(RATE, 1, new float[4 * RATE])).kind());
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void refusesSamplesThatAreNoNumbers(float sample) {
    float[] samples = TONE.clone();
    samples[50_000] = sample;
    byte[] file = wav(format(FLOAT, 32, RATE, 1), encode(FLOAT, 32, samples));
    AudioException refusal = refusal(file);
    assertEquals(AudioException.Kind.NON_FINITE, refusal.kind());
  }

  @Test
  void clampsAbsurdValuesAndSaysSo() throws AudioException {
    float[] samples = TONE.clone();
    samples[50_000] = -1e30f;
    byte[] file = wav(format(FLOAT, 32, RATE, 1), encode(FLOAT, 32, samples));
    AudioClip clip = read(file);
    assertEquals(-0x1p31f, clip.samples()[50_000]);
    assertEquals(List.of("1 samples beyond +-2^31 were set to that"), clip.warnings());
  }

  @Test
  void keepsFloatSamplesOnTheScaleOfIntegers() throws AudioException {
    float[] samples = TONE.clone();
    for (int i = 0; i < samples.length; i++) {
      samples[i] *= 32_768;
    }
    byte[] file = wav(format(FLOAT, 32, RATE, 1), encode(FLOAT, 32, samples));
    assertArrayEquals(samples, read(file).samples());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 999, 1_600_000, Integer.MAX_VALUE})
  void refusesImpossibleSampleRates(int rate) {
    AudioException refusal = refusal(wav(format(PCM, 16, rate, 1), new byte[1000]));
    assertEquals(AudioException.Kind.CORRUPT, refusal.kind());
    assertTrue(refusal.getMessage().contains(rate + " Hz"), refusal.getMessage());
  }

  @Test
  void endsInSamplesOrARefusalWhateverTheHeader() {
    byte[] sound = wav(extensible(FLOAT, 32, RATE, 2), encode(FLOAT, 32, tone(RATE, 440, 0.5)));
    Random random = new Random(11);
    AudioDecoder decoder = new StandardAudioDecoder(SETTINGS.withSeconds(0, 10));
    int decoded = 0;
    for (int i = 0; i < 2000; i++) {
      byte[] damaged = sound.clone();
      for (int change = random.nextInt(3); change >= 0; change--) {
        damaged[random.nextInt(72)] = (byte) random.nextInt(256);
      }
      try {
        AudioClip.readAll(decoder.open("damaged", () -> new ByteArrayInputStream(damaged)));
        decoded++;
      } catch (AudioException e) {
        assertTrue(e.getMessage().length() < 1000, e.getMessage());
      }
    }
    assertTrue(decoded > 100 && decoded < 1900, decoded + " decoded");
  }

  @Test
  void leavesOtherContentToFfmpegWhichIsMissingHere() {
    byte[] adpcm = wav(format(0x11, 4, RATE, 2), new byte[1000]);
    for (byte[] file : List.of(adpcm, ascii("fLaC"), ascii("RIFF"), header("RIFF", 5))) {
      AudioException refusal = refusal(file);
      assertEquals(AudioException.Kind.DECODER_UNAVAILABLE, refusal.kind());
      assertTrue(refusal.getMessage().contains("/nowhere/ffmpeg"), refusal.getMessage());
      assertTrue(refusal.getMessage().contains("apt-get install ffmpeg"), refusal.getMessage());
    }
  }

  @Test
  void stopsWhereTheSettingsEndEndlessAudio() {
    byte[] start =
        concatenate(
            header("RIFF", 0),
            ascii("WAVE"),
            chunk("fmt ", format(PCM, 16, RATE, 1)),
            header("data", 0));
    AudioDecoder decoder = new StandardAudioDecoder(SETTINGS.withSeconds(3, 10));
    AudioException refusal =
        assertThrows(
            AudioException.class,
            () ->
                AudioClip.readAll(
                    decoder.open(
                        "endless",
                        () ->
                            new SequenceInputStream(
                                new ByteArrayInputStream(start), new Endless()))));
    assertEquals(AudioException.Kind.TOO_LONG, refusal.kind());
  }

  @Test
  void needsLittleMemoryForTwoHours() throws AudioException {
    int rate = 8000;
    long bytes = 7200L * rate;
    byte[] start =
        concatenate(
            header("RIFF", bytes + 36),
            ascii("WAVE"),
            chunk("fmt ", format(PCM, 8, rate, 1)),
            header("data", bytes));
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    float[] buffer = new float[1 << 13];
    long allocated = threads.getCurrentThreadAllocatedBytes();
    long samples = 0;
    try (AudioStream stream =
        new StandardAudioDecoder(SETTINGS.withSampleRate(4000))
            .open(
                "two hours",
                () -> new SequenceInputStream(new ByteArrayInputStream(start), new Endless()))) {
      int read;
      while ((read = stream.read(buffer, 0, buffer.length)) >= 0) {
        samples += read;
      }
    }
    allocated = threads.getCurrentThreadAllocatedBytes() - allocated;
    assertEquals(7200L * 4000, samples);
    assertTrue(allocated < 8 << 20, "allocated " + allocated + " bytes");
  }

  private static byte[] cutTo(double share) {
    byte[] file = wav(RATE, 1, TONE);
    return Arrays.copyOf(file, (int) (file.length * share));
  }

  private static AudioClip read(byte[] file) throws AudioException {
    AudioDecoder decoder = new StandardAudioDecoder(SETTINGS);
    return AudioClip.readAll(decoder.open("test.mp3", () -> new ByteArrayInputStream(file)));
  }

  private static AudioException refusal(byte[] file) {
    return assertThrows(AudioException.class, () -> read(file));
  }

  /** Noise without end. */
  private static final class Endless extends InputStream {
    private final byte[] noise = new byte[1 << 16];

    Endless() {
      new Random(1).nextBytes(noise);
    }

    @Override
    public int read() {
      return noise[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      int count = Math.min(length, noise.length);
      System.arraycopy(noise, 0, bytes, offset, count);
      return count;
    }
  }
}
