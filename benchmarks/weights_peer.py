#!/usr/bin/env python3
"""Loads what `genrewise export-weights` wrote into PyTorch, and compares the logits.

    ./genrewise export-weights --model MODEL --output model.safetensors --check check.safetensors
    python benchmarks/weights_peer.py model.safetensors check.safetensors

The network is built from the names and shapes in the file, as anybody would build it: torchvision's
vgg19_bn features and the dense layers that the file has, loaded with strict=True. check.safetensors
holds pictures and the logits that Genrewise gives for them; the script fails if PyTorch's are further
from them than --tolerance. Needs torch and safetensors.
"""

import argparse
import sys
import time

import torch
from safetensors.torch import load_file
from torch import nn

CONFIGURATION_E = [2, 2, 4, 4, 4]


def network(weights: dict[str, torch.Tensor]) -> nn.Module:
    """features.* of torchvision's vgg19_bn, classifier.* of the ccmusic head."""
    features, position = [], 0
    for convolutions in CONFIGURATION_E:
        for _ in range(convolutions):
            out, channels = weights[f"features.{position}.weight"].shape[:2]
            features += [nn.Conv2d(channels, out, 3, padding=1), nn.BatchNorm2d(out), nn.ReLU(True)]
            position += 3
        features.append(nn.MaxPool2d(2, 2))
        position += 1
    head, position = [], 1
    while f"classifier.{position}.weight" in weights:
        out, units = weights[f"classifier.{position}.weight"].shape
        head += [nn.Dropout(0.5), nn.Linear(units, out), nn.ReLU(True)]
        position += 3
    out, units = weights[f"classifier.{position - 1}.weight"].shape
    head.append(nn.Linear(units, out))
    built = nn.Module()
    built.features = nn.Sequential(*features)
    built.classifier = nn.Sequential(*head)
    return built


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights")
    parser.add_argument("check")
    parser.add_argument("--tolerance", type=float, default=1e-4)
    arguments = parser.parse_args()

    begin = time.perf_counter()
    weights = load_file(arguments.weights)
    built = network(weights)
    built.load_state_dict(weights, strict=True)
    built.eval()
    loaded = time.perf_counter() - begin
    check = load_file(arguments.check)
    with torch.inference_mode():
        logits = built.classifier(torch.flatten(built.features(check["pictures"]), 1))
    difference = (logits - check["logits"]).abs().max().item()
    print(f"torch {torch.__version__}: {len(weights)} tensors, "
          f"{sum(t.numel() for t in weights.values()):,} values, loaded in {loaded:.2f} s")
    print(f"logits from {logits.min():.4f} to {logits.max():.4f}, "
          f"spread over the pictures {logits.std(0).max():.2e}; largest difference {difference:.2e}")
    if not difference <= arguments.tolerance:
        print(f"that is more than {arguments.tolerance}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
