#!/usr/bin/env python3
"""How far the gradients of PyTorch's FP16 autocast lie from its FP32 ones, for one training step.

usage: make_float16_reference.py --reference FOLDER --output float16_reference.json

FOLDER holds vgg19bn_small.state_dict.pt and input.f32 (4 x 3 x 64 x 64, float32, little-endian).
The step: VGG19 with batch norm and channels divided by 16, train mode, dropout off, labels
3, 0, 15, 7, mean cross entropy. It is run on the CPU in FP64, in FP32, and under
torch.autocast("cpu", dtype=torch.float16) with the loss multiplied by a scale before backward and
gradients divided by it again in FP32. As in torch.amp.GradScaler the scale begins at 65536 and is
halved until every gradient is finite. A scale of 1 is measured too.

Relative L2 distance of gradients a from b: ||a - b|| / ||b||, in FP64. A convolution's bias before
batch norm has a gradient of zero but for rounding, so these tensors are left out.

Needs torch and numpy; the versions used are in the output.
"""

import argparse
import copy
import json
import pathlib
import sys

import numpy
import torch
from torch import nn
from torch.nn import functional

BATCH = 4
SIDE = 64
LABELS = [3, 0, 15, 7]
FIRST_SCALE = 65536.0
CONFIGURATION_E = [64, 64, "M", 128, 128, "M", 256, 256, 256, 256, "M",
                   512, 512, 512, 512, "M", 512, 512, 512, 512, "M"]
DIVISOR = 16
HEAD = [64, 32, 24]
CLASSES = 16


class Network(nn.Module):
    """torchvision's key names; dropout stays in its place and does nothing."""

    def __init__(self):
        super().__init__()
        features, channels = [], 3
        for size in CONFIGURATION_E:
            if size == "M":
                features.append(nn.MaxPool2d(2, 2))
                continue
            out = size // DIVISOR
            features += [nn.Conv2d(channels, out, 3, padding=1), nn.BatchNorm2d(out), nn.ReLU()]
            channels = out
        head, units = [], channels * (SIDE // 32) ** 2
        for size in HEAD:
            head += [nn.Dropout(0), nn.Linear(units, size), nn.ReLU()]
            units = size
        head.append(nn.Linear(units, CLASSES))
        self.features = nn.Sequential(*features)
        self.classifier = nn.Sequential(*head)

    def forward(self, pictures):
        return self.classifier(torch.flatten(self.features(pictures), 1))


def is_noise(name: str, network: nn.Module) -> bool:
    """Whether a parameter is a convolution's bias, all of which are before a batch norm here."""
    owner, _, kind = name.rpartition(".")
    return kind == "bias" and isinstance(network.get_submodule(owner), nn.Conv2d)


def step(network, pictures, labels, dtype, half=False, scale=1.0):
    """Forward and backward; returns logits, loss, gradients and the types that layers put out."""
    network = copy.deepcopy(network).to(dtype).train()
    types = {"forward": {}, "backward": {}}

    def note(kind, tensor, direction):
        name = str(tensor.dtype).removeprefix("torch.")
        types[direction].setdefault(kind, set()).add(name)

    for module in network.modules():
        if isinstance(module, (nn.Conv2d, nn.BatchNorm2d, nn.ReLU, nn.MaxPool2d, nn.Linear)):
            kind = type(module).__name__

            def after(_, __, result, kind=kind):
                note(kind, result, "forward")
                result.register_hook(lambda gradient: note(kind, gradient, "backward"))

            module.register_forward_hook(after)
    with torch.autocast("cpu", dtype=torch.float16, enabled=half):
        logits = network(pictures.to(dtype))
        loss = functional.cross_entropy(logits, labels)
    types["forward"]["CrossEntropyLoss"] = {str(loss.dtype).removeprefix("torch.")}
    (loss * scale).backward()
    gradients = {}
    for name, parameter in network.named_parameters():
        note("parameters", parameter.grad, "backward")
        gradients[name] = parameter.grad / scale
    types = {way: {kind: sorted(seen) for kind, seen in kinds.items()}
             for way, kinds in types.items()}
    return logits.detach(), loss.item(), gradients, types


def distance(gradient, reference) -> float:
    reference = reference.double()
    return ((gradient.double() - reference).norm() / reference.norm()).item()


def rounded(value: float) -> float:
    return float(f"{value:.6g}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reference", type=pathlib.Path, required=True)
    parser.add_argument("--output", type=pathlib.Path, required=True)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)

    network = Network()
    network.load_state_dict(torch.load(
        arguments.reference / "vgg19bn_small.state_dict.pt", weights_only=True))
    values = numpy.fromfile(arguments.reference / "input.f32", "<f4")
    pictures = torch.from_numpy(values.reshape(BATCH, 3, SIDE, SIDE))
    labels = torch.tensor(LABELS)

    logits64, loss64, exact, _ = step(network, pictures, labels, torch.float64)
    logits32, loss32, single, _ = step(network, pictures, labels, torch.float32)
    scale, overflows = FIRST_SCALE, {}
    while True:
        logits16, loss16, scaled, types = step(
            network, pictures, labels, torch.float32, half=True, scale=scale)
        bad = [name for name, gradient in scaled.items() if not gradient.isfinite().all()]
        if not bad:
            break
        overflows[f"{scale:.0f}"] = bad
        scale /= 2
    _, _, unscaled, _ = step(network, pictures, labels, torch.float32, half=True)

    kept = [name for name in exact if not is_noise(name, network)]
    result = {
        "versions": {"torch": torch.__version__, "numpy": numpy.__version__,
                     "python": sys.version.split()[0]},
        "network": "VGG19 with batch norm, channels divided by 16, 3 x 64 x 64; train mode, "
                   "dropout off, labels 3, 0, 15, 7, mean cross entropy",
        "note": "float16 is torch.autocast('cpu', dtype=torch.float16), the loss times "
                "loss_scale (float16) or 1 (float16_scale_1), gradients divided by it again in "
                "float32. loss_scale is the first of 65536, 32768, ... at which every gradient "
                "is finite; overflows names the others' tensors with an infinity or NaN. "
                "relative_l2 is ||a - b|| / ||b||, of float32 from float64, of float16 from "
                "float32. Biases of convolutions before batch norm are left out: their "
                "gradients are rounding noise.",
        "loss_scale": scale,
        "overflows": overflows,
        "loss": {"float64": loss64, "float32": loss32, "float16": loss16},
        "logits_max_abs_difference": {
            "float32_from_float64": rounded((logits32.double() - logits64).abs().max().item()),
            "float16_from_float32": rounded((logits16.float() - logits32).abs().max().item()),
        },
        "float16_types": types,
        "gradients": {
            name: {
                "max_abs_float32": rounded(single[name].abs().max().item()),
                "float32_relative_l2": rounded(distance(single[name], exact[name])),
                "float16_relative_l2": rounded(distance(scaled[name], single[name])),
                "float16_scale_1_relative_l2": rounded(distance(unscaled[name], single[name])),
            }
            for name in kept
        },
    }
    result["all_gradients"] = {
        key: rounded(distance(torch.cat([a[name].flatten() for name in kept]),
                              torch.cat([b[name].flatten() for name in kept])))
        for key, a, b in (("float32_relative_l2", single, exact),
                          ("float16_relative_l2", scaled, single),
                          ("float16_scale_1_relative_l2", unscaled, single))
    }
    arguments.output.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    worst = max(kept, key=lambda name: result["gradients"][name]["float16_relative_l2"])
    print(f"torch {torch.__version__}, loss scale {scale:.0f}: float16 from float32 "
          f"{result['all_gradients']}, worst {worst} {result['gradients'][worst]}")


if __name__ == "__main__":
    main()
