import numpy as np
import pytest
import torch

from cnnedu import nn

CASES = {
    "sgd": (lambda p: nn.SGD(p, 0.1), lambda p: torch.optim.SGD(p, 0.1)),
    "momentum": (
        lambda p: nn.SGD(p, 0.05, momentum=0.9, weight_decay=0.01),
        lambda p: torch.optim.SGD(p, 0.05, momentum=0.9, weight_decay=0.01),
    ),
    "nesterov": (
        lambda p: nn.SGD(p, 0.05, momentum=0.9, nesterov=True),
        lambda p: torch.optim.SGD(p, 0.05, momentum=0.9, nesterov=True),
    ),
    "rmsprop": (
        lambda p: nn.RMSProp(p, 0.01, alpha=0.9, weight_decay=0.1),
        lambda p: torch.optim.RMSprop(p, 0.01, alpha=0.9, weight_decay=0.1),
    ),
    "adam": (
        lambda p: nn.Adam(p, 0.01, betas=(0.8, 0.99), weight_decay=0.1),
        lambda p: torch.optim.Adam(p, 0.01, betas=(0.8, 0.99), weight_decay=0.1),
    ),
    "adamw": (
        lambda p: nn.AdamW(p, 0.01, weight_decay=0.3),
        lambda p: torch.optim.AdamW(p, 0.01, weight_decay=0.3),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_optimisers_follow_torch_for_100_steps(name):
    rng = np.random.default_rng(0)
    mine = [nn.Parameter(rng.standard_normal(shape)) for shape in ((3, 2), (4,))]
    theirs = [torch.tensor(p.value, requires_grad=True) for p in mine]
    optimiser, reference = CASES[name][0](mine), CASES[name][1](theirs)
    for step in range(100):
        for parameter, tensor in zip(mine, theirs, strict=True):
            parameter.grad = np.sin(parameter.value * 3) + 0.3 * rng.standard_normal(
                parameter.value.shape
            )
            tensor.grad = torch.tensor(parameter.grad)
        optimiser.step()
        reference.step()
        for parameter, tensor in zip(mine, theirs, strict=True):
            np.testing.assert_allclose(
                parameter.value, tensor.detach().numpy(), rtol=1e-10, err_msg=f"step {step}"
            )


def rates(scheduler, steps):
    """Return the learning rates that a torch scheduler sets before each step."""
    weight = torch.zeros(1, requires_grad=True)
    optimiser = torch.optim.SGD([weight], 1.0)
    schedule = scheduler(optimiser)
    result = []
    for _ in range(steps):
        result.append(optimiser.param_groups[0]["lr"])
        optimiser.step()
        schedule.step()
    return result


torch_schedules = torch.optim.lr_scheduler
SCHEDULES = {
    "cosine": (
        nn.cosine(1.0, 30, 0.1),
        lambda o: torch_schedules.CosineAnnealingLR(o, 30, 0.1),
    ),
    "one cycle": (
        nn.one_cycle(2.0, 30),
        lambda o: torch_schedules.OneCycleLR(o, 2.0, 30, cycle_momentum=False),
    ),
    "early one cycle": (
        nn.one_cycle(2.0, 30, rise=0.2, div_factor=10.0, final_div_factor=50.0),
        lambda o: torch_schedules.OneCycleLR(
            o, 2.0, 30, pct_start=0.2, div_factor=10, final_div_factor=50, cycle_momentum=False
        ),
    ),
}


@pytest.mark.parametrize("name", SCHEDULES)
def test_schedules_are_those_of_torch(name):
    mine, theirs = SCHEDULES[name]
    np.testing.assert_allclose([mine(step) for step in range(30)], rates(theirs, 30), rtol=1e-9)


def test_nesterov_without_momentum_and_a_negative_rate_are_refused():
    with pytest.raises(ValueError, match="nesterov"):
        nn.SGD([], 0.1, nesterov=True)
    with pytest.raises(ValueError, match="lr must be finite and at least 0"):
        nn.Adam([], lr=-1.0)
