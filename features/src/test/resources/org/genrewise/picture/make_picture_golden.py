#!/usr/bin/env python3
"""Golden numbers for the tests of slices and pictures, from the programs that the reference uses.

usage: make_picture_golden.py DIRECTORY        (the folder of this script)

Made with librosa 0.11.0, matplotlib 3.11.2 (Agg), Pillow 12.3.0, numpy 2.4.6.

slices.csv       sample_rate,hop_length,slice_seconds,samples -> step,count,begin; step 0: no slice
picture-*.png    levels(bins, frames) drawn with librosa's specshow, saved with matplotlib's savefig,
                 resized by Pillow
pictures.csv     bins,frames,height,width -> CRC-32 of the same picture's bytes (row, column, RGB), and
                 crc32_jpeg of the picture from the image after Pillow's JPEG
"""
import csv
import io
import sys
import zlib

import librosa.display
import matplotlib
import numpy as np
from PIL import Image

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402


def levels(bins, frames):
    """Decibels from -80 to 0 that scatter, the same in every language: a multiplicative hash."""
    count = np.arange(bins * frames, dtype=np.uint64)
    scattered = (count * np.uint64(2654435761) & np.uint64(0xFFFFFFFF)) >> np.uint64(8)
    return (-80.0 * scattered / 2**24).astype(np.float32).reshape(bins, frames)


def figure(decibels):
    """The image that the reference saves, without its JPEG."""
    buffer = io.BytesIO()
    librosa.display.specshow(decibels)
    plt.axis("off")
    plt.savefig(buffer, format="png", bbox_inches="tight", pad_inches=0.0)
    plt.close()
    return Image.open(buffer).convert("RGB")


def jpeg(image):
    """The image as the reference's JPEG holds it: Pillow's quality 75, 4:2:0."""
    buffer = io.BytesIO()
    image.save(buffer, format="jpeg")
    return Image.open(buffer)


def slicing(sample_rate, hop_length, seconds, samples):
    """The reference's arithmetic, on the frames that librosa's transform gives."""
    frames = 1 + samples // hop_length
    duration = samples / sample_rate
    step = int(seconds * frames / duration)
    count = int(frames / step)
    if count == 0:
        return 0, 0, 0
    return step, count, int(0.5 * (frames - count * step))


def lengths():
    """Tracks from a tenth of a second to two hours, dense around one slice and around two."""
    for sample_rate, hop_length, seconds in ((22050, 512, 11.4), (22050, 256, 11.4), (44100, 512, 3.0), (16000, 160, 0.1)):
        slice_samples = round(seconds * sample_rate)
        near = range(-3 * hop_length, 2 * hop_length, 61)
        wanted = {max(1, slice_samples + d) for d in near} | {2 * slice_samples + d for d in near}
        wanted |= {round(sample_rate * s) for s in (0.1, 1, 5, 11.30, 11.39, 11.40, 11.41, 30, 30.12, 200, 270, 300, 3599.9, 7200)}
        for samples in sorted(wanted):
            yield sample_rate, hop_length, seconds, samples


def main(directory):
    with open(f"{directory}/slices.csv", "w") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow("sample_rate hop_length slice_seconds samples step count begin".split())
        for row in lengths():
            table.writerow((*row, *slicing(*row)))
    for bins, frames, height, width in ((84, 491, 64, 64), (84, 490, 112, 112), (60, 300, 48, 96)):
        picture = figure(levels(bins, frames)).resize((width, height), Image.BILINEAR)
        picture.save(f"{directory}/picture-{bins}x{frames}-{height}x{width}.png", optimize=True)
    with open(f"{directory}/pictures.csv", "w") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow("bins frames height width crc32 crc32_jpeg".split())
        for bins, frames in ((84, 491), (84, 490), (84, 492), (84, 100), (84, 992), (84, 1500), (2, 2), (48, 491), (96, 800), (168, 491), (400, 600)):
            image = figure(levels(bins, frames))
            compressed = jpeg(image)
            for height, width in ((32, 32), (33, 47), (64, 64), (112, 112), (224, 224), (299, 299), (369, 496), (500, 370), (32, 1024), (1024, 1024)):
                sums = [zlib.crc32(i.resize((width, height), Image.BILINEAR).tobytes()) for i in (image, compressed)]
                table.writerow((bins, frames, height, width, *(f"{s:08x}" for s in sums)))


main(sys.argv[1])
