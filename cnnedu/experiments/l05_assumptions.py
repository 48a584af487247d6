"""Lesson 05: what locality and shared weights are worth on digits, in order and shuffled.

All networks have 1,152 hidden units, 32 for each of the 36 places of a 3×3 window, and a ReLU. Of
those, 288 reach the ten scores: the largest of each 2×2 units, or one of each 2×2. They differ in
the first layer alone: a unit weighs all pixels ("dense"), the 9 of its window with weights of its
own ("local"), or these with weights that all places share ("convolution").
"""

import itertools

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from cnnedu.data.digits import shuffled_digits
from cnnedu.experiments.store import Experiment, Part, by_name
from cnnedu.training.fitting import falling, take_step

LAYERS = "dense", "local", "convolution"
POOLINGS = "max", "none"
ORDERS = "in order", "shuffled"
COUNTS = 100, 1437  # digits to learn from
TRAINED = *itertools.product(["max"], ORDERS, COUNTS), ("none", "in order", 100)
HELD_OUT = 360
MAPS, PLACES = 32, 36
RIDGES = 10.0 ** np.arange(-4, 4)
RATES = 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 0.1
STEPS, BATCH = 500, 50
TUNING_SEEDS = 1000, 1001, 1002


class First(nn.Module):
    """The first layer: (N, 1, 8, 8) → (N, 32, 6, 6), no biases.

    Args:
        kind: one of `LAYERS`.
        generator: `torch.Generator` of the weights, normal with variance 2 / (pixels of a unit).
    """

    def __init__(self, kind, generator):
        super().__init__()
        self.kind = kind
        shape = {
            "dense": (MAPS * PLACES, 64),
            "local": (MAPS, PLACES, 9),
            "convolution": (MAPS, 9),
        }[kind]
        scale = (2 / shape[-1]) ** 0.5
        self.weight = nn.Parameter(scale * torch.randn(shape, generator=generator))

    def forward(self, x):
        """Return the weighted sums."""
        if self.kind == "dense":
            return (x.flatten(1) @ self.weight.T).reshape(-1, MAPS, 6, 6)
        if self.kind == "convolution":
            return F.conv2d(x, self.weight.reshape(MAPS, 1, 3, 3))
        windows = F.unfold(x, 3)  # (N, 9, 36)
        return torch.einsum("nkp,fpk->nfp", windows, self.weight).reshape(-1, MAPS, 6, 6)


def pooled(x, pooling):
    """Return 288 of the 1,152 units: the largest of each 2×2 ("max") or the first of each."""
    x = F.relu(x)
    return (F.max_pool2d(x, 2) if pooling == "max" else x[:, :, ::2, ::2]).flatten(1)


def drawn_digits(seed, order, count):
    """Return (x, y, new_x, new_y): `count` digits to learn from and 360 others, drawn anew.

    With the order "shuffled" the 64 pixels of all digits are shuffled in the same way.
    """
    rng = np.random.default_rng(seed)
    x, y = shuffled_digits(rng)
    places = rng.permutation(64)
    if order == "shuffled":
        x = x.reshape(-1, 64)[:, places].reshape(x.shape)
    x, y = torch.from_numpy(x), torch.from_numpy(y)
    last = HELD_OUT + count
    return x[HELD_OUT:last], y[HELD_OUT:last], x[:HELD_OUT], y[:HELD_OUT]


def read_out(old, y, new):
    """Fit ten linear scores to features by ridge regression; return the classes of new ones.

    The ridge is the one of `RIDGES` with the smallest leave-one-out error.

    Args:
        old: features to learn from, (N, D).
        y: their classes.
        new: (M, D).
    """
    middle, spread = old.mean(axis=0), old.std()
    old, new = (old - middle) / spread, (new - middle) / spread
    targets = np.eye(10)[y]
    centred = targets - targets.mean(axis=0)
    u, s, vt = np.linalg.svd(old, full_matrices=False)
    along = u.T @ centred

    def left_out(ridge):
        share = s**2 / (s**2 + ridge)
        leverage = (u**2 * share).sum(axis=1) + 1 / len(y)
        return np.sum(((centred - u * share @ along) / (1 - leverage)[:, None]) ** 2)

    ridge = min(RIDGES, key=left_out)
    weights = vt.T @ ((s / (s**2 + ridge))[:, None] * along)
    return (new @ weights + targets.mean(axis=0)).argmax(axis=1)


def _name(*conditions):
    return ", ".join(map(str, conditions))


def with_random_weights(seed):
    """Leave the first layer random and fit the ten scores; return {conditions: % right}."""
    found = {}
    for order, count in itertools.product(ORDERS, COUNTS):
        x, y, new_x, new_y = drawn_digits(seed, order, count)
        for kind, pooling in itertools.product(LAYERS, POOLINGS):
            layer = First(kind, torch.Generator().manual_seed(seed))
            with torch.no_grad():
                old, new = (pooled(layer(some), pooling).double().numpy() for some in (x, new_x))
            right = read_out(old, y.numpy(), new) == new_y.numpy()
            found[_name(kind, pooling, order, count)] = round(100 * right.mean(), 2)
    return found


def trained(kind, pooling, digits, rate, seed):
    """Train all weights with Adam for `STEPS` steps at a falling rate; return % right."""
    x, y, new_x, new_y = digits
    generator = torch.Generator().manual_seed(seed)
    first, last = First(kind, generator), nn.Linear(288, 10)
    nn.init.normal_(last.weight, std=288**-0.5, generator=generator)
    nn.init.zeros_(last.bias)
    optimiser = torch.optim.Adam([*first.parameters(), *last.parameters()], rate)
    schedule = falling(optimiser, STEPS)
    for _ in range(STEPS):
        some = torch.randint(len(y), (BATCH,), generator=generator)
        scores = last(pooled(first(x[some]), pooling))
        take_step(F.cross_entropy(scores, y[some]), optimiser, schedule)
    with torch.no_grad():
        right = last(pooled(first(new_x), pooling)).argmax(dim=1) == new_y
    return 100 * right.double().mean().item()


def tune():
    """Return {conditions: rate}: the rate of `RATES` that is best on digits of other seeds."""
    found = {}
    for pooling, order, count in TRAINED:
        draws = [(seed, drawn_digits(seed, order, count)) for seed in TUNING_SEEDS]
        for kind in LAYERS:
            means = {
                rate: np.mean([trained(kind, pooling, drawn, rate, seed) for seed, drawn in draws])
                for rate in RATES
            }
            found[_name(kind, pooling, order, count)] = max(means, key=means.get)
    return found


def with_learnt_weights(seed):
    """Train each network at the rate that suits it; return {conditions: % right}."""
    found = {}
    for pooling, order, count in TRAINED:
        drawn = drawn_digits(seed, order, count)
        for kind in LAYERS:
            name = _name(kind, pooling, order, count)
            right = trained(kind, pooling, drawn, figures["rates"][name], seed)
            found[name] = round(right, 2)
    return found


figures = Experiment(
    "l05_assumptions",
    "dense, local and convolutional layers on digits, with pixels in order and shuffled",
    {
        "random": Part(
            with_random_weights,
            minutes=2,
            seeds=tuple(range(20)),
            arrange=by_name,
            needs_cifar10=False,
        ),
        "rates": Part(tune, minutes=4, needs_cifar10=False),
        "learnt": Part(
            with_learnt_weights,
            minutes=4,
            seeds=tuple(range(20)),
            arrange=by_name,
            needs_cifar10=False,
        ),
    },
)
