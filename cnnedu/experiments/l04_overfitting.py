"""Lesson 04: whether pooling prevents over-fitting.

Small networks with and without pooling learn few digits, which stand anywhere on a board or, as a
control, always in the middle. With pooling and without, there are networks with many weights and
with few: so the effect of pooling isn't taken for that of a smaller dense layer.
"""

import numpy as np
import torch
from torch import nn

from cnnedu.data.digits import load_digits
from cnnedu.experiments.store import Experiment, Part, by_two_names
from cnnedu.training.evaluate import evaluate
from cnnedu.training.fitting import teach

# Two ways to leave maps as large as they were, and three to halve them.
REDUCTIONS = {
    "no pooling": nn.Identity,
    "max pool, stride 1": lambda: nn.Sequential(nn.ZeroPad2d((0, 1, 0, 1)), nn.MaxPool2d(2, 1)),
    "stride 2": lambda: nn.MaxPool2d(1, 2),
    "max pool": lambda: nn.MaxPool2d(2),
    "average pool": lambda: nn.AvgPool2d(2),
}
BOARDS = "anywhere", "in the middle"  # where digits stand
SIZE = 12  # pixels along each side of a board
LEARNT, KEPT = 400, 400  # digits
RATES = (1e-3, 3e-3, 1e-2, 3e-2)
TRIED = (100, 101)  # seeds of the runs that choose a rate
EPOCHS, BATCH = 60, 50
PAIRS = (  # pooling with equally many weights, and fewer weights with equal pooling
    *(("max pool, stride 1", "no pooling"), ("max pool", "stride 2"), ("average pool", "stride 2")),
    *(("stride 2", "no pooling"), ("max pool", "max pool, stride 1")),
)


def network(way):
    """Return a network of two stages for boards (N, 1, 12, 12) with digits.

    Each stage is filters, ReLU and one of `REDUCTIONS`; a dense layer follows.

    >>> [parameters(way) for way in ("no pooling", "max pool, stride 1")]
    [50890, 50890]
    >>> [parameters(way) for way in ("stride 2", "max pool", "average pool")]
    [7690, 7690, 7690]
    """
    left = SIZE if way in ("no pooling", "max pool, stride 1") else SIZE // 4
    reduce = REDUCTIONS[way]
    return nn.Sequential(
        *(nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(), reduce()),
        *(nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), reduce()),
        *(nn.Flatten(), nn.Linear(32 * left**2, 10)),
    )


def parameters(way):
    """Return the number of parameters of `network`."""
    return sum(p.numel() for p in network(way).parameters())


def on_boards(digits, board, rng):
    """Place each digit on a board, and once more one pixel further right (left at the border).

    Args:
        digits: (N, 1, 8, 8).
        board: one of `BOARDS`.
        rng: `numpy.random.Generator` that draws the places.

    Returns:
        Two tensors (N, 1, 12, 12).
    """
    room = SIZE - 8
    both = np.zeros((2, len(digits), 1, SIZE, SIZE), np.float32)
    for i, digit in enumerate(digits):
        top, left = room // 2, room // 2
        if board == "anywhere":
            top, left = rng.integers(0, room + 1, 2)
        for k, column in enumerate((left, left + 1 if left < room else left - 1)):
            both[k, i, :, top : top + 8, column : column + 8] = digit
    return torch.from_numpy(both)


def rates():
    """Return {board: {way: mean accuracy on other digits for each of `RATES`}}."""
    return {
        board: {
            way: [
                round(float(np.mean([_run(board, way, rate, s)["kept"] for s in TRIED])), 4)
                for rate in RATES
            ]
            for way in REDUCTIONS
        }
        for board in BOARDS
    }


def runs(seed):
    """Train each network with the rate that suits it best.

    Returns:
        {board: {way: {"training", "test", "changed"}}}: two accuracies, and the share of test
        pictures whose class changes when the digit moves sideways by one pixel.
    """
    chosen = figures["rates"]
    return {
        board: {
            way: _run(board, way, RATES[int(np.argmax(chosen[board][way]))], seed)
            for way in REDUCTIONS
        }
        for board in BOARDS
    }


def gain(found, left, right):
    """Return how many points more of the new digits `left` gets right than `right`.

    Args:
        found: what `runs` holds of one board.
        left, right: two of `REDUCTIONS`.

    Returns:
        The mean over the seeds and its standard error; both learn the same digits.

    >>> mean, error = gain({"a": {"test": [0.9, 0.8]}, "b": {"test": [0.7, 0.7]}}, "a", "b")
    >>> round(mean, 6), round(error, 6)
    (15.0, 5.0)
    """
    points = 100 * np.subtract(found[left]["test"], found[right]["test"])
    return float(points.mean()), float(points.std(ddof=1) / np.sqrt(len(points)))


def _run(board, way, rate, seed):
    """Train one network, and measure it; "kept" is its accuracy on digits to choose rates by."""
    rng = np.random.default_rng(seed)
    (x, y), (test_x, test_y) = load_digits()
    order = rng.permutation(len(x))[: LEARNT + KEPT]
    x, y = on_boards(x[order], board, rng)[0], torch.from_numpy(y[order])
    (test_x, further), test_y = on_boards(test_x, board, rng), torch.from_numpy(test_y)
    learnt, kept = (x[:LEARNT], y[:LEARNT]), (x[LEARNT:], y[LEARNT:])
    trained, _ = teach(
        lambda: network(way),
        learnt,
        epochs=EPOCHS,
        learning_rate=rate,
        batch_size=BATCH,
        seed=seed,
    )
    with torch.no_grad():
        classes = [trained(pictures).argmax(dim=1) for pictures in (test_x, further)]
    found = {
        "training": evaluate(trained, *learnt)[1],
        "kept": evaluate(trained, *kept)[1],
        "test": evaluate(trained, test_x, test_y)[1],
        "changed": (classes[0] != classes[1]).float().mean().item(),
    }
    return {name: round(value, 4) for name, value in found.items()}


def _arranged(results):
    """Return {board: {way: {figure: one per seed}}}."""
    return {board: by_two_names([result[board] for result in results]) for board in BOARDS}


figures = Experiment(
    "l04_overfitting",
    "small networks with and without pooling, which learn few digits",
    {
        "rates": Part(rates, minutes=3, needs_cifar10=False),
        "runs": Part(
            runs, minutes=4, seeds=tuple(range(8)), arrange=_arranged, needs_cifar10=False
        ),
    },
)
