"""Lesson 16: what transfer is worth on generated shapes, by pictures per class."""

import numpy as np
import torch

from cnnedu.data.shapes import CLASSES, make_shapes
from cnnedu.experiments.store import Experiment, Part, by_name, by_two_names
from cnnedu.models.pretrained import load_pretrained
from cnnedu.models.whitened import fast
from cnnedu.tasks.transfer import BATCH, features, fine_tune, fit_probe, with_head
from cnnedu.training.evaluate import evaluate
from cnnedu.training.fitting import seeded

SHOTS, STEPS = (5, 20, 100), 200
BLOCKS = "block1", "block2", "block3"
PROBE, LAST, ALL, SCRATCH = "linear probe", "last block", "everything", "from scratch"

# Initial learning rates, chosen in a handful of runs on other shapes (`seed=17`).
HEAD, BODY, FRESH = 1e-2, 1e-3, 3e-3
WAYS = {
    LAST: {"block3": BODY, "dense": HEAD},
    ALL: dict.fromkeys(BLOCKS, BODY) | {"dense": HEAD},
    SCRATCH: dict.fromkeys((*BLOCKS, "dense"), FRESH),
}
RATES = {
    "0.01 everywhere": dict.fromkeys((*BLOCKS, "dense"), HEAD),
    "0.001 everywhere": dict.fromkeys((*BLOCKS, "dense"), BODY),
    "0.001, head 0.01": WAYS[ALL],
    "a third per block down": {
        "block1": BODY / 9,
        "block2": BODY / 3,
        "block3": BODY,
        "dense": HEAD,
    },
}


def task(shapes=1_500, tested=500):
    """Make shapes, normalised for `fast`: (x, y) to draw training pictures from, (x, y) to test."""
    made, prepare = make_shapes(shapes + tested, seed=16), load_pretrained("fast").prepare
    x, y = prepare(made.x), torch.from_numpy(made.y)
    return (x[:shapes], y[:shapes]), (x[shapes:], y[shapes:])


def few(y, shots, seed):
    """Return the places of `shots` randomly drawn pictures of each class.

    >>> few(torch.tensor([0, 1, 1, 0, 1]), 1, seed=0).shape
    torch.Size([2])
    """
    rng, y = np.random.default_rng([seed, shots]), np.asarray(y)
    drawn = [rng.choice(np.flatnonzero(y == k), shots, replace=False) for k in np.unique(y)]
    return torch.from_numpy(np.concatenate(drawn))


def curve(seed):
    """Return {way to train: {pictures per class: test accuracy}}."""
    return {
        way: {str(shots): _accuracy(way, *_drawn(shots, seed), seed) for shots in SHOTS}
        for way in (PROBE, *WAYS)
    }


def rates(seed):
    """Return {rates per layer: test accuracy with 20 pictures per class}."""
    drawn = _drawn(20, seed)
    return {name: _tuned(_start(ALL), wanted, *drawn, seed) for name, wanted in RATES.items()}


def norms(data):
    """Return the accuracy of `fast` on CIFAR-10's test set before and after it saw shapes.

    Ten batches of shapes pass the network in training mode. All weights stay as they are; only the
    running statistics of the batch norms change.
    """
    (x, _), _ = task()
    known = load_pretrained("fast")
    pictures, labels = known.prepare(data.x_test), torch.from_numpy(data.y_test)
    before = evaluate(known.network, pictures, labels)[1]
    known.network.train()
    with torch.no_grad():
        for batch in x[: 10 * BATCH].split(BATCH):
            known.network(batch)
    after = evaluate(known.network, pictures, labels)[1]
    return {"before": round(before, 4), "after": round(after, 4)}


def _start(way, x=None, seed=0):
    """Return a network with a new head: the pretrained one, or an untrained one."""
    network = load_pretrained("fast").network
    if way == SCRATCH:
        with seeded(seed):
            network = fast()
        network.whiten_patches(x[:200])
    return with_head(network, len(CLASSES))


def _accuracy(way, data, test, seed):
    """Return the test accuracy of one way to train on these pictures."""
    if way == PROBE:
        network = load_pretrained("fast").network
        probe = fit_probe(features(network, data[0]), data[1], len(CLASSES))
        return round(evaluate(probe, features(network, test[0]), test[1])[1], 4)
    return _tuned(_start(way, data[0], seed), WAYS[way], data, test, seed)


def _tuned(network, rates, data, test, seed):
    epochs = round(STEPS / -(-len(data[1]) // BATCH))
    return round(evaluate(fine_tune(network, data, rates, epochs=epochs, seed=seed), *test)[1], 4)


def _drawn(shots, seed):
    """Return (x, y) with `shots` pictures of each class, and (x, y) with all test pictures."""
    (x, y), test = task()
    chosen = few(y, shots, seed)
    return (x[chosen], y[chosen]), test


figures = Experiment(
    "l16_transfer",
    "transfer by pictures per class, learning rates per layer, and what batch norm forgets",
    {
        "curve": Part(
            curve,
            minutes=5,
            seeds=(0, 1, 2),
            arrange=by_two_names,
            needs_cifar10=False,
        ),
        "rates": Part(rates, minutes=2, seeds=(0, 1, 2), arrange=by_name, needs_cifar10=False),
        "norms": Part(norms, minutes=1),
    },
)
