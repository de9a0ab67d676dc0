#!/usr/bin/env python3
"""The network's speed in PyTorch on a CPU, to stand beside this project's own.

The same network (torchvision's vgg19_bn with the ccmusic head), the same batches, pictures of
random numbers. Measured: evaluation forward in eager mode (forward_N) and frozen, traced and in
channels-last memory format (frozen_N), and a training step: forward, cross entropy, backward,
SGD with momentum (step_N). Each is run --runs times after --warmup runs.

Needs torch and nothing else:

    python benchmarks/network_peer.py --threads 2 --json peer.json
    python benchmarks/network_peer.py --width 8 --input-size 112 --batch 16
"""

import argparse
import json
import statistics
import time

import torch
from torch import nn

CONFIGURATION_E = [64, 64, "M", 128, 128, "M", 256, 256, 256, 256, "M",
                   512, 512, 512, 512, "M", 512, 512, 512, 512, "M"]
HEAD = [3958, 629, 100]


def vgg19_bn(classes: int, width: int, input_size: int) -> nn.Sequential:
    """torchvision's vgg19_bn with the ccmusic head, all sizes divided by width."""
    features, channels = [], 3
    for size in CONFIGURATION_E:
        if size == "M":
            features.append(nn.MaxPool2d(2, 2))
            continue
        out = size // width
        features += [nn.Conv2d(channels, out, 3, padding=1), nn.BatchNorm2d(out), nn.ReLU(True)]
        channels = out
    head, units = [], channels * (input_size // 32) ** 2
    for size in HEAD:
        out = max(1, size // width)
        head += [nn.Dropout(0.5), nn.Linear(units, out), nn.ReLU(True)]
        units = out
    head.append(nn.Linear(units, classes))
    return nn.Sequential(*features, nn.Flatten(), *head)


def seconds(run, warmup: int, runs: int) -> list[float]:
    for _ in range(warmup):
        run()
    times = []
    for _ in range(runs):
        begin = time.perf_counter()
        run()
        times.append(time.perf_counter() - begin)
    return times


def measure(arguments) -> dict[str, list[float]]:
    torch.manual_seed(1)
    times = {}
    wanted = arguments.only.split(",")
    for batch in arguments.batch:
        network = vgg19_bn(arguments.classes, arguments.width, arguments.input_size)
        pictures = torch.rand(batch, 3, arguments.input_size, arguments.input_size) * 2 - 1
        labels = torch.arange(batch) % arguments.classes
        if "forward" in wanted:
            network.eval()
            with torch.inference_mode():
                times[f"forward_{batch}"] = seconds(
                    lambda: network(pictures), arguments.warmup, arguments.runs)
        if "frozen" in wanted:
            last = network.eval().to(memory_format=torch.channels_last)
            still = pictures.contiguous(memory_format=torch.channels_last)
            with torch.inference_mode():
                frozen = torch.jit.freeze(torch.jit.trace(last, still))
                times[f"frozen_{batch}"] = seconds(
                    lambda: frozen(still), arguments.warmup, arguments.runs)
            network.to(memory_format=torch.contiguous_format)
        if "step" in wanted:
            network.train()
            optimiser = torch.optim.SGD(network.parameters(), lr=0.001, momentum=0.9)
            loss = nn.CrossEntropyLoss()

            def step():
                optimiser.zero_grad()
                loss(network(pictures), labels).backward()
                optimiser.step()

            times[f"step_{batch}"] = seconds(step, arguments.warmup, arguments.runs)
    return times


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--batch", type=int, nargs="+", default=[4, 8])
    parser.add_argument("--classes", type=int, default=16)
    parser.add_argument("--input-size", type=int, default=224, help="pixels (default 224)")
    parser.add_argument("--width", type=int, default=1, help="divisor of all sizes (default 1)")
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--warmup", type=int, default=1)
    parser.add_argument("--only", default="forward,frozen,step", help="what to measure")
    parser.add_argument("--json", help="file for the minima in seconds")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)

    times = measure(arguments)
    print(f"torch {torch.__version__}, {arguments.threads} threads, width 1/{arguments.width}, "
          f"{arguments.input_size} x {arguments.input_size}, {arguments.runs} runs")
    for name, values in times.items():
        print(f"{name:12} minimum {min(values):8.4f} s   median {statistics.median(values):8.4f} s")
    if arguments.json:
        with open(arguments.json, "w", encoding="utf-8") as file:
            json.dump({name: min(values) for name, values in times.items()}, file, indent=2)


if __name__ == "__main__":
    main()
