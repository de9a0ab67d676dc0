"""The speed and memory of the same network in PyTorch, in 32 bits and with automatic mixed precision.

torchvision's vgg19_bn with the ccmusic head, on a GPU where torch has one, else on the CPU: float16 with a
gradient scaler there, bfloat16 without one here, as PyTorch recommends. Prints lines of progress and of
results so far; the last one has all of them. Exit code 9: there is no torch.
"""

import argparse
import json
import statistics
import sys
import time

try:
    import torch
    from torch import nn
except ImportError:
    sys.exit(9)

CONFIGURATION_E = [64, 64, "M", 128, 128, "M", 256, 256, 256, 256, "M",
                   512, 512, 512, 512, "M", 512, 512, 512, 512, "M"]
HEAD = [3958, 629, 100]
NARROWEST_HIDDEN = 100
CLASSES = 16
WARM_UPS = 3
WARM_UP_SECONDS = 1


def vgg19_bn(width: int, size: int) -> nn.Sequential:
    layers, channels = [], 3
    for out in CONFIGURATION_E:
        if out == "M":
            layers.append(nn.MaxPool2d(2, 2))
            continue
        out = max(1, out // width)
        layers += [nn.Conv2d(channels, out, 3, padding=1), nn.BatchNorm2d(out), nn.ReLU(True)]
        channels = out
    layers.append(nn.Flatten())
    units = channels * (size // 32) ** 2
    for out in HEAD:
        out = max(NARROWEST_HIDDEN, out // width)
        layers += [nn.Dropout(0.5), nn.Linear(units, out), nn.ReLU(True)]
        units = out
    return nn.Sequential(*layers, nn.Linear(units, CLASSES))


def measure(device: str, precision: str, work: str, batch: int, arguments) -> dict:
    torch.manual_seed(1)
    cuda = device == "cuda"
    network = vgg19_bn(arguments.width, arguments.input_size).to(device)
    pictures = torch.rand(batch, 3, arguments.input_size, arguments.input_size, device=device) * 2 - 1
    labels = torch.arange(batch, device=device) % CLASSES
    mixed = precision == "mixed"
    number_format = torch.float16 if cuda else torch.bfloat16
    scaler = torch.amp.GradScaler(device, enabled=mixed and cuda)
    optimiser = torch.optim.SGD(network.parameters(), lr=0.001, momentum=0.9)
    loss = nn.CrossEntropyLoss()
    network.train(work == "training")

    def step():
        if work == "inference":
            with torch.inference_mode(), torch.autocast(device, number_format, enabled=mixed):
                network(pictures).float().cpu()
            return
        optimiser.zero_grad()
        with torch.autocast(device, number_format, enabled=mixed):
            value = loss(network(pictures), labels)
        scaler.scale(value).backward()
        scaler.step(optimiser)
        scaler.update()
        value.item()

    if cuda:
        torch.cuda.reset_peak_memory_stats()

    def timed():
        begin = time.perf_counter()
        step()
        if cuda:
            torch.cuda.synchronize()
        return time.perf_counter() - begin

    warm_up = [timed() for _ in range(WARM_UPS)]
    while sum(warm_up) < WARM_UP_SECONDS:
        warm_up.append(timed())
    times = [timed() for _ in range(arguments.runs)]
    median = statistics.median(times)
    result = {"precision": precision, "number_format": str(number_format if mixed else torch.float32),
              "work": work, "batch": batch, "warm_up_seconds": sum(warm_up), "runs": arguments.runs,
              "seconds_minimum": min(times), "seconds_median": median, "slices_per_second": batch / median}
    if cuda:
        result["device_peak_bytes"] = torch.cuda.max_memory_allocated()
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--device", default="auto", choices=["auto", "cpu"])
    parser.add_argument("--width", type=int, default=1, help="divisor of all sizes")
    parser.add_argument("--input-size", type=int, default=224)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--cpu-batches", default="4,8")
    parser.add_argument("--cuda-batches", default="8,32,128")
    arguments = parser.parse_args()

    device = "cuda" if arguments.device == "auto" and torch.cuda.is_available() else "cpu"
    batches = [int(n) for n in getattr(arguments, device + "_batches").split(",")]
    found = {"torch": torch.__version__, "cuda": torch.version.cuda or "", "threads": torch.get_num_threads(),
             "kind": device, "device": torch.cuda.get_device_name() if device == "cuda" else "cpu",
             "width": "1" if arguments.width == 1 else f"1/{arguments.width}", "input_size": arguments.input_size, "speeds": []}
    cases = [(batch, precision, work) for batch in batches
             for precision in ("float32", "mixed") for work in ("inference", "training")]
    for done, (batch, precision, work) in enumerate(cases):
        print(f"@progress {done / len(cases):.3f} {work}, {precision}, batches of {batch}", flush=True)
        found["speeds"].append(measure(device, precision, work, batch, arguments))
        print("@result " + json.dumps(found), flush=True)


if __name__ == "__main__":
    main()
