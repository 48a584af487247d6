"""Sixty-four networks to choose among, and what each of them answers on 6,000 fresh pictures.

The pictures are shapes, so that there are as many fresh ones as anyone wants. Which answers are
right is stored beside this file; `python benchmarks/candidates.py --save` trains the networks anew.
"""

from importlib.resources import as_file, files

import numpy as np
import torch
from torch import nn
from torch.nn.functional import cross_entropy

from cnnedu.data.shapes import make_shapes

STORED = files("cnnedu.experiments") / "figures" / "candidates.npz"
COUNT, KNOWN, FRESH, SIZE = 64, 2_000, 6_000, 16


def candidates():
    """Return which answers of the 64 networks are right: bool (64, 6000).

    >>> candidates().shape
    (64, 6000)
    """
    with as_file(STORED) as path, np.load(path) as stored:
        return np.unpackbits(stored["right"], axis=1)[:, :FRESH].astype(bool)


def train_candidates(count=COUNT):
    """Train the networks, whose settings are drawn at random, and ask them.

    Each learns from the same 2,000 shapes of 16×16 pixels; its first weights, the order of the
    pictures, its width, learning rate, batch size and number of epochs are its own.

    Returns:
        bool (count, 6000): which answers on pictures that none of them has seen are right.
    """
    known, fresh = make_shapes(KNOWN, size=SIZE), make_shapes(FRESH, size=SIZE, first=KNOWN)
    x, y = _fed(known.x), torch.from_numpy(known.y)
    new_x, new_y = _fed(fresh.x), torch.from_numpy(fresh.y)
    right = []
    for number in range(count):
        network = _train(x, y, np.random.default_rng(number), number)
        with torch.no_grad():
            said = torch.cat([network(some).argmax(1) for some in new_x.split(500)])
        right.append((said == new_y).numpy())
    return np.array(right)


def _fed(x):
    return torch.from_numpy(x) / 128 - 1


def _train(x, y, rng, seed):
    """Return a network trained with settings drawn from `rng`."""
    width, size = rng.choice([8, 12, 16]), int(rng.choice([16, 32, 64]))
    rate, epochs = 0.002 * 2 ** rng.uniform(-1, 1), rng.integers(6, 11)
    torch.manual_seed(seed)
    network = nn.Sequential(
        nn.Conv2d(3, width, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(width, 2 * width, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(2 * width * (SIZE // 4) ** 2, 10),
    )  # fmt: skip
    optimiser = torch.optim.Adam(network.parameters(), lr=rate)
    for _ in range(epochs):
        for batch in torch.randperm(len(y)).split(size):
            loss = cross_entropy(network(x[batch]), y[batch])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    return network
