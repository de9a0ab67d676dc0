#!/usr/bin/env python3
"""The usual script beside `./genrewise benchmark --files`: the same files, the same tables, measured in Python.

usage: files_peer.py OURS.json --json PEER.json [--threads N] [--stage NAME ...]

OURS.json is what `./genrewise benchmark --files FOLDER --json OURS.json` has written on the same machine; its files,
splits and settings are taken over. As the ccmusic music_genre scripts do it: librosa loads and transforms one file at a
time, matplotlib draws each slice as a JPEG, Pillow reads and resizes it, PyTorch's VGG19_BN labels or learns it. Stages,
each in a process of its own, on the CPU in float32 and, where torch finds a GPU, there in float32 and in float16
(autocast and a gradient scaler):

- label: files to labels, one after the other; the first file is done once before.
- epoch: one epoch over JPEG files that lie on disk, SGD with momentum, a DataLoader without workers.
- accuracy: trainings on the splits of OURS.json with AdamW and its learning rates; slices and tracks of the test part.

Memory is the peak of a process's resident memory (VmHWM, which Linux also calls maxrss), and what is in use on the GPU at
the end, by all processes, as torch gives nothing back. A file that librosa cannot read is named and left out. Needs librosa, torch, matplotlib, pillow, and ffmpeg on the
PATH for M4A.
"""
import argparse
import concurrent.futures
import json
import math
import multiprocessing
import os
import pathlib
import platform
import statistics
import sys
import tempfile
import time
import warnings

LONG = 50
CLASSES = 16


def spread(size, count):
    """Numbers below size, evenly spread: the rule of ./genrewise benchmark."""
    chosen = min(size, count)
    return [i * size // chosen for i in range(chosen)]


class Plan:
    """What OURS.json says that is to be done."""

    def __init__(self, ours):
        self.settings = ours["settings"]
        self.tracks = ours["files"]["tracks"]
        self.splits = ours["splits"]
        self.epoch = ours["epoch_training"]
        self.accuracy = ours["accuracy_training"]
        self.left_out = ours["left_out"]
        self.classes = sorted({t["label"] for t in self.tracks if "label" in t})

    def whole(self, name):
        return int(self.settings[name])

    def divisor(self, name):
        return int(self.settings[name].removeprefix("1/"))

    def slice_seconds(self):
        return float(self.settings["slice-seconds"])


def peak_memory(device):
    """Peaks of this process, under the names that ./genrewise benchmark has for them."""
    import torch

    memory = {}
    try:
        for line in pathlib.Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                memory["process_peak_bytes"] = int(line.split()[1]) * 1024
    except FileNotFoundError:
        import resource

        memory["process_peak_bytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if device == "cuda":
        # torch keeps what it once had, so what is in use now is the most
        free, total = torch.cuda.mem_get_info()
        memory["gpu_peak_bytes"] = total - free
    return memory


def say(text):
    print(text, file=sys.stderr, flush=True)


def synchronise(device):
    """A GPU works on while the program does; times are taken when it has ended."""
    import torch

    if device == "cuda":
        torch.cuda.synchronize()


def machine(threads):
    import librosa
    import torch

    return {
        "python": platform.python_version(),
        "torch": torch.__version__,
        "librosa": librosa.__version__,
        "threads": threads,
        "gpu": torch.cuda.get_device_name() if torch.cuda.is_available() else None,
    }


def prepare(plan, folder):
    """Draws all slices as JPEG files; returns them track by track, None for a track that cannot be read."""
    from library_peer import levels_of
    from picture_peer import draw

    begin = time.perf_counter()
    images = []
    for number, track in enumerate(plan.tracks):
        try:
            slices, _ = levels_of(track["path"], plan.slice_seconds())
        except Exception as fault:  # whatever the libraries throw
            say(f"left out: {track['path']}: {fault!r}")
            images.append(None)
            continue
        images.append([])
        for i, levels in enumerate(slices):
            images[-1].append(f"{folder}/{number}-{i}.jpg")
            draw(levels, images[-1][-1])
    return {"seconds": time.perf_counter() - begin, "images": images}


def label_stage(plan, images, device, precision):
    import torch

    from library_peer import STAGES, label
    from network_peer import vgg19_bn

    size = plan.whole("input-size")
    network = vgg19_bn(CLASSES, plan.divisor("width"), size).eval().to(device)

    def answers(pictures):
        with torch.autocast(device, torch.float16, enabled=precision == "float16"):
            return network(pictures.to(device))

    readable = [t for t, its in zip(plan.tracks, images) if its]
    counts = [int(count) for count in plan.settings["counts"].split(",")]
    rows, stages = [], dict.fromkeys(STAGES, 0.0)
    with tempfile.TemporaryDirectory() as folder:

        def seconds(files):
            begin = time.perf_counter()
            for file in files:
                label(file["path"], answers, f"{folder}/slice.jpg", stages, size, plan.slice_seconds())
            return time.perf_counter() - begin

        first = seconds(readable[:1])
        for count in dict.fromkeys(min(count, len(readable)) for count in counts):
            files = [readable[i] for i in spread(len(readable), count)]
            stages = dict.fromkeys(STAGES, 0.0)
            times = [seconds(files) for _ in range(plan.whole("runs") if count < LONG else 1)]
            audio, median = sum(file["seconds"] for file in files), statistics.median(times)
            say(f"  {count} files in {median:.2f} s")
            rows.append(
                {
                    "files": count,
                    "runs": len(times),
                    "audio_seconds": audio,
                    "seconds_minimum": min(times),
                    "seconds_median": median,
                    "seconds_per_file": median / count,
                    "times_real_time": audio / median,
                }
            )
    return {"first_file_seconds": first, "rows": rows, "stages_of_last_row": stages}


class Learner:
    """A network that learns from JPEG files."""

    def __init__(self, network, device, precision, optimiser, weights):
        import torch

        self.torch, self.network, self.device = torch, network, device
        self.mixed = precision == "float16"
        self.optimiser = optimiser
        self.scaler = torch.amp.GradScaler(device, enabled=self.mixed)
        self.loss = torch.nn.CrossEntropyLoss(weight=torch.tensor(weights, device=device))

    def step(self, pictures, labels):
        self.optimiser.zero_grad()
        with self.torch.autocast(self.device, self.torch.float16, enabled=self.mixed):
            loss = self.loss(self.network(pictures.to(self.device)), labels.to(self.device))
        self.scaler.scale(loss).backward()
        self.scaler.step(self.optimiser)
        self.scaler.update()
        return loss.item()


def loader(samples, size, batch, shuffle, seed):
    """Samples are pairs of a JPEG file and a class."""
    import torch

    from picture_peer import read

    class Images(torch.utils.data.Dataset):
        def __len__(self):
            return len(samples)

        def __getitem__(self, i):
            return torch.from_numpy(read(samples[i][0], size)), samples[i][1]

    generator = torch.Generator().manual_seed(seed)
    return torch.utils.data.DataLoader(Images(), batch, shuffle=shuffle, generator=generator)


def balanced(samples, classes):
    """In inverse proportion to how many samples a class has; 1 for one without any."""
    counts = [sum(label == c for _, label in samples) for c in range(classes)]
    present = sum(count > 0 for count in counts)
    return [len(samples) / (present * count) if count else 1.0 for count in counts]


def samples_of(plan, images, numbers):
    return [
        (image, plan.classes.index(plan.tracks[n]["label"]))
        for n in numbers
        if "label" in plan.tracks[n]
        for image in images[n] or []
    ]


def epoch_stage(plan, images, device, precision):
    import torch

    from network_peer import vgg19_bn

    size, batch = plan.whole("input-size"), plan.whole("batch-size")
    every = samples_of(plan, images, range(len(images)))
    samples = [every[i] for i in spread(len(every), plan.whole("epoch-slices") or len(every))]
    torch.manual_seed(plan.whole("seed"))
    network = vgg19_bn(len(plan.classes), plan.divisor("width"), size).to(device).train()
    optimiser = torch.optim.SGD(
        network.parameters(),
        lr=float(plan.epoch["learning-rate"]),
        momentum=float(plan.epoch["momentum"]),
    )
    learner = Learner(network, device, precision, optimiser, balanced(samples, len(plan.classes)))
    batches = loader(samples, size, batch, True, plan.whole("seed"))
    begin = time.perf_counter()
    losses = []
    for step, (pictures, labels) in enumerate(batches):
        losses.append((learner.step(pictures, labels), len(labels)))
        if step % 10 == 9:
            done, spent = sum(count for _, count in losses), time.perf_counter() - begin
            left = (len(samples) - done) * spent / done
            say(f"  {done} of {len(samples)} slices, {done / spent:.2f} slices/s, {left:.0f} s left")
    synchronise(device)
    seconds = time.perf_counter() - begin
    return {
        "slices": len(samples),
        "slices_of_all": len(every),
        "batch": batch,
        "steps": len(losses),
        "seconds": seconds,
        "slices_per_second": len(samples) / seconds,
        "loss": sum(loss * count for loss, count in losses) / len(samples),
    }


def rates(steps, warm_up, epochs):
    """The share of the full rate at a step: a warm-up, and half a cosine over the whole."""

    def share(step):
        done = step / steps
        cosine = 0.5 * (1 + math.cos(math.pi * min(1, done / epochs)))
        return cosine * (min(1, max(done, 0.001 * warm_up) / warm_up) if warm_up else 1)

    return share


def accuracy_stage(plan, images, device, precision):
    return {
        "chance": 1 / len(plan.classes),
        "runs": [train_and_test(plan, images, device, precision, split) for split in plan.splits],
    }


def train_and_test(plan, images, device, precision, split):
    import torch

    from network_peer import vgg19_bn

    size, batch = plan.whole("accuracy-input-size"), plan.whole("accuracy-batch-size")
    epochs = plan.whole("accuracy-epochs")
    torch.manual_seed(split["seed"])
    network = vgg19_bn(len(plan.classes), plan.divisor("accuracy-width"), size).to(device)
    for layer in network:
        if isinstance(layer, torch.nn.Dropout):
            layer.p = float(plan.accuracy["dropout"])
    decayed = [p for p in network.parameters() if p.ndim > 1]
    others = [p for p in network.parameters() if p.ndim <= 1]
    optimiser = torch.optim.AdamW(
        [
            {"params": decayed, "weight_decay": float(plan.accuracy["weight-decay"])},
            {"params": others, "weight_decay": 0.0},
        ],
        lr=float(plan.accuracy["learning-rate"]),
    )
    samples = samples_of(plan, images, split["train"])
    batches = loader(samples, size, batch, True, split["seed"])
    learner = Learner(network, device, precision, optimiser, balanced(samples, len(plan.classes)))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, rates(len(batches), float(plan.accuracy["warm-up-epochs"]), epochs)
    )
    begin = time.perf_counter()
    network.train()
    for epoch in range(epochs):
        losses = []
        for pictures, labels in batches:
            losses.append((learner.step(pictures, labels), len(labels)))
            schedule.step()
    synchronise(device)
    seconds = time.perf_counter() - begin
    loss = sum(loss * count for loss, count in losses) / len(samples)
    tested = test(plan, images, network.eval(), device, precision, split["test"], size)
    say(f"  seed {split['seed']}: {seconds:.1f} s, {tested['track_accuracy']:.3f} of the tracks right")
    return {
        "seed": split["seed"],
        "training_tracks": len(split["train"]),
        "training_slices": len(samples),
        "seconds": seconds,
        "loss": loss,
        **tested,
    }


def test(plan, images, network, device, precision, numbers, size):
    """A track by the mean probability of its slices."""
    import torch

    tracks = slices = right_tracks = right_slices = 0
    for number in numbers:
        samples = samples_of(plan, images, [number])
        if not samples:
            continue
        pictures, labels = next(iter(loader(samples, size, len(samples), False, 0)))
        with torch.inference_mode(), torch.autocast(device, torch.float16, enabled=precision == "float16"):
            probabilities = network(pictures.to(device)).float().softmax(1).cpu()
        tracks += 1
        slices += len(samples)
        right_slices += int((probabilities.argmax(1) == labels).sum())
        right_tracks += int(probabilities.mean(0).argmax() == labels[0])
    return {
        "test_tracks": tracks,
        "test_slices": slices,
        "slice_accuracy": right_slices / slices,
        "track_accuracy": right_tracks / tracks,
    }


STAGES = {"label": label_stage, "epoch": epoch_stage, "accuracy": accuracy_stage}


def run(name, threads, device, *arguments):
    """One stage; in a process of its own."""
    warnings.filterwarnings("ignore")
    import torch

    torch.set_num_threads(threads)
    torch.manual_seed(1)
    # as this project computes float32: without TF32
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = False
    results = {"machine": machine, "prepare": prepare, **STAGES}[name](*arguments)
    return {**results, "memory": peak_memory(device)}


def in_a_process(*arguments):
    context = multiprocessing.get_context("spawn")
    with concurrent.futures.ProcessPoolExecutor(1, context) as pool:
        return pool.submit(run, *arguments).result()


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("ours", type=pathlib.Path, help="what ./genrewise benchmark --files has written")
    parser.add_argument("--json", type=pathlib.Path, required=True, help="takes the results")
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)), help="of torch (default: all cores)")
    parser.add_argument("--stage", choices=STAGES, action="append", help="only this one; may be repeated")
    arguments = parser.parse_args()
    ours = json.loads(arguments.ours.read_text())
    plan = Plan(ours)
    found = in_a_process("machine", arguments.threads, "cpu", arguments.threads)
    combinations = [("cpu", "float32")]
    if found["gpu"]:
        combinations += [("cuda", "float32"), ("cuda", "float16")]
    report = {"format": 1, "machine": found, "stages": []}
    with tempfile.TemporaryDirectory() as folder:
        say("drawing the slices")
        prepared = in_a_process("prepare", arguments.threads, "cpu", plan, folder)
        images = prepared.pop("images")
        report["files"] = {**prepared, "failures": [t["path"] for t, i in zip(plan.tracks, images) if i is None]}
        for name in STAGES:
            if name in plan.left_out or (arguments.stage and name not in arguments.stage):
                continue
            for device, precision in combinations:
                say(f"{name}, {device} {precision}")
                results = in_a_process(name, arguments.threads, device, plan, images, device, precision)
                report["stages"].append(
                    {"stage": name, "device": device, "precision": precision, "error": "", "results": results}
                )
                arguments.json.write_text(json.dumps(report, indent=2) + "\n")
    arguments.json.write_text(json.dumps(report, indent=2) + "\n")


if __name__ == "__main__":
    main()
