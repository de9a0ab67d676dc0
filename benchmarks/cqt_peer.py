"""Times librosa's constant-Q transform and decibels, the peer of `./genrewise benchmark`.

usage: python benchmarks/cqt_peer.py [--runs N] [--json FILE]

One thread, an 11.4 s clip and a 270 s track at 22,050 Hz, float32 in memory; no decoding. Prints the minimum and the
median of the runs in milliseconds, as processor time. The JSON holds the minima in seconds under cqt_11.4 and cqt_270.
Needs librosa 0.11 (pip install librosa).
"""

import argparse
import json
import os
import statistics
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ[name] = "1"

import librosa  # noqa: E402
import numpy as np  # noqa: E402

SAMPLE_RATE = 22050


def signal(seconds):
    """Partials that glide a little over noise; the time does not depend on what it sounds like."""
    t = np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    noise = np.random.default_rng(1).standard_normal(t.size)
    tones = sum(np.sin(2 * np.pi * (f * t + np.sin(t))) for f in (65.4, 220.0, 587.3, 1318.5))
    return (0.1 * tones + 0.05 * noise).astype(np.float32)


def measure(samples, runs):
    times = []
    for _ in range(runs + 1):
        start = time.process_time()
        magnitudes = np.abs(librosa.cqt(samples, sr=SAMPLE_RATE))
        librosa.amplitude_to_db(magnitudes, ref=np.max)
        times.append(time.process_time() - start)
    return times[1:]  # the first one builds caches


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--runs", type=int, default=15, help="timed runs of each length (default 15)")
    parser.add_argument("--json", help="write the minima in seconds to this file")
    arguments = parser.parse_args()
    minima = {}
    print(f"librosa {librosa.__version__}, numpy {np.__version__}, 1 thread")
    for name, seconds in (("cqt_11.4", 11.4), ("cqt_270", 270.0)):
        times = measure(signal(seconds), arguments.runs)
        minima[name] = min(times)
        print(f"{name:9s} minimum {1e3 * min(times):7.2f} ms  median {1e3 * statistics.median(times):7.2f} ms")
    if arguments.json:
        with open(arguments.json, "w") as out:
            json.dump(minima, out, indent=2)


if __name__ == "__main__":
    main()
