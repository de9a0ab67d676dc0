package org.genrewise.corpus;

/** General MIDI programs, counted from 0. */
final class Instruments {

  static final int PIANO = 0;
  static final int BRIGHT_PIANO = 1;
  static final int HONKY_TONK = 3;
  static final int RHODES = 4;
  static final int ELECTRIC_PIANO = 5;
  static final int HARPSICHORD = 6;
  static final int CLAVINET = 7;
  static final int CELESTA = 8;
  static final int GLOCKENSPIEL = 9;
  static final int MUSIC_BOX = 10;
  static final int VIBRAPHONE = 11;
  static final int DRAWBAR_ORGAN = 16;
  static final int ROCK_ORGAN = 18;
  static final int CHURCH_ORGAN = 19;
  static final int ACCORDION = 21;
  static final int HARMONICA = 22;
  static final int NYLON_GUITAR = 24;
  static final int STEEL_GUITAR = 25;
  static final int JAZZ_GUITAR = 26;
  static final int CLEAN_GUITAR = 27;
  static final int MUTED_GUITAR = 28;
  static final int OVERDRIVEN_GUITAR = 29;
  static final int DISTORTION_GUITAR = 30;
  static final int ACOUSTIC_BASS = 32;
  static final int FINGER_BASS = 33;
  static final int PICK_BASS = 34;
  static final int FRETLESS_BASS = 35;
  static final int SLAP_BASS = 36;
  static final int SYNTH_BASS = 38;
  static final int DEEP_SYNTH_BASS = 39;
  static final int VIOLIN = 40;
  static final int VIOLA = 41;
  static final int CELLO = 42;
  static final int CONTRABASS = 43;
  static final int PIZZICATO = 45;
  static final int HARP = 46;
  static final int TIMPANI = 47;
  static final int STRINGS = 48;
  static final int SLOW_STRINGS = 49;
  static final int SYNTH_STRINGS = 50;
  static final int CHOIR = 52;
  static final int VOICE = 53;
  static final int SYNTH_VOICE = 54;
  static final int ORCHESTRA_HIT = 55;
  static final int TRUMPET = 56;
  static final int TROMBONE = 57;
  static final int TUBA = 58;
  static final int MUTED_TRUMPET = 59;
  static final int HORN = 60;
  static final int BRASS = 61;
  static final int SYNTH_BRASS = 62;
  static final int SOPRANO_SAX = 64;
  static final int ALTO_SAX = 65;
  static final int TENOR_SAX = 66;
  static final int OBOE = 68;
  static final int BASSOON = 70;
  static final int CLARINET = 71;
  static final int FLUTE = 73;
  static final int WHISTLE = 78;
  static final int SQUARE_LEAD = 80;
  static final int SAW_LEAD = 81;
  static final int WARM_PAD = 89;
  static final int POLYSYNTH = 90;

  private Instruments() {}
}
