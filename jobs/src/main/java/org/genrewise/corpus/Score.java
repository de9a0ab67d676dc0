package org.genrewise.corpus;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MetaMessage;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiMessage;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;

/**
 * Collects the notes of a piece and writes them as a Standard MIDI File. Times are in beats
 * (quarter notes) from the beginning.
 */
final class Score {

  static final int DRUMS = 9;
  private static final int TICKS_PER_BEAT = 480;
  private static final int TEMPO = 0x51;
  private static final int VOLUME = 7;
  private static final int PAN = 10;

  /** Where the pitch wheel rests; General MIDI gives it a range of two semitones to either side. */
  private static final int WHEEL_CENTRE = 8192;

  private final Sequence sequence;
  private final Track track;
  private int parts;

  Score() {
    try {
      sequence = new Sequence(Sequence.PPQ, TICKS_PER_BEAT);
    } catch (InvalidMidiDataException e) {
      throw new IllegalStateException(e);
    }
    track = sequence.createTrack();
  }

  void tempo(double beat, double beatsPerMinute) {
    int micros = (int) Math.round(60e6 / beatsPerMinute);
    byte[] data = {(byte) (micros >> 16), (byte) (micros >> 8), (byte) micros};
    try {
      add(beat, new MetaMessage(TEMPO, data, data.length));
    } catch (InvalidMidiDataException e) {
      throw new IllegalArgumentException(beatsPerMinute + " beats per minute", e);
    }
  }

  /**
   * Opens a channel for one more instrument.
   *
   * @param program General MIDI program, 0 to 127
   * @param volume 0 to 127
   * @return the channel
   */
  int part(int program, int volume) {
    int channel = parts < DRUMS ? parts : parts + 1;
    if (channel > 15) {
      throw new IllegalStateException(
          "a MIDI file has 15 channels for instruments, this piece needs more");
    }
    parts++;
    send(0, ShortMessage.PROGRAM_CHANGE, channel, program, 0);
    control(channel, 0, VOLUME, volume);
    control(channel, 0, PAN, 64);
    return channel;
  }

  /** The channel of the drums, at a volume of 0 to 127. */
  int drums(int volume) {
    control(DRUMS, 0, VOLUME, volume);
    return DRUMS;
  }

  /** A note; velocity is cut to 1 to 127. */
  void note(int channel, double beat, double beats, int pitch, int velocity) {
    int strength = Math.max(1, Math.min(127, velocity));
    send(beat, ShortMessage.NOTE_ON, channel, pitch, strength);
    send(beat + beats, ShortMessage.NOTE_OFF, channel, pitch, 0);
  }

  void control(int channel, double beat, int controller, int value) {
    send(beat, ShortMessage.CONTROL_CHANGE, channel, controller, Math.max(0, Math.min(127, value)));
  }

  /** Bends the channel's pitch, by -2 to 2 semitones. */
  void bend(int channel, double beat, double semitones) {
    int wheel = (int) Math.round(WHEEL_CENTRE * (1 + semitones / 2));
    int value = Math.max(0, Math.min(2 * WHEEL_CENTRE - 1, wheel));
    send(beat, ShortMessage.PITCH_BEND, channel, value & 0x7F, value >> 7);
  }

  byte[] toMidi() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      MidiSystem.write(sequence, 0, bytes);
    } catch (IOException e) {
      throw new IllegalStateException("writing into memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  private void send(double beat, int command, int channel, int first, int second) {
    try {
      add(beat, new ShortMessage(command, channel, first, second));
    } catch (InvalidMidiDataException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private void add(double beat, MidiMessage message) {
    track.add(new MidiEvent(message, Math.max(0, Math.round(beat * TICKS_PER_BEAT))));
  }
}
