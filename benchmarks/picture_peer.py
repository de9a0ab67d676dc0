#!/usr/bin/env python3
"""The time that the reference needs for a picture: from the levels of a slice to the network's input.

usage: picture_peer.py [--runs 20] [--json FILE]

Draws one slice of 84 x 491 levels as the ccmusic music_genre demo does: librosa's specshow, matplotlib's
savefig as JPEG, Pillow's open and bilinear resize to 224 x 224, scaled to -1..1, channels first. One
thread, files in a temporary folder. Prints minimum and median; the JSON holds the minimum in seconds under
"picture". Needs librosa, matplotlib, pillow and numpy.
"""
import argparse
import json
import pathlib
import statistics
import tempfile
import time

import numpy as np
from PIL import Image

SIZE = 224


def draw(decibels, path):
    """Draws the levels of a slice as an image."""
    # here, so that who only reads images does not pay for these
    import librosa.display
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    librosa.display.specshow(decibels)
    plt.axis("off")
    plt.savefig(path, bbox_inches="tight", pad_inches=0.0)
    plt.close()


def read(path, size=SIZE):
    """What the network sees of an image: 3 x size x size, -1 to 1."""
    image = Image.open(path).convert("RGB").resize((size, size), Image.BILINEAR)
    scaled = (np.asarray(image, np.float32) / np.float32(255) - np.float32(0.5)) / np.float32(0.5)
    return np.ascontiguousarray(scaled.transpose(2, 0, 1))


def picture(decibels, path, size=SIZE):
    draw(decibels, path)
    return read(path, size)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--runs", type=int, default=20)
    arguments.add_argument("--json", type=pathlib.Path)
    arguments = arguments.parse_args()
    decibels = (-80 * np.random.default_rng(1).random((84, 491))).astype(np.float32)
    seconds = []
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/slice.jpg"
        picture(decibels, path)
        for _ in range(arguments.runs):
            begin = time.perf_counter()
            picture(decibels, path)
            seconds.append(time.perf_counter() - begin)
    print(f"picture: minimum {min(seconds) * 1e3:.2f} ms, median {statistics.median(seconds) * 1e3:.2f} ms")
    if arguments.json:
        arguments.json.write_text(json.dumps({"picture": min(seconds)}) + "\n")


if __name__ == "__main__":
    main()
