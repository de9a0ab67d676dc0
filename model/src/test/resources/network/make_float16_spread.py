#!/usr/bin/env python3
"""The distances of make_float16_reference.py over many batches: how much of one is luck.

usage: make_float16_spread.py --reference FOLDER --output float16_spread.json

One batch tells little: a network this small has units that are on in FP32 and off in FP16, and each
of these turns a gradient by tens of per cent. So the pictures are rolled (cyclically), batch k by
4 (k mod 16) pixels along the width and 4 (k div 16) along the height, and each tensor's distance is
given as mean and standard deviation of its natural logarithm over the batches. "all" is the same for
the mean of all tensors' logarithms.

Needs torch and numpy.
"""

import argparse
import json
import math
import pathlib
import statistics

import numpy
import torch

import make_float16_reference as one

BATCHES = 256
SCALE = 1024.0


def spread(values) -> dict:
    return {"mean": one.rounded(statistics.mean(values)),
            "deviation": one.rounded(statistics.stdev(values))}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reference", type=pathlib.Path, required=True)
    parser.add_argument("--output", type=pathlib.Path, required=True)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    network = one.Network()
    network.load_state_dict(torch.load(
        arguments.reference / "vgg19bn_small.state_dict.pt", weights_only=True))
    values = numpy.fromfile(arguments.reference / "input.f32", "<f4")
    pictures = torch.from_numpy(values.reshape(one.BATCH, 3, one.SIDE, one.SIDE))
    labels = torch.tensor(one.LABELS)
    logs = {}
    for k in range(BATCHES):
        rolled = torch.roll(pictures, (4 * (k // 16), 4 * (k % 16)), (2, 3))
        _, _, single, _ = one.step(network, rolled, labels, torch.float32)
        _, _, half, _ = one.step(network, rolled, labels, torch.float32, half=True, scale=SCALE)
        for name in single:
            if not one.is_noise(name, network):
                distance = one.distance(half[name], single[name])
                if not math.isfinite(distance):
                    raise SystemExit(f"batch {k}: {name} is not finite at scale {SCALE}")
                logs.setdefault(name, []).append(math.log(distance))
    together = [statistics.mean(values) for values in zip(*logs.values())]
    result = {
        "torch": torch.__version__,
        "batches": BATCHES,
        "loss_scale": SCALE,
        "all": spread(together),
        "gradients": {name: spread(values) for name, values in logs.items()},
    }
    arguments.output.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
