"""Makes settings.txt: what librosa.cqt gives for settings other than the default.

usage: python make_settings.py settings.txt

The input is a sum of partials and a seeded noise that the test makes again: sample n is
0.3 sin(2 pi 220 n / sr) + 0.2 sin(2 pi 587.33 n / sr) + 0.1 sin(2 pi 1318.51 n / sr) + noise / 10, in float32;
the noise is a linear congruential generator, x = (1664525 x + 1013904223) mod 2^32, from 1, mapped to -1..1.
A line "case" holds the settings, the number of samples, the number of frames and the maximum; each line after it
a frame and its magnitudes, low note first. Made with librosa 0.11.0, numpy 2.4.6, scipy 1.17.1, soxr 1.1.0.
"""

import sys

import librosa
import numpy as np

C1 = float(librosa.note_to_hz("C1"))

# sr, hop, fmin, bins, bins per octave, samples
SETTINGS = [
    (22050, 512, C1, 84, 12, 22050),
    (22050, 512, C1, 20, 12, 30000),  # early downsampling; bins not a multiple of an octave
    (22050, 256, 55.0, 60, 24, 12000),
    (22050, 512, 65.4, 180, 36, 20000),  # longer frames
    (44100, 1024, C1, 84, 12, 40000),
    (48000, 320, 110.0, 50, 12, 9600),  # the hop can be halved six times, to 5
    (16000, 160, 82.41, 48, 12, 8000),
    (22050, 441, 130.81, 24, 12, 9000),  # an odd hop: no halving, two octaves at one rate
    (22050, 882, 130.81, 36, 12, 9000),  # halved once
    (8000, 128, 200.0, 1, 12, 4000),  # a single bin
    (22050, 4096, 65.4, 24, 12, 60000),  # early downsampling by the hop
    (11025, 64, 100.0, 24, 6, 3000),
    (22050, 512, C1, 84, 12, 300),  # shorter than every frame
    (22050, 512, C1, 84, 12, 1),
]
MOST_FRAMES = 12


def signal(sr, count):
    noise = np.empty(count)
    x = 1
    for n in range(count):
        x = (1664525 * x + 1013904223) % 2**32
        noise[n] = x / 2**31 - 1
    t = 2 * np.pi * np.arange(count) / sr
    partials = 0.3 * np.sin(220 * t) + 0.2 * np.sin(587.33 * t) + 0.1 * np.sin(1318.51 * t)
    return (partials + 0.1 * noise).astype(np.float32)


with open(sys.argv[1], "w") as out:
    for sr, hop, fmin, bins, per_octave, count in SETTINGS:
        y = signal(sr, count)
        c = np.abs(librosa.cqt(y, sr=sr, hop_length=hop, fmin=fmin, n_bins=bins, bins_per_octave=per_octave))
        # Both edges and a few frames between.
        kept = sorted(set(np.linspace(0, c.shape[1] - 1, min(c.shape[1], MOST_FRAMES)).astype(int).tolist()))
        print("case", sr, hop, repr(fmin), bins, per_octave, count, c.shape[1], f"{c.max():.7g}", file=out)
        for t in kept:
            print(t, *(f"{v:.6g}" for v in c[:, t]), file=out)
