#!/usr/bin/env python3
"""What PyTorch learns with the batch norms of the convolutions in the mode that is not usual.

usage: make_batch_norm_reference.py --reference FOLDER --output batch_norm_reference.json

FOLDER holds vgg19bn_small.state_dict.pt and input.f32 (4 x 3 x 64 x 64, float32, little-endian).
The network and the step are those of make_float16_reference.py, in FP32 on the CPU.

fine_tune: network.train(), then network.features.eval(): running statistics normalise. Logits, loss
and the gradient of every parameter. The statistics must not have moved.

linear_probe: requires_grad = False for network.features, network.train(): batches' statistics
normalise. One step of SGD of learning rate 0.01 with weight decay 0.1 for the head's weights. The
running statistics and the head after it. Nothing else of the features must have moved.

A tensor of at most 64 values is stored whole. Of a larger one: its L2 norm, and its products with
16 vectors of 1 and -1, number k of which are the signs of java.util.SplittableRandom(k).nextLong().

Needs torch and numpy; the versions used are in the output.
"""

import argparse
import json
import pathlib
import sys

import numpy
import torch
from make_float16_reference import BATCH, LABELS, SIDE, Network, distance, rounded
from torch.nn import functional

WHOLE = 64
PROJECTIONS = 16
RATE = 0.01
DECAY = 0.1


def signs(seed: int, count: int) -> numpy.ndarray:
    """SplitMix64, as in java.util.SplittableRandom."""
    gamma, first, second = (numpy.uint64(value) for value in (
        0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))
    z = numpy.uint64(seed) + gamma * numpy.arange(1, count + 1, dtype=numpy.uint64)
    z = (z ^ (z >> numpy.uint64(30))) * first
    z = (z ^ (z >> numpy.uint64(27))) * second
    z ^= z >> numpy.uint64(31)
    return numpy.where(z >> numpy.uint64(63), -1.0, 1.0)


def digest(tensor) -> dict:
    values = tensor.detach().double().numpy().ravel()
    if len(values) <= WHOLE:
        return {"values": [float(f"{value:.9g}") for value in values]}
    return {"norm": float(f"{numpy.linalg.norm(values):.9g}"),
            "projections": [float(f"{values @ signs(k, len(values)):.9g}")
                            for k in range(PROJECTIONS)]}


def is_statistic(name: str) -> bool:
    return "running" in name


def load(folder, dtype=torch.float32):
    network = Network()
    network.load_state_dict(torch.load(folder / "vgg19bn_small.state_dict.pt", weights_only=True))
    values = numpy.fromfile(folder / "input.f32", "<f4").reshape(BATCH, 3, SIDE, SIDE)
    return network.to(dtype).train(), torch.from_numpy(values).to(dtype)


def copies(network) -> dict:
    return {name: tensor.clone() for name, tensor in network.state_dict().items()}


def fine_tune(folder, dtype):
    network, pictures = load(folder, dtype)
    network.features.eval()
    before = copies(network)
    logits = network(pictures)
    loss = functional.cross_entropy(logits, torch.tensor(LABELS))
    loss.backward()
    assert all(torch.equal(before[name], tensor) for name, tensor in copies(network).items())
    return logits.detach(), loss.item(), {n: p.grad for n, p in network.named_parameters()}


def linear_probe(folder):
    network, pictures = load(folder)
    network.features.requires_grad_(False)
    before = copies(network)
    decayed = [p for p in network.classifier.parameters() if p.dim() > 1]
    others = [p for p in network.classifier.parameters() if p.dim() == 1]
    optimiser = torch.optim.SGD(
        [{"params": decayed, "weight_decay": DECAY}, {"params": others}], lr=RATE)
    loss = functional.cross_entropy(network(pictures), torch.tensor(LABELS))
    loss.backward()
    optimiser.step()
    after = copies(network)
    for name, tensor in after.items():
        if name.startswith("features.") and "num_batches" not in name:
            assert torch.equal(before[name], tensor) != is_statistic(name), name
    return loss.item(), {name: tensor for name, tensor in after.items()
                         if is_statistic(name) or name.startswith("classifier.")}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reference", type=pathlib.Path, required=True)
    parser.add_argument("--output", type=pathlib.Path, required=True)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)

    logits, loss, gradients = fine_tune(arguments.reference, torch.float32)
    exact_logits, _, exact = fine_tune(arguments.reference, torch.float64)
    distances = {name: distance(gradients[name], exact[name]) for name in exact}
    worst = max(distances, key=distances.get)
    probe_loss, after = linear_probe(arguments.reference)
    result = {
        "versions": {"torch": torch.__version__, "numpy": numpy.__version__,
                     "python": sys.version.split()[0]},
        "note": "see make_batch_norm_reference.py; float32_from_float64 is how far PyTorch's own "
                "32 bits are from its 64: of logits the largest difference, of gradients the "
                "largest ||a - b|| / ||b|| of a tensor.",
        "fine_tune": {
            "loss": loss,
            "logits": digest(logits),
            "float32_from_float64": {
                "logits": rounded((logits.double() - exact_logits).abs().max().item()),
                "gradients": rounded(distances[worst])},
            "gradients": {name: digest(gradient) for name, gradient in gradients.items()},
        },
        "linear_probe": {
            "rate": RATE,
            "weight_decay": DECAY,
            "loss": probe_loss,
            "after": {name: digest(tensor) for name, tensor in after.items()},
        },
    }
    arguments.output.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(f"torch {torch.__version__}: {result['fine_tune']['float32_from_float64']}, "
          f"worst {worst}")


if __name__ == "__main__":
    main()
