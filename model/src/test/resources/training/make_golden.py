"""Makes golden.json: what PyTorch's ReduceLROnPlateau and SGD with momentum do.

usage: python make_golden.py golden.json
Made with torch 2.13.0.
"""

import json
import sys

import torch

losses = [2.0, 1.5, 1.4995, 1.6, 1.7, 1.4999, 1.5, 1.6, 1.6, 1.2, 1.3, 1.3, 1.3, 1.3, 1.3, 1.2, 1.3, 1.3, 1.3, 1.3, 1.3, 1.3]
parameter = torch.nn.Parameter(torch.tensor([1.0, -2.0, 0.5], dtype=torch.float64))
optimiser = torch.optim.SGD([parameter], lr=0.01, momentum=0.9)
schedule = torch.optim.lr_scheduler.ReduceLROnPlateau(
    optimiser, factor=0.1, patience=5, threshold=0.001
)
rates = []
for loss in losses:
    schedule.step(loss)
    rates.append(optimiser.param_groups[0]["lr"])

optimiser = torch.optim.SGD([parameter], lr=0.1, momentum=0.9)
gradients = [[0.5, 1.0, -0.25], [0.25, -1.0, 0.5], [-0.5, 0.125, 1.0], [1.0, 1.0, 1.0]]
parameters = [parameter.tolist()]
for i, gradient in enumerate(gradients):
    if i == 2:
        optimiser.param_groups[0]["lr"] = 0.01
    parameter.grad = torch.tensor(gradient, dtype=torch.float64)
    optimiser.step()
    parameters.append(parameter.tolist())

golden = {
    "losses": losses,
    "rates": rates,
    "gradients": gradients,
    "sgd_rates": [0.1, 0.1, 0.01, 0.01],
    "parameters": parameters,
}
with open(sys.argv[1], "w") as file:
    json.dump(golden, file, indent=1)
    file.write("\n")
