"""Makes report.json: random predictions, and what scikit-learn says of them.

usage: python make_golden.py report.json
Made with scikit-learn 1.9.1, numpy 2.4.6.

Seven classes: none of class 5 occurs but some are predicted; class 6 neither occurs nor is predicted.
"""

import json
import sys
import warnings

import numpy as np
from sklearn import metrics

CLASSES, SAMPLES = 7, 60
random = np.random.default_rng(4)
truth = random.integers(0, 5, SAMPLES)
logits = random.normal(size=(SAMPLES, CLASSES))
logits[np.arange(SAMPLES), truth] += 1.0
logits[:, 6] -= 8
probabilities = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
probabilities = (np.round(probabilities * 4096) / 4096).astype(np.float32)
predicted = probabilities.argmax(axis=1)
assert 5 in predicted and 6 not in predicted

warnings.simplefilter("error")
labels = list(range(CLASSES))
precision, recall, f1, support = metrics.precision_recall_fscore_support(
    truth, predicted, labels=labels, zero_division=0
)
row = probabilities[np.arange(SAMPLES), truth].astype(np.float64)
golden = {
    "truth": truth.tolist(),
    "probabilities": [[float(p) for p in r] for r in probabilities],
    "confusion": metrics.confusion_matrix(truth, predicted, labels=labels).tolist(),
    "accuracy": metrics.accuracy_score(truth, predicted),
    "macro_f1": metrics.f1_score(truth, predicted, average="macro", zero_division=0),
    "precision": precision.tolist(),
    "recall": recall.tolist(),
    "f1": f1.tolist(),
    "support": support.tolist(),
    "top5": metrics.top_k_accuracy_score(truth, probabilities, k=5, labels=labels),
    # log_loss would scale the rows to a sum of 1, which rounding has left them without
    "loss": float(-np.log(np.clip(row, np.finfo(np.float32).eps, 1)).mean()),
}
with open(sys.argv[1], "w") as file:
    json.dump(golden, file, indent=1)
    file.write("\n")
