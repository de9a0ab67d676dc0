#!/usr/bin/env python3
"""Whether an imported network says of real music what it says where it comes from.

    python benchmarks/import_peer.py LIBRARY CHECKPOINT --heads 20

LIBRARY is a folder of audio, CHECKPOINT a state_dict of VGG19_BN with the ccmusic head. For each head,
drawn at random in place of the checkpoint's, the whole way is gone twice (all heads stand side by
side in one network, so that it is gone once for all of them):

- here, as the ccmusic music_genre demo does it: librosa.load, constant-Q transform, decibels, slices,
  matplotlib's picture saved as JPEG, Pillow's resize, PyTorch in evaluation mode;
- `./genrewise import-weights` of the same checkpoint, and `./genrewise label` of the same folder.

Printed: of how many slices and tracks both have the same top-1, for each --image-format. As it comes, a
random head gives most music the same class, and agreeing is easy; with --centred its last bias is
moved so that all classes have the same mean logit, and every slice is a near thing.
Needs librosa, matplotlib, pillow, torch, pyarrow, and ffmpeg on the PATH for M4A.
"""

import argparse
import collections
import json
import pathlib
import subprocess
import tempfile
import warnings

import librosa
import numpy as np
import pyarrow.dataset
import torch

from library_peer import ENDINGS, SLICE_SECONDS
from picture_peer import picture
from weights_peer import network

ROOT = pathlib.Path(__file__).resolve().parent.parent


def reference_pictures(file: pathlib.Path, size: int, scratch: str) -> np.ndarray:
    samples, rate = librosa.load(file, sr=22_050, mono=True)
    levels = librosa.power_to_db(np.abs(librosa.cqt(y=samples, sr=rate)) ** 2, ref=np.max)
    frames = levels.shape[1]
    step = int(SLICE_SECONDS * frames / (len(samples) / rate))
    count = frames // step
    begin = (frames - count * step) // 2
    return np.stack([picture(levels[:, begin + i * step:begin + (i + 1) * step], f"{scratch}/slice.jpg", size)
                     for i in range(count)])


def random_heads(weights: dict, heads: int) -> dict:
    """One network with the dense layers of all heads side by side, in blocks that do not touch."""
    drawn = collections.OrderedDict()
    first = min((name for name in weights if name.startswith("classifier")), default="")
    for name, tensor in weights.items():
        if name.startswith("classifier"):
            deviation = (2 / tensor.shape[1]) ** 0.5 if tensor.dim() == 2 else 0.1
            blocks = []
            for seed in range(heads):
                generator = torch.Generator().manual_seed(1000 * seed + len(drawn))
                blocks.append(torch.randn(tensor.shape, generator=generator) * deviation)
            # all heads see the same features; further on, each sees its own hidden values alone
            apart = tensor.dim() == 2 and not name.startswith(first.rsplit(".", 1)[0] + ".")
            tensor = torch.block_diag(*blocks) if apart else torch.cat(blocks)
        drawn[name] = tensor
    return drawn


def logits(weights: dict, pictures: np.ndarray) -> torch.Tensor:
    built = network(weights)
    built.load_state_dict(weights, strict=True)
    built.eval()
    with torch.inference_mode():
        return built.classifier(torch.flatten(built.features(torch.from_numpy(pictures)), 1))


def genrewise(*arguments: str) -> None:
    subprocess.run([ROOT / "genrewise", *arguments], check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)


def labelled(library: pathlib.Path, checkpoint: str, image_format: str, scratch: str, classes: list) -> dict:
    """Probabilities by path and slice."""
    genrewise("import-weights", "--overwrite", "--input", checkpoint, "--output", f"{scratch}/model",
              "--set", f"image-format={image_format}", "--set", "classes=" + ",".join(classes))
    subprocess.run(["rm", "-rf", f"{scratch}/labels"], check=True)
    genrewise("label", "--input", str(library), "--model", f"{scratch}/model", "--output", f"{scratch}/labels",
              "--set", "write-slices=true")
    rows = pyarrow.dataset.dataset(f"{scratch}/labels/slices", partitioning="hive").to_table().to_pylist()
    found = collections.defaultdict(dict)
    for row in rows:
        found[row["path"]][row["slice"]] = row["probabilities"]
    return {path: np.array([slices[i] for i in sorted(slices)]) for path, slices in found.items()}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", type=pathlib.Path)
    parser.add_argument("checkpoint")
    parser.add_argument("--heads", type=int, default=20)
    parser.add_argument("--size", type=int, default=64, help="of the pictures, pixels (default 64)")
    parser.add_argument("--centred", action="store_true")
    parser.add_argument("--image-format", nargs="+", default=["jpeg", "lossless"])
    parser.add_argument("--limit", type=int, help="files")
    parser.add_argument("--json", type=pathlib.Path)
    arguments = parser.parse_args()
    warnings.filterwarnings("ignore")

    weights = torch.load(arguments.checkpoint, weights_only=True)
    classes = [f"class{i}" for i in range(len(weights["classifier.9.bias"]))]
    files = sorted(p for p in arguments.library.resolve().rglob("*") if p.suffix.lower() in ENDINGS)
    with tempfile.TemporaryDirectory() as scratch:
        pictures = {str(f): reference_pictures(f, arguments.size, scratch) for f in files[:arguments.limit]}
        everything = np.concatenate(list(pictures.values()))
        drawn = random_heads(weights, arguments.heads)
        if arguments.centred:
            drawn["classifier.9.bias"] = drawn["classifier.9.bias"] - logits(drawn, everything).mean(0)
        checkpoint = f"{scratch}/checkpoint.pt"
        torch.save(drawn, checkpoint)

        def by_head(values: np.ndarray) -> np.ndarray:
            """[slices, heads, classes], and the classes of each head a distribution."""
            values = values.reshape(len(values), arguments.heads, -1)
            return values / values.sum(2, keepdims=True)

        theirs = {path: by_head(logits(drawn, p).double().softmax(1).numpy()) for path, p in pictures.items()}
        used = [len({int(c) for p in theirs.values() for c in p[:, head].argmax(1)}) for head in range(arguments.heads)]
        print(f"{len(pictures)} tracks, {len(everything)} slices, {arguments.heads} heads of {len(classes)} classes; "
              f"a head gives {min(used)} to {max(used)} different classes", flush=True)
        names = [f"head{head}-{name}" for head in range(arguments.heads) for name in classes]
        total = {}
        for image_format in arguments.image_format:
            ours = {path: by_head(p) for path, p in labelled(arguments.library, checkpoint, image_format, scratch, names).items()}
            total[image_format, "slices"] = sum(
                int((ours[path].argmax(2) == p.argmax(2)).sum()) for path, p in theirs.items())
            total[image_format, "tracks"] = sum(
                int((ours[path].mean(0).argmax(1) == p.mean(0).argmax(1)).sum()) for path, p in theirs.items())
    result = {}
    for (image_format, what), same in total.items():
        of = arguments.heads * (len(everything) if what == "slices" else len(pictures))
        result[f"{image_format} {what}"] = same / of
        print(f"{image_format:9} {what}: {same} of {of} the same, {same / of:.4f}")
    if arguments.json:
        arguments.json.write_text(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
