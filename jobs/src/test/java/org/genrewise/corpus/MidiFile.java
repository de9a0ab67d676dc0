package org.genrewise.corpus;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MetaMessage;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;

/** What a test wants to know of a Standard MIDI File; the tempo is that of its first bar. */
record MidiFile(List<Note> notes, Set<Integer> programs, double seconds, double tempo) {

  private static final int DRUMS = 9;

  /** The beginning of a note, in seconds. */
  record Note(double start, int channel, int pitch) {}

  static MidiFile read(byte[] bytes) {
    try {
      return read(MidiSystem.getSequence(new ByteArrayInputStream(bytes)));
    } catch (InvalidMidiDataException e) {
      throw new AssertionError(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MidiFile read(Sequence sequence) {
    List<Note> notes = new ArrayList<>();
    Set<Integer> programs = new TreeSet<>();
    double secondsPerTick = 0.5 / sequence.getResolution();
    double tempo = 0;
    double seconds = 0;
    long tick = 0;
    Track track = sequence.getTracks()[0];
    for (int index = 0; index < track.size(); index++) {
      MidiEvent event = track.get(index);
      seconds += (event.getTick() - tick) * secondsPerTick;
      tick = event.getTick();
      if (event.getMessage() instanceof MetaMessage meta && meta.getType() == 0x51) {
        byte[] data = meta.getData();
        int micros = (data[0] & 0xFF) << 16 | (data[1] & 0xFF) << 8 | data[2] & 0xFF;
        secondsPerTick = micros / 1e6 / sequence.getResolution();
        tempo = tempo == 0 ? 60e6 / micros : tempo;
      } else if (event.getMessage() instanceof ShortMessage message) {
        if (message.getCommand() == ShortMessage.PROGRAM_CHANGE) {
          programs.add(message.getData1());
        } else if (message.getCommand() == ShortMessage.NOTE_ON) {
          notes.add(new Note(seconds, message.getChannel(), message.getData1()));
        }
      }
    }
    return new MidiFile(notes, programs, seconds, tempo);
  }

  long drumStrokes() {
    return notes.stream().filter(note -> note.channel() == DRUMS).count();
  }

  int lowest() {
    return pitched().stream().mapToInt(Note::pitch).min().orElseThrow();
  }

  int highest() {
    return pitched().stream().mapToInt(Note::pitch).max().orElseThrow();
  }

  /** The lowest note of the last chord: the tonic, or a tone of its chord. */
  int lastBass() {
    double last = pitched().stream().mapToDouble(Note::start).max().orElseThrow();
    return pitched().stream()
        .filter(note -> note.start() > last - 0.3)
        .min(Comparator.comparingInt(Note::pitch))
        .orElseThrow()
        .pitch();
  }

  /** Longest time between the beginnings of two notes. */
  double longestRest() {
    double longest = notes.get(0).start();
    for (int index = 1; index < notes.size(); index++) {
      longest = Math.max(longest, notes.get(index).start() - notes.get(index - 1).start());
    }
    return longest;
  }

  private List<Note> pitched() {
    return notes.stream().filter(note -> note.channel() != DRUMS).toList();
  }
}
