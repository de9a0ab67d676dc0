#!/usr/bin/env python3
"""The usual script: labels a folder of audio with librosa, matplotlib and PyTorch, one file at a time.

usage: library_peer.py FOLDER [--threads 2] [--limit N] [--json FILE]

What the ccmusic music_genre demo does, in one process on all cores: librosa.load at 22,050 Hz mono, constant-Q transform and
decibels, slices of 11.4 s, each drawn by matplotlib as JPEG, opened and resized by Pillow, all slices of a track through
VGG19_BN (width 1, random weights: speed does not depend on them) in evaluation mode. A file that cannot be read is counted and
left out. Prints seconds by stage and tracks an hour; the first file is done once before, to load what is loaded once.
Needs librosa, torch, matplotlib, pillow, and ffmpeg on the PATH for M4A.
"""
import argparse
import json
import pathlib
import tempfile
import time
import warnings

import librosa
import numpy as np
import torch

from network_peer import vgg19_bn
from picture_peer import picture

ENDINGS = {".mp3", ".ogg", ".opus", ".m4a", ".flac", ".wav"}
SLICE_SECONDS = 11.4


STAGES = ["decode", "transform", "draw", "network"]


def levels_of(file, seconds=SLICE_SECONDS):
    """A track's slices in dB, and the seconds that decoding and the transform took."""
    begin = time.perf_counter()
    samples, rate = librosa.load(file, sr=22_050, mono=True)
    decoded = time.perf_counter()
    levels = librosa.power_to_db(np.abs(librosa.cqt(y=samples, sr=rate)) ** 2, ref=np.max)
    frames = levels.shape[1]
    step = int(seconds * frames / (len(samples) / rate))
    count = frames // step
    first = (frames - count * step) // 2
    slices = [levels[:, first + i * step : first + (i + 1) * step] for i in range(count)]
    return slices, (decoded - begin, time.perf_counter() - decoded)


def label(file, network, picture_file, stages, size=224, seconds=SLICE_SECONDS):
    """The class of a track by its slices' votes; adds the seconds of each stage to stages."""
    slices, times = levels_of(file, seconds)
    transformed = time.perf_counter()
    pictures = np.stack([picture(levels, picture_file, size) for levels in slices])
    drawn = time.perf_counter()
    with torch.inference_mode():
        votes = network(torch.from_numpy(pictures)).argmax(1)
        winner = int(votes.mode().values)
    done = time.perf_counter()
    for stage, spent in zip(STAGES, (*times, drawn - transformed, done - drawn)):
        stages[stage] += spent
    return winner


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("folder", type=pathlib.Path)
    arguments.add_argument("--threads", type=int, default=2)
    arguments.add_argument("--limit", type=int)
    arguments.add_argument("--json", type=pathlib.Path)
    arguments = arguments.parse_args()
    warnings.filterwarnings("ignore")
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(1)
    network = vgg19_bn(16, 1, 224).eval()
    files = sorted(p for p in arguments.folder.rglob("*") if p.suffix.lower() in ENDINGS)
    files = files[: arguments.limit]
    stages = dict.fromkeys(STAGES, 0.0)

    with tempfile.TemporaryDirectory() as folder:
        picture_file = f"{folder}/slice.jpg"
        label(files[0], network, picture_file, stages)
        stages.update(dict.fromkeys(stages, 0.0))
        begin = time.perf_counter()
        failed = 0
        for file in files:
            try:
                label(file, network, picture_file, stages)
            except Exception as fault:  # whatever the libraries throw
                failed += 1
                print(f"{file}: {fault}")
        seconds = time.perf_counter() - begin
    labelled = len(files) - failed
    print(f"{labelled} tracks labelled, {failed} failed, in {seconds:.1f} s: {labelled / seconds * 3600:,.0f} an hour")
    for stage, spent in stages.items():
        print(f"  {stage:10} {spent:7.2f} s")
    if arguments.json:
        result = {"seconds": seconds, "labelled": labelled, "failed": failed, "stages": stages}
        arguments.json.write_text(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
