package org.genrewise.corpus;

/** Plays single notes of a melody in the manner of its instrument. */
record Ornament(Song song, Bar bar, Voice voice, Melody.Touch touch) {

  private static final double SLIDE = 0.12;

  void play(Slots.Stroke stroke, int previous, int pitch) {
    double beat = voice.moment(bar, stroke.slot());
    double beats = stroke.beats();
    int velocity = voice.velocity(bar, stroke.slot());
    switch (touch) {
      case PLAIN -> voice.play(beat, beats, pitch, velocity);
      case DETACHED -> voice.play(beat, beats * 0.5, pitch, velocity);
      case SINGING -> {
        tremble(beat, beats, 45);
        voice.play(beat, beats + 0.04, pitch, velocity);
      }
      case OPERATIC -> {
        slide(beat, previous, pitch, 1);
        tremble(beat, beats, 127);
        swell(beat, beats);
        boolean turn = beats >= 1 && pitch > previous && voice.random().nextInt(3) == 0;
        double from = turn ? turn(beat, pitch, velocity) : beat;
        voice.play(from, beat + beats + 0.04 - from, pitch, velocity);
      }
      case CROONING -> {
        slide(beat, previous, pitch, 0.5);
        tremble(beat, beats, 50);
        voice.play(beat, beats, pitch, velocity);
      }
      case MELISMATIC -> {
        slide(beat, previous, pitch, 0.7);
        tremble(beat, beats, 60);
        boolean run = beats >= 0.75 && voice.random().nextInt(2) == 0;
        double held = run ? run(beat, beats, pitch, velocity) : beats;
        voice.play(beat, held, pitch, velocity);
      }
    }
  }

  /** Comes to the note from a little on the previous one's side. */
  private void slide(double beat, int previous, int pitch, double chance) {
    if (voice.random().nextDouble() >= chance || previous == pitch) {
      return;
    }
    double from = previous < pitch ? -1.2 : 0.8;
    for (int step = 0; step <= 4; step++) {
      voice.bend(beat + SLIDE * step / 4, from * (4 - step) / 4);
    }
  }

  /** Vibrato that sets in after the note has begun, on long notes only. */
  private void tremble(double beat, double beats, int depth) {
    voice.vibrato(beat, depth > 100 ? depth / 2 : 0);
    if (beats >= 0.75) {
      voice.vibrato(beat + 0.25 * beats, depth);
    }
  }

  private void swell(double beat, double beats) {
    if (beats < 1) {
      voice.expression(beat, 112);
      return;
    }
    int[] levels = {88, 106, 120, 127, 116, 96};
    for (int index = 0; index < levels.length; index++) {
      voice.expression(beat + beats * index / levels.length, levels[index]);
    }
  }

  /** Two quick neighbours before the note. */
  private double turn(double beat, int pitch, int velocity) {
    voice.play(beat, 0.16, song.step(pitch, 1), velocity - 8);
    voice.play(beat + 0.13, 0.16, pitch, velocity - 8);
    voice.play(beat + 0.26, 0.16, song.step(pitch, -1), velocity - 8);
    return beat + 0.39;
  }

  /** A quick descent at the end of the note; says how long the note itself is held. */
  private double run(double beat, double beats, int pitch, int velocity) {
    double quick = 0.125;
    int notes = beats >= 1.5 ? 4 : 3;
    double held = beats - quick * notes;
    for (int index = 0; index < notes; index++) {
      int down = song.step(pitch, -(index + 1));
      voice.play(beat + held + quick * index, quick + 0.02, down, velocity - 6 - 2 * index);
    }
    return held;
  }
}
