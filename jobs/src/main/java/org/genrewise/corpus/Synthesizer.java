package org.genrewise.corpus;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MetaMessage;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.MidiUnavailableException;
import javax.sound.midi.Receiver;
import javax.sound.midi.Sequence;
import javax.sound.midi.Soundbank;
import javax.sound.midi.Track;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;

/**
 * Gervill, the JDK's software synthesizer, played into memory.
 *
 * <p>The public way, {@code AudioSystem.getAudioInputStream} of a MIDI file, renders at 44,100 Hz
 * in stereo only, takes whatever sound font the machine has installed, and keeps a copy of its own
 * in the user's home. Here the rate is the one wanted, and the sounds are always those that the JDK
 * generates. That needs the package com.sun.media.sound, so it runs in a JVM of its own ({@link
 * RenderProcess}) to which that package is open.
 */
final class Synthesizer {

  /** The command-line option without which this class cannot work. */
  static final String OPEN_PACKAGE = "--add-exports=java.desktop/com.sun.media.sound=ALL-UNNAMED";

  private static final String PACKAGE = "com.sun.media.sound.";
  private static final int TEMPO = 0x51;
  private static final Map<String, Object> PROPERTIES =
      Map.of(
          "load default soundbank", false,
          // Loudness is set once for the whole piece, see Loudness.
          "auto gain control", false,
          "max polyphony", 128);

  private final AudioFormat format;
  private final Soundbank soundbank;

  Synthesizer(float sampleRate) {
    format =
        new AudioFormat(AudioFormat.Encoding.PCM_FLOAT, sampleRate, 32, 1, 4, sampleRate, false);
    soundbank = (Soundbank) call("EmergencySoundbank", "createSoundbank", null, new Class<?>[0]);
  }

  /**
   * Renders a Standard MIDI File. Safe to be called by several threads at once.
   *
   * @param midi the file's bytes
   * @param samples how many to render, from the beginning
   * @return the samples; they may exceed -1 to 1
   */
  float[] render(byte[] midi, int samples) throws IOException {
    try (javax.sound.midi.Synthesizer gervill = gervill();
        AudioInputStream audio = open(gervill)) {
      gervill.loadAllInstruments(soundbank);
      send(MidiSystem.getSequence(new ByteArrayInputStream(midi)), gervill.getReceiver());
      byte[] bytes = audio.readNBytes(Math.multiplyExact(samples, Float.BYTES));
      float[] rendered = new float[samples];
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(rendered);
      return rendered;
    } catch (InvalidMidiDataException | MidiUnavailableException e) {
      throw new IOException("cannot render: " + e.getMessage(), e);
    }
  }

  private static void send(Sequence sequence, Receiver receiver) {
    Track track = sequence.getTracks()[0];
    double microsPerTick = 500_000.0 / sequence.getResolution();
    double micros = 0;
    long tick = 0;
    for (int index = 0; index < track.size(); index++) {
      MidiEvent event = track.get(index);
      micros += (event.getTick() - tick) * microsPerTick;
      tick = event.getTick();
      if (event.getMessage() instanceof MetaMessage meta) {
        if (meta.getType() == TEMPO) {
          byte[] data = meta.getData();
          int perBeat = (data[0] & 0xFF) << 16 | (data[1] & 0xFF) << 8 | data[2] & 0xFF;
          microsPerTick = (double) perBeat / sequence.getResolution();
        }
      } else {
        receiver.send(event.getMessage(), Math.round(micros));
      }
    }
  }

  private AudioInputStream open(javax.sound.midi.Synthesizer gervill) {
    return (AudioInputStream)
        call(
            "AudioSynthesizer",
            "openStream",
            gervill,
            new Class<?>[] {AudioFormat.class, Map.class},
            format,
            PROPERTIES);
  }

  private static javax.sound.midi.Synthesizer gervill() {
    try {
      return (javax.sound.midi.Synthesizer)
          Class.forName(PACKAGE + "SoftSynthesizer").getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw unusable(e);
    }
  }

  private static Object call(
      String type, String name, Object on, Class<?>[] parameters, Object... arguments) {
    try {
      Method method = Class.forName(PACKAGE + type).getMethod(name, parameters);
      return method.invoke(on, arguments);
    } catch (ReflectiveOperationException e) {
      throw unusable(e);
    }
  }

  private static IllegalStateException unusable(ReflectiveOperationException cause) {
    return new IllegalStateException(
        "the software synthesizer of Java %s cannot be used; run with %s on an OpenJDK that has the module java.desktop"
            .formatted(Runtime.version(), OPEN_PACKAGE),
        cause);
  }
}
