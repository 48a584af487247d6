"""Lesson 16: what transfer is worth on generated shapes, by pictures per class.

Every way to learn gets the rate that does best on pictures and with a seed that take no part in
the comparison.
"""

from functools import cache, partial

import numpy as np
import torch

from cnnedu.data.shapes import CLASSES, make_shapes
from cnnedu.experiments.l12_depth import best_rate
from cnnedu.experiments.store import Experiment, Part, by_name, by_two_names
from cnnedu.models.pretrained import load_pretrained
from cnnedu.models.whitened import fast
from cnnedu.tasks.transfer import (
    BATCH,
    after_each_block,
    features,
    fine_tune,
    fit_probe,
    with_head,
)
from cnnedu.training.evaluate import evaluate
from cnnedu.training.fitting import seeded

SHOTS, STEPS = (5, 20, 100), 200
FEW = 20  # pictures of each class, for rates
BLOCKS = "block1", "block2", "block3"
DECAYS = 0.001, 0.01, 0.1  # of the probe's weights; 0.01 everywhere else
CHOSEN, CHOICES = 32, 5  # so many features of a block, and how often they are drawn
PROBE, LAST, ALL, SCRATCH = "linear probe", "last block", "everything", "from scratch"
FREE_NORMS = "last block, statistics move"

# What each part of the network learns with, relative to one rate: {part: factor}.
ONE = dict.fromkeys((*BLOCKS, "dense"), 1)
FALLING = {"block1": 1 / 9, "block2": 1 / 3, "block3": 1, "dense": 1}
WAYS = {LAST: {"block3": 1, "dense": 1}, ALL: ONE, SCRATCH: ONE}
# At rate 0 no weight moves, but batch norms are in training mode.
CONTROL = {FREE_NORMS: {"block1": 0, "block2": 0, "block3": 1, "dense": 1}}
LAYERWISE = {
    "one rate for all": ONE,
    "head ten times as fast": ONE | {"dense": 10},
    "a third per block down": FALLING,
    "both": FALLING | {"dense": 10},
}
TRIED = 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2
TUNING_SEED = 100


@cache
def task(shapes=1_500, tested=500, tuning=False):
    """Make shapes, normalised for `fast`: (x, y) to draw training pictures from, (x, y) to test.

    With `tuning`, they are others, for choosing rates.
    """
    made = make_shapes(shapes + tested, seed=17 if tuning else 16)
    x, y = load_pretrained("fast").prepare(made.x), torch.from_numpy(made.y)
    return (x[:shapes], y[:shapes]), (x[shapes:], y[shapes:])


def few(y, shots, seed):
    """Return the places of `shots` randomly drawn pictures of each class.

    >>> few(torch.tensor([0, 1, 1, 0, 1]), 1, seed=0).shape
    torch.Size([2])
    """
    rng, y = np.random.default_rng([seed, shots]), np.asarray(y)
    drawn = [rng.choice(np.flatnonzero(y == k), shots, replace=False) for k in np.unique(y)]
    return torch.from_numpy(np.concatenate(drawn))


def tune():
    """Return {way: {rate: accuracy}}, with FEW pictures per class."""
    return {
        way: {
            str(rate): score
            for rate, score in best_rate(partial(_tried, way), TRIED, start=2).items()
        }
        for way in (*LAYERWISE, LAST, SCRATCH)
    }


def rate_of(way):
    """Return the tuned rate of a way to learn."""
    tried = figures["tuning"][{ALL: "one rate for all", FREE_NORMS: LAST}.get(way, way)]
    return float(max(tried, key=tried.get))


def curve(seed):
    """Return {way to learn: {pictures per class: test accuracy}}."""
    return {
        way: {str(shots): _accuracy(way, shots, seed) for shots in SHOTS} for way in (PROBE, *WAYS)
    }


def rates(seed):
    """Return {rates per layer: test accuracy}, with FEW pictures per class."""
    return {way: _accuracy(way, FEW, seed) for way in LAYERWISE}


def statistics(seed):
    """Return {pictures per class: test accuracy} of the last block learning, the control.

    All batch norms are in training mode, as in full fine-tuning, and the other blocks' weights stay
    frozen. The rate is the last block's.
    """
    return {str(shots): _accuracy(FREE_NORMS, shots, seed) for shots in SHOTS}


def blocks(seed):
    """Return {what is probed: {block: test accuracy}}, with FEW pictures per class.

    Beside all features of the pretrained blocks: the mean over CHOICES draws of CHOSEN features,
    and all features of a network with random weights, whose batch norms have seen shapes.
    """
    (x, y), (judged, labels) = task()
    chosen = few(y, FEW, seed)
    labels = y[chosen], labels
    random, known = (
        [after_each_block(network, some) for some in (x[chosen], judged)]
        for network in (_random_network(x, seed), load_pretrained("fast").network)
    )
    probes = {
        "all features": (known, _probed),
        f"{CHOSEN} of them": (known, partial(_some_probed, seed=seed)),
        "random network": (random, _probed),
    }
    return {
        name: {block: probe(*(part[block] for part in parts), labels) for block in BLOCKS}
        for name, (parts, probe) in probes.items()
    }


def penalties(seed):
    """Return {L2 penalty: accuracy of the probe on its own pictures and on new ones}.

    There are as many pictures of each class as possible. Penalties are those of `DECAYS`.
    """
    (x, y), (judged, labels) = task()
    network, chosen = load_pretrained("fast").network, few(y, SHOTS[-1], seed)
    seen, unseen, y = features(network, x[chosen]), features(network, judged), y[chosen]
    found = {}
    for decay in DECAYS:
        probe = fit_probe(seen, y, len(CLASSES), decay)
        own, new = (evaluate(probe, *pair)[1] for pair in ((seen, y), (unseen, labels)))
        found[str(decay)] = {"own": round(own, 4), "new": round(new, 4)}
    return found


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


def _random_network(x, seed):
    """Return a network whose weights are random; its batch norms know the first shapes."""
    with seeded(seed):
        network = fast()
    network.whiten_patches(x[:200])
    network.train()
    with torch.no_grad():
        for batch in x[:500].split(50):
            network(batch)
    return network.eval()


def _probed(seen, unseen, labels):
    """Return the test accuracy of a linear probe.

    Args:
        seen, unseen: features of the pictures to learn from, and of those to test with.
        labels: of both.
    """
    probe = fit_probe(seen, labels[0], len(CLASSES))
    return round(evaluate(probe, unseen, labels[1])[1], 4)


def _some_probed(seen, unseen, labels, seed):
    """Return the mean test accuracy of probes that see a few features, drawn at random."""
    rng = np.random.default_rng(seed)
    draws = [rng.permutation(seen.shape[1])[:CHOSEN] for _ in range(CHOICES)]
    return round(float(np.mean([_probed(seen[:, d], unseen[:, d], labels) for d in draws])), 4)


def _tried(way, rate):
    """Return the accuracy of one way at one rate, on the shapes for tuning."""
    return _accuracy(way, FEW, TUNING_SEED, rate)


def _accuracy(way, shots, seed, rate=None):
    """Return the test accuracy of one way to learn from `shots` pictures of each class."""
    (x, y), test = task(tuning=seed == TUNING_SEED)
    chosen = few(y, shots, seed)
    x, y = x[chosen], y[chosen]
    if way == PROBE:
        network = load_pretrained("fast").network
        return _probed(features(network, x), features(network, test[0]), (y, test[1]))
    factors, rate = (WAYS | LAYERWISE | CONTROL)[way], rate or rate_of(way)
    network = fine_tune(
        _start(way, x, seed),
        (x, y),
        {part: factor * rate for part, factor in factors.items()},
        epochs=round(STEPS / -(-len(y) // BATCH)),
        seed=seed,
    )
    return round(evaluate(network, *test)[1], 4)


def _start(way, x=None, seed=0):
    """Return a network with a new head: the pretrained one, or an untrained one."""
    network = load_pretrained("fast").network
    if way == SCRATCH:
        with seeded(seed):
            network = fast()
        network.whiten_patches(x[:200])
    return with_head(network, len(CLASSES)).to(memory_format=torch.channels_last)


_offline = {"needs_cifar10": False}
figures = Experiment(
    "l16_transfer",
    "transfer by pictures per class, learning rates per layer, and what batch norm forgets",
    {
        "tuning": Part(tune, minutes=4, **_offline),
        "curve": Part(curve, minutes=4, seeds=(0, 1, 2), arrange=by_two_names, **_offline),
        "rates": Part(rates, minutes=2, seeds=(0, 1, 2), arrange=by_name, **_offline),
        "statistics": Part(statistics, minutes=2, seeds=(0, 1, 2), arrange=by_name, **_offline),
        "blocks": Part(blocks, minutes=1, seeds=tuple(range(8)), arrange=by_two_names, **_offline),
        "penalties": Part(
            penalties, minutes=1, seeds=(0, 1, 2, 3), arrange=by_two_names, **_offline
        ),
        "norms": Part(norms, minutes=1),
    },
)
