"""Makes library-levels.csv, which LibraryTest reads: samples and level of what librosa 0.11.0 loads of each clip of shared/data/audio/library
at 22050 Hz (libsndfile 1.2.2, soxr 1.1.0): all but the m4a, which libsndfile cannot read. Call: python make_library_levels.py LIBRARY OUTPUT.csv
"""

import csv
import pathlib
import sys

import librosa
import numpy as np

if __name__ == "__main__":
    library = pathlib.Path(sys.argv[1])
    with open(library / "manifest.csv") as manifest, open(sys.argv[2], "w") as output:
        print("path,samples,rms", file=output)
        for row in csv.DictReader(manifest):
            if not row["path"].endswith(".m4a"):
                y, _ = librosa.load(library / row["path"], sr=22050)
                rms = np.sqrt(np.mean(y.astype(np.float64) ** 2))
                print(f"{row['path']},{len(y)},{rms:.7f}", file=output)
