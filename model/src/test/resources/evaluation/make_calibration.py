"""Makes calibration.json: random predictions, and their calibration as Guo et al. (2017) define it.

usage: python make_calibration.py calibration.json
Made with numpy 2.4.6.

Three quarters of the samples are drawn from the model's own probabilities, so they are well calibrated;
the others are noise. Probabilities are multiples of 1/4096: no edge of the 15 bins but 0 and 1 is one.
"""

import json
import sys

import numpy as np

CLASSES, SAMPLES, BINS = 4, 200, 15
random = np.random.default_rng(15)
logits = 2.5 * random.normal(size=(SAMPLES, CLASSES))
probabilities = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
truth = np.array([random.choice(CLASSES, p=row) for row in probabilities])
noise = random.random(SAMPLES) < 0.25
truth[noise] = random.integers(0, CLASSES, noise.sum())
probabilities = np.round(probabilities * 4096) / 4096
probabilities[0] = [0, 1, 0, 0]  # on the last edge

confidence = probabilities.max(axis=1)
right = probabilities.argmax(axis=1) == truth
edges = np.linspace(0, 1, BINS + 1)
bins, ece, mce = [], 0.0, 0.0
for low, high in zip(edges[:-1], edges[1:]):
    inside = (confidence > low) & (confidence <= high)
    count = int(inside.sum())
    mean, accuracy = (confidence[inside].mean(), right[inside].mean()) if count else (0.0, 0.0)
    bins.append({"samples": count, "confidence": float(mean), "accuracy": float(accuracy)})
    ece += count / SAMPLES * abs(accuracy - mean)
    mce = max(mce, abs(accuracy - mean))
assert bins[0]["samples"] == 0 and bins[-1]["samples"] > 0

golden = {
    "truth": truth.tolist(),
    "probabilities": probabilities.tolist(),
    "bins": bins,
    "ece": float(ece),
    "mce": float(mce),
}
with open(sys.argv[1], "w") as file:
    json.dump(golden, file, indent=1)
    file.write("\n")
