"""Train many networks of the shape of `digit_network` at once, on the same batches of digits.

One pass through grouped convolutions takes a quarter of the time of so many passes through
`cnnedu.nn`, and gives the same numbers. The networks may differ in their first weights, their
optimiser and rates, and in what is frozen.
"""

from collections.abc import Callable
from itertools import groupby
from typing import NamedTuple

import numpy as np
import torch
from torch.nn import functional as F

from cnnedu.data.digits import shuffled_digits
from cnnedu.models.digit_network import digit_network

HELD_OUT, BATCH = 360, 32


class Run(NamedTuple):
    """One of the networks, and how it is trained."""

    weights: list  # its first weights, in the order of `digit_network().parameters()`
    rate: Callable  # from the number of the step to the learning rate
    optimiser: str = "Adam"  # one of `DIRECTIONS`
    frozen: int = 0  # how many of the weights, from the first on, don't learn


def _momentum(g, m, s, t):
    return m.mul_(0.9).add_(g)


def _rmsprop(g, m, s, t):
    return g / (s.mul_(0.99).add_(0.01 * g**2).sqrt() + 1e-8)


def _adam(g, m, s, t):
    mean = m.mul_(0.9).add_(0.1 * g) / (1 - 0.9**t)
    return mean / ((s.mul_(0.999).add_(0.001 * g**2) / (1 - 0.999**t)).sqrt() + 1e-8)


# From the gradient, the memories m and s, and the number of the step, from 1; as in `cnnedu.nn`.
DIRECTIONS = {
    "SGD": lambda g, m, s, t: g,
    "momentum": _momentum,
    "RMSProp": _rmsprop,
    "Adam": _adam,
}


def drawn_digits(rng, count=1437):
    """Draw `count` digits to learn from and 360 others to judge: ((x, y), (x, y))."""
    x, y = shuffled_digits(rng)
    judges, learnt = slice(HELD_OUT), slice(HELD_OUT, HELD_OUT + count)
    return (x[learnt], y[learnt]), (x[judges], y[judges])


def first_weights(rng):
    """Draw He's first weights for one network."""
    return [parameter.value for parameter in digit_network(rng).parameters()]


def scores(weights, x):
    """Return the scores of G networks for the same pictures.

    Args:
        weights: six tensors (G, ...).
        x: tensor (N, 1, 8, 8).

    Returns:
        (G, N, 10).
    """
    w1, b1, w2, b2, w3, b3 = weights
    x = F.conv2d(x, w1.flatten(0, 1), b1.flatten(), padding=1)
    x = F.max_pool2d(F.relu(x), 2)
    x = F.conv2d(x, w2.flatten(0, 1), b2.flatten(), padding=1, groups=len(w2))
    x = F.max_pool2d(F.relu(x), 2).unflatten(1, (len(w2), -1)).flatten(2)
    return torch.einsum("ngd,gkd->gnk", x, w3) + b3[:, None]


def train(runs, data, epochs, rng):
    """Train networks on the same batches of 32.

    Args:
        runs: list of `Run`, those of one optimiser beside each other.
        data: (x, y), arrays as from `load_digits`.
        epochs: passes over the data.
        rng: the `numpy.random.Generator` that shuffles.

    Returns:
        The weights at the end: six tensors (len(runs), ...).
    """
    x, y = map(torch.from_numpy, data)
    weights = [
        torch.tensor(np.array(some)) for some in zip(*(r.weights for r in runs), strict=True)
    ]
    memory = [(torch.zeros_like(w), torch.zeros_like(w)) for w in weights]
    step = 0
    for _ in range(epochs):
        order = rng.permutation(len(y))
        for start in range(0, len(y), BATCH):
            batch = order[start : start + BATCH]
            gradients = _gradients(weights, x[batch], y[batch])
            rates = torch.tensor([run.rate(step) for run in runs], dtype=torch.float32)
            step += 1
            for number, (w, g, (m, s)) in enumerate(zip(weights, gradients, memory, strict=True)):
                learns = torch.tensor([number >= run.frozen for run in runs])
                for optimiser, some in _beside(runs):
                    direction = DIRECTIONS[optimiser](g[some], m[some], s[some], step)
                    lr = (rates * learns)[some].view(-1, *[1] * (w.ndim - 1))
                    w[some] -= lr * direction
    return weights


def accuracies(weights, x, y):
    """Return for each network the % of the pictures `x` (N, 1, 8, 8) that it reads correctly."""
    right = scores(weights, torch.from_numpy(x)).argmax(dim=2) == torch.from_numpy(y)
    return [round(100 * share.item(), 2) for share in right.double().mean(dim=1)]


def _gradients(weights, x, y):
    """Return the gradients of each network's mean cross-entropy."""
    for w in weights:
        w.requires_grad_(True)
    answers = scores(weights, x)
    loss = F.cross_entropy(answers.flatten(0, 1), y.repeat(len(answers)), reduction="sum") / len(y)
    gradients = torch.autograd.grad(loss, weights)
    for w in weights:
        w.requires_grad_(False)
    return gradients


def _beside(runs):
    """Yield each optimiser and the slice of its runs."""
    start = 0
    for optimiser, some in groupby(runs, key=lambda run: run.optimiser):
        end = start + len(list(some))
        yield optimiser, slice(start, end)
        start = end
