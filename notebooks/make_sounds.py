"""Sounds whose pictures are known beforehand, and files that no label can be made of.

usage: make_sounds.py sounds FOLDER     a sine, two sawtooths, a chord, drums: one WAV of 12 s each, FOLDER/NAME/NAME.wav
       make_sounds.py broken FOLDER     files that a label run reports in failures
"""
import pathlib
import sys
import wave

import numpy as np

RATE = 22_050
SECONDS = 12
TIME = np.arange(RATE * SECONDS) / RATE


def sine(frequency):
    return np.sin(2 * np.pi * frequency * TIME)


def sawtooth(frequency):
    """Harmonics k = 1, 2, 3, ... below half the sample rate, each with amplitude 1/k."""
    return sum(sine(k * frequency) / k for k in range(1, int(RATE / 2 / frequency)))


def chord(*frequencies):
    """Each note with four harmonics."""
    return sum(sine(k * frequency) / k**2 for frequency in frequencies for k in range(1, 5))


def drums():
    """120 beats a minute: a bass drum on each beat, a snare on each second one, a hi-hat each half beat."""
    random = np.random.default_rng(1)
    sound = np.zeros_like(TIME)

    def hit(start, seconds, wave_form):
        begin = int(start * RATE)
        piece = wave_form(np.arange(int(seconds * RATE)) / RATE)[: len(sound) - begin]
        sound[begin : begin + len(piece)] += piece

    def bass(t):
        return np.sin(2 * np.pi * (50 * t + 70 / 30 * (1 - np.exp(-30 * t)))) * np.exp(-9 * t)

    def snare(t):
        return 0.4 * random.standard_normal(len(t)) * np.exp(-25 * t)

    def hat(t):
        return 0.15 * np.diff(random.standard_normal(len(t) + 1)) * np.exp(-60 * t)

    for beat in np.arange(0, SECONDS, 0.5):
        hit(beat, 0.4, bass)
        hit(beat, 0.1, hat)
        hit(beat + 0.25, 0.1, hat)
        if round(beat / 0.5) % 2:
            hit(beat, 0.25, snare)
    return sound


def write(path, samples):
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes((samples * 32_767).astype("<i2").tobytes())


def make_sounds(folder):
    sounds = {
        "sine_a3": sine(220.0),
        "sawtooth_a2": sawtooth(110.0),
        "sawtooth_e3": sawtooth(110.0 * 2 ** (7 / 12)),
        "chord_c4_e4_g4": chord(261.63, 329.63, 392.00),
        "drums": drums(),
    }
    for name, sound in sounds.items():
        write(folder / name / f"{name}.wav", 0.8 * sound / np.abs(sound).max())


def make_broken(folder):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "empty.mp3").write_bytes(b"")
    (folder / "download.mp3").write_text("<html><body>404 Not Found</body></html>\n" * 20)
    (folder / "letter.mp3").write_text("Dear reader, this is no music.\n" * 100)
    write(folder / "digital silence.wav", np.zeros(RATE * 10))
    write(folder / "click.wav", 0.5 * sine(440)[: RATE // 2])
    (folder / "cover.jpg").write_bytes(b"\xff\xd8\xff\xe0")


if __name__ == "__main__":
    makers = {"sounds": make_sounds, "broken": make_broken}
    if len(sys.argv) != 3 or sys.argv[1] not in makers:
        sys.exit(__doc__)
    makers[sys.argv[1]](pathlib.Path(sys.argv[2]))
