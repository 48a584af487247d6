"""What transfer is worth on generated shapes, by pictures per class; and what batch norm forgets.

`figures` returns what is stored in `transfer.json`, or, in the full budget, measures it anew.
"""

import copy
import json
import os
from importlib.resources import files

import numpy as np
import torch

from cnnedu.data import cifar10
from cnnedu.data.shapes import CLASSES, make_shapes
from cnnedu.models.pretrained import load_pretrained
from cnnedu.models.whitened import fast
from cnnedu.tasks.transfer import BATCH, features, fine_tune, fit_probe, judged, with_head

STORED = files("cnnedu.experiments") / "figures" / "transfer.json"
SHOTS, SEEDS, STEPS = (5, 20, 100), 3, 200
BLOCKS = "block1", "block2", "block3"
PROBE, LAST, ALL, SCRATCH = "linear probe", "last block", "everything", "from scratch"

# Highest learning rates. They were chosen in a handful of runs on other shapes (`seed=17`).
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


def task(shapes=1_500, tested=500, kind=16):
    """Make shapes for the network of the recipe `fast`: (x, y) to draw from, (x, y) to test.

    Args:
        shapes, tested: how many of each.
        kind: the seed of `cnnedu.data.shapes.make_shapes`.
    """
    made, prepare = make_shapes(shapes + tested, seed=kind), load_pretrained("fast").prepare
    x, y = prepare(made.x), torch.from_numpy(made.y)
    return (x[:shapes], y[:shapes]), (x[shapes:], y[shapes:])


def few(y, shots, seed):
    """Return the places of `shots` pictures of each class, drawn by chance.

    >>> few(torch.tensor([0, 1, 1, 0, 1]), 1, seed=0).shape
    torch.Size([2])
    """
    rng, y = np.random.default_rng([seed, shots]), np.asarray(y)
    drawn = [rng.choice(np.flatnonzero(y == k), shots, replace=False) for k in np.unique(y)]
    return torch.from_numpy(np.concatenate(drawn))


def figures():
    """Return the figures as a dict; measure them with CNNEDU_BUDGET=full and CIFAR-10.

    >>> len(figures()["curve"]["linear probe"]["5"])
    3
    """
    if os.environ.get("CNNEDU_BUDGET") == "full" and cifar10.find():
        return measure({})
    return json.loads(STORED.read_text(encoding="utf-8"))


def measure(found, save=None):
    """Measure what is still missing of these figures.

    Args:
        found: the figures so far, changed in place: {} for none.
        save: called with the figures after each run, or None.

    Returns:
        {"curve": {way: {pictures per class: test accuracies, one per seed}}, "rates": {rates:
        accuracies with 20 pictures per class}, "norms": accuracy of `fast` on the test set of
        CIFAR-10, as it is ("before") and after shapes went through it in training mode, without a
        step ("after")}.
    """
    drawn_from, test = task()
    curve, rates = found.setdefault("curve", {}), found.setdefault("rates", {})
    for seed in range(SEEDS):
        for shots in SHOTS:
            chosen = few(drawn_from[1], shots, seed)
            data = drawn_from[0][chosen], drawn_from[1][chosen]
            for way in (PROBE, *WAYS):
                runs = curve.setdefault(way, {}).setdefault(str(shots), [])
                _fill(runs, seed, _accuracy, way, data, test, seed)
                _call(save, found)
        chosen = few(drawn_from[1], 20, seed)
        data = drawn_from[0][chosen], drawn_from[1][chosen]
        for name, wanted in RATES.items():
            runs = rates.setdefault(name, [])
            if wanted is WAYS[ALL]:
                _fill(runs, seed, lambda known: known, curve[ALL]["20"][seed])
            _fill(runs, seed, _tuned, _start(ALL), wanted, data, test, seed)
            _call(save, found)
    if "norms" not in found:
        found["norms"] = forgotten(drawn_from[0], cifar10.load())
        _call(save, found)
    return found


def forgotten(x, data):
    """Return the accuracy of `fast` on CIFAR-10's test set before and after it saw other pictures.

    All weights stay as they are: the pictures go through in training mode, in ten batches, and
    only the batch norms take note.

    Args:
        x: normalised pictures of another task (N, 3, 32, 32), N at least 320.
        data: as from `cnnedu.data.cifar10.load`.
    """
    known = load_pretrained("fast")
    pictures, labels = known.prepare(data.x_test), torch.from_numpy(data.y_test)
    network = copy.deepcopy(known.network)
    before = judged(network, pictures, labels)[1]
    network.train()
    with torch.no_grad():
        for batch in x[: 10 * BATCH].split(BATCH):
            network(batch)
    return {"before": round(before, 4), "after": round(judged(network, pictures, labels)[1], 4)}


def _start(way, x=None, seed=0):
    """Return a network with a new head: the trained one, or one that has learnt nothing."""
    network = load_pretrained("fast").network
    if way == SCRATCH:
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            network = fast()
        network.whiten_patches(x[:200])
    return with_head(network, len(CLASSES))


def _accuracy(way, data, test, seed):
    """Return the test accuracy of one way to learn these pictures."""
    if way == PROBE:
        network = load_pretrained("fast").network
        probe = fit_probe(features(network, data[0]), data[1], len(CLASSES))
        return judged(probe, features(network, test[0]), test[1])[1]
    return _tuned(_start(way, data[0], seed), WAYS[way], data, test, seed)


def _tuned(network, rates, data, test, seed):
    epochs = round(STEPS / -(-len(data[1]) // BATCH))
    return judged(fine_tune(network, data, rates, epochs=epochs, seed=seed), *test)[1]


def _fill(runs, place, run, *arguments):
    if len(runs) == place:
        runs.append(round(run(*arguments), 4))


def _call(save, found):
    if save:
        save(found)
