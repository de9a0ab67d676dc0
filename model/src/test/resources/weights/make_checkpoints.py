#!/usr/bin/env python3
"""Small checkpoints as PyTorch writes them, and what PyTorch says of them.

    python make_checkpoints.py OUT

kinds.*: tensors of every type and layout in each format (PyTorch zip, its older stream, pickle
protocol 4, without checksums, as parameters, in nested dictionaries); kinds.json holds their shapes
and values, in hexadecimal. network.*: a VGG19 with batch norm of 2 channels with the ccmusic head, torchvision's
head, and in 16-bit floats; stretched.pt has single values, expanded; network.json holds PyTorch's logits in evaluation mode, of the
pictures sin(0.001 i i), i counting through [2, 3, 64, 64].
Made with torch 2.13 (CPU), safetensors 0.8.
"""

import collections
import json
import math
import os
import sys

import torch
from safetensors.torch import save_file
from torch import nn

CONFIGURATION_E = [1, 1, "M", 1, 1, "M", 1, 1, 1, 1, "M", 1, 1, 1, 1, "M", 1, 1, 1, 1, "M"]
CHANNELS = 2
SIZE = 64


def kinds() -> collections.OrderedDict:
    torch.manual_seed(3)
    base = torch.randn(4, 6)
    return collections.OrderedDict(
        float32=torch.randn(2, 3),
        float16=torch.tensor([1.0, -0.0, 6.1e-5, 5.96e-8, -65504.0, 0.1]).half(),
        bfloat16=torch.tensor([1.0, -2.5, 3.0e38, 1.0e-38]).bfloat16(),
        channels_last=torch.randn(2, 3, 2, 2).contiguous(memory_format=torch.channels_last),
        transposed=base.t(),
        part=base[1:3, 2:5],
        expanded=torch.tensor([[7.0], [8.0]]).expand(2, 3),
        shared=base,
        half_transposed=torch.arange(6).reshape(2, 3).half().t(),
        scalar=torch.tensor(2.5),
        empty=torch.zeros(0, 3),
        whole=torch.tensor(12),
    )


def vgg(head: list[nn.Module]) -> nn.Module:
    features, channels = [], 3
    for kind in CONFIGURATION_E:
        if kind == "M":
            features.append(nn.MaxPool2d(2, 2))
            continue
        features += [nn.Conv2d(channels, CHANNELS, 3, padding=1), nn.BatchNorm2d(CHANNELS), nn.ReLU()]
        channels = CHANNELS
    network = nn.Module()
    network.features = nn.Sequential(*features)
    network.classifier = nn.Sequential(*head)
    for name, tensor in network.state_dict().items():
        if tensor.is_floating_point():
            positive = name.endswith("running_var") or tensor.dim() == 1 and name.endswith("weight")
            tensor.copy_(torch.rand_like(tensor) + 0.5 if positive else torch.randn_like(tensor) * 0.4)
            if name.endswith("running_var"):
                tensor.mul_(0.9)  # so that pictures make a difference down to the logits
    return network.eval()


def logits(network: nn.Module, pictures: torch.Tensor) -> list:
    with torch.no_grad():
        return network.classifier(torch.flatten(network.features(pictures), 1)).tolist()


def main() -> None:
    out = sys.argv[1]
    os.makedirs(out, exist_ok=True)

    def path(name: str) -> str:
        return os.path.join(out, name)

    tensors = kinds()
    torch.save(tensors, path("kinds.pt"))
    torch.save(tensors, path("kinds.stream.pt"), _use_new_zipfile_serialization=False)
    torch.save(tensors, path("kinds.protocol4.pt"), pickle_protocol=4)
    torch.save(tensors, path("kinds.stream4.pt"), pickle_protocol=4, _use_new_zipfile_serialization=False)
    torch.serialization.set_crc32_options(False)
    torch.save(tensors, path("kinds.unchecked.pt"))
    torch.serialization.set_crc32_options(True)
    learning = {k: nn.Parameter(v) if v.is_floating_point() else v for k, v in tensors.items()}
    torch.save(learning, path("kinds.parameters.pt"))
    nested = {"epoch": 3, "model": tensors, "optimizer": {"state": {0: {"step": torch.tensor(1.0)}}},
              "names": ["a", ("b", 2.5, None, True)], "big": 2 ** 70, "size": torch.Size([2, 3])}
    torch.save(nested, path("kinds.nested.pt"))
    save_file({k: v.contiguous().clone() for k, v in tensors.items()}, path("kinds.safetensors"))
    with open(path("kinds.json"), "w") as file:
        json.dump({name: {"shape": list(tensor.shape), "values": [v.hex() for v in tensor.double().flatten().tolist()]}
                   for name, tensor in tensors.items()}, file, indent=1)

    torch.manual_seed(5)
    ccmusic = vgg([nn.Dropout(), nn.Linear(CHANNELS * 4, 4), nn.ReLU(), nn.Linear(4, 3)])
    torchvision = vgg([nn.Linear(CHANNELS * 49, 4), nn.ReLU(), nn.Dropout(), nn.Linear(4, 5),
                       nn.ReLU(), nn.Dropout(), nn.Linear(5, 7)])
    torch.save(ccmusic.state_dict(), path("network.pt"))
    old = {k: v for k, v in torchvision.state_dict().items() if "num_batches" not in k}
    torch.save(collections.OrderedDict(old), path("network.torchvision.pt"),
               _use_new_zipfile_serialization=False)
    half = {k: v.half() if v.is_floating_point() else v for k, v in ccmusic.state_dict().items()}
    torch.save(half, path("network.half.pt"))
    wide = {"classifier.1.weight": (60000, 8), "classifier.1.bias": (60000,),
            "classifier.3.weight": (3, 60000)}
    torch.save({k: torch.zeros((1,) * v.dim()).expand(wide.get(k, v.shape))
                for k, v in ccmusic.state_dict().items()}, path("stretched.pt"))
    count = 2 * 3 * SIZE * SIZE
    pictures = torch.tensor([math.sin(0.001 * i * i) for i in range(count)], dtype=torch.float64)
    pictures = pictures.float().reshape(2, 3, SIZE, SIZE)
    results = {"logits": logits(ccmusic, pictures)}
    ccmusic.load_state_dict({k: v.float() for k, v in half.items()})
    results["half_logits"] = logits(ccmusic, pictures)
    results["torchvision_features"] = {
        k: v.flatten().tolist() for k, v in torchvision.state_dict().items()
        if k in ("features.0.weight", "features.50.running_var")}
    with open(path("network.json"), "w") as file:
        json.dump(results, file)


if __name__ == "__main__":
    main()
