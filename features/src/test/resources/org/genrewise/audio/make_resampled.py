"""Makes resampled-RATE.f32, which ResamplerReferenceTest reads: what librosa 0.11.0 makes of test_signal(RATE) at 22050 Hz
with soxr 1.1.0, res_type soxr_hq. Call: python make_resampled.py OUTPUT_FOLDER
"""

import pathlib
import sys

import librosa
import numpy as np

SECONDS = 0.15


def test_signal(rate):
    """Nine tones up to 0.4 of the rate, 8800 Hz at most, with a Hann envelope; 64-bit sines, rounded to float32."""
    time = np.arange(int(rate * SECONDS)) / rate
    top = min(0.4 * rate, 8800.0)
    tones = sum(np.sin(2 * np.pi * top * k / 9 * time + k) for k in range(1, 10))
    envelope = 0.5 - 0.5 * np.cos(2 * np.pi * time / SECONDS)
    return (envelope * tones / 9).astype(np.float32)


if __name__ == "__main__":
    for rate in (8000, 11025, 32000, 44100, 44099, 48000, 96000):
        y = librosa.resample(test_signal(rate), orig_sr=rate, target_sr=22050)
        y.astype("<f4").tofile(pathlib.Path(sys.argv[1]) / f"resampled-{rate}.f32")
