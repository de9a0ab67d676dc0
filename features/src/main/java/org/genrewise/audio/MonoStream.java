package org.genrewise.audio;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Mixes a source to mono (the mean of its channels), brings it to the wanted rate and refuses what
 * is no usable audio.
 */
final class MonoStream implements AudioStream {
  /**
   * Nothing is louder: float files hold -1..1, or integers of up to 32 bits at most. Beyond it
   * powers would overflow later on.
   */
  private static final float LOUDEST = 0x1p31f;

  private static final int FRAMES = 1 << 13;

  private final String name;
  private final SampleSource source;
  private final DecoderSettings settings;
  private final boolean whole;
  private final Runnable closing;
  private final Resampler resampler;
  private final float[] interleaved;
  private final float[] mono = new float[FRAMES];
  private final List<String> warnings = new ArrayList<>();
  private int monoStart;
  private int monoEnd;
  private long frames;
  private long clamped;
  private boolean silent = true;
  private boolean ended;

  /** All of a track: it must be long enough, and not silent. */
  static MonoStream whole(String name, SampleSource source, DecoderSettings settings)
      throws AudioException {
    return of(name, source, settings, true, source::close);
  }

  /** The same, for a reader who then closes all that it came from. */
  static MonoStream only(
      String name, SampleSource source, DecoderSettings settings, AudioPieces owner)
      throws AudioException {
    Runnable closing =
        () -> {
          source.close();
          owner.close();
        };
    return of(name, source, settings, true, closing);
  }

  /** A part of a track, which may be silent, short or empty. */
  static MonoStream piece(String name, SampleSource source, DecoderSettings settings)
      throws AudioException {
    return of(name, source, settings, false, source::close);
  }

  private static MonoStream of(
      String name, SampleSource source, DecoderSettings settings, boolean whole, Runnable closing)
      throws AudioException {
    try {
      return new MonoStream(name, source, settings, whole, closing);
    } catch (AudioException e) {
      source.close();
      throw e;
    }
  }

  private MonoStream(
      String name, SampleSource source, DecoderSettings settings, boolean whole, Runnable closing)
      throws AudioException {
    if (source.sampleRate() < Resampler.LOWEST_RATE
        || source.sampleRate() > Resampler.HIGHEST_RATE) {
      throw new AudioException(
          AudioException.Kind.CORRUPT,
          "%s: a sample rate of %d Hz; %d to %d are read"
              .formatted(name, source.sampleRate(), Resampler.LOWEST_RATE, Resampler.HIGHEST_RATE));
    }
    this.name = name;
    this.source = source;
    this.settings = settings;
    this.whole = whole;
    this.closing = closing;
    this.resampler = new Resampler(source.sampleRate(), settings.sampleRate());
    this.interleaved = new float[FRAMES * source.channels()];
  }

  @Override
  public int read(float[] buffer, int offset, int length) throws AudioException {
    if (length == 0) {
      return 0;
    }
    while (true) {
      int ready = resampler.read(buffer, offset, length);
      if (ready > 0) {
        return ready;
      }
      if (ended) {
        return -1;
      }
      if (monoStart == monoEnd && !readMono()) {
        verify();
        resampler.finish();
        ended = true;
      }
      monoStart += resampler.write(mono, monoStart, monoEnd - monoStart);
    }
  }

  private boolean readMono() throws AudioException {
    int count = source.read(interleaved);
    if (count < 0) {
      return false;
    }
    mix(count);
    check(count);
    frames += count;
    if (frames > settings.maximumSeconds() * source.sampleRate()) {
      throw new AudioException(
          AudioException.Kind.TOO_LONG,
          "%s: longer than the %s seconds that the settings allow"
              .formatted(name, settings.maximumSeconds()));
    }
    monoStart = 0;
    monoEnd = count;
    return true;
  }

  private void mix(int count) {
    int channels = source.channels();
    if (channels == 1) {
      System.arraycopy(interleaved, 0, mono, 0, count);
    } else if (channels == 2) {
      for (int frame = 0; frame < count; frame++) {
        mono[frame] = (interleaved[2 * frame] + interleaved[2 * frame + 1]) / 2;
      }
    } else {
      for (int frame = 0, i = 0; frame < count; frame++) {
        float sum = 0;
        for (int channel = 0; channel < channels; channel++) {
          sum += interleaved[i++];
        }
        mono[frame] = sum / channels;
      }
    }
  }

  private void check(int count) throws AudioException {
    float loudest = 0;
    float residue = 0;
    for (int i = 0; i < count; i++) {
      float sample = mono[i];
      loudest = Math.max(loudest, Math.abs(sample));
      residue += sample - sample;
    }
    if (residue != 0) {
      throw new AudioException(
          AudioException.Kind.NON_FINITE,
          "%s: NaN or infinite samples in the %d after second %s"
              .formatted(name, count, seconds(frames)));
    }
    silent &= loudest == 0;
    if (loudest > LOUDEST) {
      clamp(count);
    }
  }

  private void clamp(int count) {
    for (int i = 0; i < count; i++) {
      if (Math.abs(mono[i]) > LOUDEST) {
        mono[i] = Math.copySign(LOUDEST, mono[i]);
        clamped++;
      }
    }
  }

  private void verify() throws AudioException {
    warnings.addAll(source.verify(frames));
    if (whole) {
      verifyWhole();
    }
    if (clamped > 0) {
      warnings.add("%d samples beyond +-2^31 were set to that".formatted(clamped));
    }
  }

  private void verifyWhole() throws AudioException {
    if (frames == 0) {
      throw new AudioException(
          AudioException.Kind.EMPTY_AUDIO, name + ": an audio stream without samples");
    }
    if (frames < settings.minimumSeconds() * source.sampleRate()) {
      throw new AudioException(
          AudioException.Kind.TOO_SHORT,
          "%s: %s seconds; the settings ask for at least %s"
              .formatted(name, seconds(frames), settings.minimumSeconds()));
    }
    if (silent) {
      throw new AudioException(
          AudioException.Kind.SILENT,
          "%s: the mean of its channels is digital silence, all %s seconds of it"
              .formatted(name, seconds(frames)));
    }
  }

  private String seconds(long count) {
    return String.format(Locale.ROOT, "%.2f", (double) count / source.sampleRate());
  }

  @Override
  public int sampleRate() {
    return settings.sampleRate();
  }

  @Override
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  @Override
  public void close() {
    closing.run();
  }
}
