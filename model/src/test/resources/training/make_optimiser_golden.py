"""Makes optimiser.json: what PyTorch's optimisers, schedules and gradient scaler do.

usage: python make_optimiser_golden.py optimiser.json
Made with torch 2.13.0.
"""

import json
import sys
import warnings

import torch

# schedules are stepped here without steps of their optimisers
warnings.filterwarnings("ignore", category=UserWarning)

RATES = [0.1, 0.1, 0.05, 0.05, 0.01, 0.01]


def trajectory(make):
    """Parameters and state after each step, of one weight that decays and one bias that does not."""
    random = torch.Generator().manual_seed(3)
    weight = torch.nn.Parameter(torch.randn(5, generator=random))
    bias = torch.nn.Parameter(torch.randn(3, generator=random))
    optimiser = make(weight, bias)
    steps = [{"weight": weight.tolist(), "bias": bias.tolist()}]
    for rate in RATES:
        for group in optimiser.param_groups:
            group["lr"] = rate
        weight.grad = torch.randn(5, generator=random)
        bias.grad = torch.randn(3, generator=random)
        step = {"rate": rate, "weightGradient": weight.grad.tolist(), "biasGradient": bias.grad.tolist()}
        optimiser.step()
        step |= {"weight": weight.tolist(), "bias": bias.tolist()}
        for name, state in (("weightState", optimiser.state[weight]), ("biasState", optimiser.state[bias])):
            step[name] = [state[key].tolist() for key in ("momentum_buffer", "exp_avg", "exp_avg_sq") if key in state]
        steps.append(step)
    return steps


def groups(weight, bias, decay):
    return [{"params": [weight], "weight_decay": decay}, {"params": [bias], "weight_decay": 0}]


def schedule(make, epochs, losses=None):
    """The rate of each epoch."""
    optimiser = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.01)
    scheduler = make(optimiser)
    rates = []
    for epoch in range(epochs):
        rates.append(optimiser.param_groups[0]["lr"])
        scheduler.step(*([losses[epoch]] if losses else []))
    return rates


def scales(initial, growth, finite):
    """The scale after each step whose gradient is finite or not."""
    scaler = torch.amp.GradScaler("cpu", init_scale=initial, growth_interval=growth)
    parameter = torch.nn.Parameter(torch.ones(1))
    optimiser = torch.optim.SGD([parameter], lr=0.0)
    history = []
    for is_finite in finite:
        scaler.scale(torch.ones(1))
        parameter.grad = torch.tensor([1.0 if is_finite else float("inf")])
        scaler.step(optimiser)
        scaler.update()
        history.append({"scale": scaler.get_scale(), "cleanSteps": scaler.state_dict()["_growth_tracker"]})
    return history


optim = torch.optim
rates = torch.optim.lr_scheduler
losses = [2.0, 1.5, 1.4995, 1.6, 1.7, 1.4999, 1.5, 1.6, 1.6, 1.2, 1.3, 1.3, 1.3, 1.3, 1.3, 1.2]
losses += [1.3, 1.3, 1.3, 1.3, 1.3, 1.3, 1.19, 1.2, 1.2, 1.2, 1.1] + [1.3] * 18
finite = [True] * 7 + [False] + [True] * 3 + [False, False] + [True] * 2 + [False] + [True] * 9

golden = {
    "trajectories": {
        "sgd": trajectory(lambda w, b: optim.SGD([w, b], lr=0.1, momentum=0.9)),
        "sgd-decay": trajectory(lambda w, b: optim.SGD(groups(w, b, 0.05), lr=0.1, momentum=0.9)),
        "nesterov": trajectory(
            lambda w, b: optim.SGD(groups(w, b, 0.05), lr=0.1, momentum=0.8, nesterov=True)
        ),
        "plain": trajectory(lambda w, b: optim.SGD([w, b], lr=0.1)),
        "adamw": trajectory(
            lambda w, b: optim.AdamW(groups(w, b, 0.05), lr=0.1, betas=(0.9, 0.999), eps=1e-8)
        ),
        "adamw-epsilon": trajectory(
            lambda w, b: optim.AdamW(groups(w, b, 0.0), lr=0.1, betas=(0.8, 0.95), eps=0.1)
        ),
    },
    "schedules": {
        "step": schedule(lambda o: rates.StepLR(o, step_size=4, gamma=0.3), 13),
        "cosine": schedule(lambda o: rates.CosineAnnealingLR(o, T_max=12, eta_min=0.002), 13),
        "plateau": schedule(
            lambda o: rates.ReduceLROnPlateau(o, factor=0.1, patience=5, threshold=0.001), len(losses), losses
        ),
        "plateau-minimum": schedule(
            lambda o: rates.ReduceLROnPlateau(o, factor=0.2, patience=2, threshold=0.01, min_lr=0.0015),
            len(losses),
            losses,
        ),
        "plateau-impatient": schedule(
            lambda o: rates.ReduceLROnPlateau(o, factor=0.1, patience=0, threshold=0.01), len(losses), losses
        ),
    },
    "losses": losses,
    "finite": finite,
    "scales": scales(1024.0, 4, finite),
}
with open(sys.argv[1], "w") as file:
    json.dump(golden, file, indent=1)
    file.write("\n")
