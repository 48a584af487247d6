"""Lesson 16: what a network trained on ImageNet is worth on nearer and farther tasks.

The nearest task is photographs of surfaces (`cnnedu.data.surfaces`, 48×48 pixels), then come eight
classes of CIFAR-10 (32×32) and generated shapes (48×48). The ImageNet network sees all enlarged to
96×96, where it costs a fifth of what it costs at 224. Its first seven stages stay frozen, so their
maps are computed once; no way to learn augments the pictures. Full fine-tuning of this network, or
training it from scratch, takes hours on a processor: from scratch we train a small network.

Each network that is trained stops by one rule: for PATIENCE steps its validation loss has reached
no new low that lies LEAST_GAIN below the last. It goes back to the weights of that last low.
"""

import copy
from functools import cache, partial
from typing import NamedTuple

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from cnnedu.data import cifar10, surfaces
from cnnedu.data.shapes import make_shapes
from cnnedu.experiments.l12_depth import best_rate
from cnnedu.experiments.l16_transfer import few
from cnnedu.experiments.store import Experiment, Part, by_two_names
from cnnedu.models.efficientnet import MEAN, STD, efficientnet_lite0
from cnnedu.models.normalise import normalise
from cnnedu.models.pretrained import load_pretrained
from cnnedu.models.small_network import small_network
from cnnedu.nn import evaluating
from cnnedu.tasks.transfer import fit_probe
from cnnedu.training.evaluate import evaluate
from cnnedu.training.fitting import fit, losses_at_rising_rates, seeded
from cnnedu.training.rate_finder import rising, steepest

CLASSES, SIZE = 8, 96  # SIZE in pixels: what the ImageNet network sees
FROZEN = 7  # stages
SHOTS, FEW = (5, 20, 100), 20  # pictures of each class: to compare ways, and to choose rates
VALIDATION, TEST = 10, 30
PROBE, TUNED, SCRATCH = "linear probe", "fine-tuned: stages 8 and 9", "small network from scratch"
CONTROL = "probe of random weights"
DECAYS = 0.001, 0.01, 0.1  # of the probe's weights; the validation pictures choose
BATCH = 32
FINDER = {"lowest": 1e-5, "highest": 0.3, "steps": 60}
# The first rate of the small network: it begins on a plateau, where the finder finds nothing.
ADAM = 1e-3
# Shares of the first rate to try: from 1 up, or else down, as long as the validation loss falls.
SHARES = 1 / 100, 1 / 30, 1 / 10, 1 / 3, 1, 3, 10
SHOWN = 200  # pictures in an epoch, about: 5 per class are shown five times
PATIENCE, LEAST_GAIN = 300, 0.005  # steps; nats
EPOCHS = 1000  # never reached
TUNING_SEED = 100


class Task(NamedTuple):
    """Pictures, and which of them belong together."""

    x: torch.Tensor  # uint8 (N, 3, H, H)
    y: torch.Tensor  # int64 (N,)
    groups: np.ndarray  # int64 (N,): a group is on one side of a split


@cache
def photographs():
    """Return the nearest task; pictures of one region of a photograph are a group."""
    found = surfaces.load()
    return Task(torch.from_numpy(found.x), torch.from_numpy(found.y), found.regions)


@cache
def objects(count=300):
    """Return `count` training pictures of each of CIFAR-10's first eight classes."""
    data = cifar10.load()
    kept = np.concatenate([np.flatnonzero(data.y_train == k)[:count] for k in range(CLASSES)])
    return Task(torch.from_numpy(data.x_train[kept]), torch.from_numpy(data.y_train[kept]), kept)


@cache
def shapes(count=2_200):
    """Return the farthest task: the first eight classes of generated shapes."""
    made = make_shapes(count, seed=18, size=surfaces.SIZE)
    kept = np.flatnonzero(made.y < CLASSES)
    return Task(torch.from_numpy(made.x[kept]), torch.from_numpy(made.y[kept]), kept)


TASKS = {"photographs": photographs, "cifar10": objects, "shapes": shapes}
WAYS = PROBE, TUNED, CONTROL, SCRATCH


def split(task, seed):
    """Return the numbers of pictures to learn from, to stop by and to judge by.

    Of each class, 55 % of the groups, 15 % and 30 %, in random order.
    """
    rng, parts = np.random.default_rng(seed), ([], [], [])
    for label in task.y.unique():
        groups = rng.permutation(np.unique(task.groups[task.y == label]))
        ends = [round(share * len(groups)) for share in (0.55, 0.7)]
        for part, some in zip(parts, np.split(groups, ends), strict=True):
            part.extend(np.flatnonzero(np.isin(task.groups, some)))
    learn, validation, test = map(torch.tensor, parts)
    return (
        learn,
        *(
            part[few(task.y[part], count, seed)]
            for part, count in ((validation, VALIDATION), (test, TEST))
        ),
    )


def chosen(task, shots, seed):
    """Return the numbers of the pictures of each part, `shots` of each class to learn from."""
    learn, validation, test = split(task, seed)
    return learn[few(task.y[learn], shots, seed)], validation, test


def enlarged(x):
    """Return the ImageNet network's input, (N, 3, 96, 96), from uint8 pictures (N, 3, H, H)."""
    return F.interpolate(normalise(x, MEAN, STD), SIZE, mode="bilinear")


@torch.no_grad()
def in_parts(network, x, feed=None):
    """Return what a network makes of x, computed 100 at a time."""
    with evaluating(network):
        return torch.cat([network(feed(some) if feed else some) for some in x.split(100)])


@cache
def maps(name):
    """Return what the frozen stages make of all pictures of a task, (N, 192, 3, 3)."""
    return in_parts(load_pretrained("imagenet").network[:FROZEN], TASKS[name]().x, enlarged)


def curve(name, seed):
    """Return {"accuracy" and "epochs": {way to learn: {pictures per class: of the test, needed}}}.

    A probe is fitted to its lowest loss, which takes no epochs.
    """
    learn = {PROBE: _probed, TUNED: _trained, CONTROL: _control, SCRATCH: _trained}
    found = {"accuracy": {}, "epochs": {}}
    for way in WAYS:
        runs = {str(shots): learn[way](name, way, shots, seed) for shots in SHOTS}
        found["accuracy"][way] = {shots: round(run[0], 4) for shots, run in runs.items()}
        found["epochs"][way] = {shots: run[1] for shots, run in runs.items()}
    return found


def tune(name):
    """Return {way: {"first": the first rate, "tried": {rate: validation loss}}}.

    With FEW pictures per class, in a split that no comparison uses.
    """
    task, ways = TASKS[name](), {}
    learn = chosen(task, FEW, TUNING_SEED)[0]
    for way in (TUNED, SCRATCH):
        first = ADAM
        if way == TUNED:
            first = find_rate(_start(way, TUNING_SEED), maps(name)[learn], task.y[learn])
        rates = [float(f"{share * first:.2g}") for share in SHARES]
        gains = best_rate(partial(_gain, name, way), rates, SHARES.index(1))
        losses = {str(rate): -gain for rate, gain in gains.items()}
        ways[way] = {"first": float(f"{first:.2g}"), "tried": losses}
    return ways


def rate_of(name, way):
    """Return the rate with the lowest validation loss."""
    tried = figures[f"{name}_rates"][way]["tried"]
    return float(min(tried, key=tried.get))


def find_rate(network, x, y):
    """Return the rate finder's rate for a network, which it changes."""
    network.eval()
    optimiser, rates = torch.optim.Adam(network.parameters()), rising(**FINDER)
    generator = torch.Generator().manual_seed(0)

    def batch_loss():
        some = torch.randperm(len(y), generator=generator)[:BATCH]
        return F.cross_entropy(network(x[some]), y[some])

    return steepest(rates, losses_at_rising_rates(optimiser, batch_loss, rates))


def _inputs(name, way):
    """Return what the part of the network that learns is given, for all pictures."""
    if way == TUNED:
        return maps(name)
    return normalise(TASKS[name]().x, (0.5,) * 3, (0.25,) * 3)


def _start(way, seed):
    """Return the network that learns; the ImageNet network's last layer is all zeros."""
    if way == SCRATCH:
        with seeded(seed):
            return small_network(CLASSES).to(memory_format=torch.channels_last)
    head = copy.deepcopy(load_pretrained("imagenet").network[FROZEN:])
    head[-1] = nn.Linear(head[-1].in_features, CLASSES)
    nn.init.zeros_(head[-1].weight)
    nn.init.zeros_(head[-1].bias)
    return head


def _trained(name, way, shots, seed, rate=None):
    """Return (test accuracy, epoch with the lowest validation loss, that loss).

    In the ImageNet network all batch norms stay in evaluation mode.
    """
    task, network = TASKS[name](), _start(way, seed)
    x, (learn, validation, test) = _inputs(name, way), chosen(task, shots, seed)
    often = learn.repeat(max(1, SHOWN // len(learn)))
    steps = -(-len(often) // BATCH)
    history = fit(
        network,
        (x[often], task.y[often]),
        torch.optim.Adam(network.parameters(), rate or rate_of(name, way)),
        EPOCHS,
        BATCH,
        schedule=None,
        held_out=(x[validation], task.y[validation]),
        patience=-(-PATIENCE // steps),
        least_gain=LEAST_GAIN,
        start_epoch=network.train if way == SCRATCH else network.eval,
        generator=torch.Generator().manual_seed(seed),
    )
    losses = history["held_out_loss"]
    accuracy = evaluate(network, x[test], task.y[test])[1]
    return accuracy, int(np.argmin(losses)) + 1, round(min(losses), 4)


def _gain(name, way, rate):
    """Return minus the validation loss that a rate leads to."""
    return -_trained(name, way, FEW, TUNING_SEED, rate)[2]


def _probed(name, way, shots, seed):
    """Return (test accuracy of the probe of the ImageNet network, 0)."""
    rest = load_pretrained("imagenet").network[FROZEN:-1]
    parts = chosen(TASKS[name](), shots, seed)
    return _probe([in_parts(rest, maps(name)[part]) for part in parts], parts, name), 0


def _control(name, way, shots, seed):
    """Return (test accuracy of the probe of a network with random weights, 0)."""
    parts, found = chosen(TASKS[name](), shots, seed), _random_features(name, seed)
    return _probe([found[part] for part in parts], parts, name), 0


def _probe(features, parts, name):
    y = [TASKS[name]().y[part] for part in parts]
    probes = [fit_probe(features[0], y[0], CLASSES, decay) for decay in DECAYS]
    best = min(probes, key=lambda probe: evaluate(probe, features[1], y[1])[0])
    return evaluate(best, features[2], y[2])[1]


@cache
def _random_features(name, seed):
    """Return what a network with random weights makes of the pictures of a seed, (N, 1280).

    Its batch norms know the statistics of 100 pictures of the task. Rows of others are empty.
    """
    task = TASKS[name]()
    with seeded(seed):
        network = efficientnet_lite0(CLASSES)[:-1]
    for part in network.modules():
        if isinstance(part, nn.BatchNorm2d):
            part.momentum = None  # the mean over all batches
    learn = split(task, seed)[0]
    with torch.no_grad():
        network.train()(enlarged(task.x[learn[:: max(1, len(learn) // 100)]]))
    needed = torch.cat([part for shots in SHOTS for part in chosen(task, shots, seed)]).unique()
    found = torch.empty(len(task.y), 1280)
    found[needed] = in_parts(network, task.x[needed], enlarged)
    return found


def _arranged(results):
    return {name: by_two_names([result[name] for result in results]) for name in results[0]}


def _parts(name):
    """Return the two parts of a task; what needs CIFAR-10 is handed it, and loads it itself."""
    needs = name == "cifar10"

    def rates(*_):
        return tune(name)

    def accuracies(*given):
        return curve(name, given[-1])

    return {
        f"{name}_rates": Part(rates, minutes=5, needs_cifar10=needs),
        name: Part(accuracies, 15, seeds=(0, 1, 2), arrange=_arranged, needs_cifar10=needs),
    }


figures = Experiment(
    "l16_near",
    "transfer from ImageNet to photographs, to CIFAR-10 and to generated shapes",
    _parts("photographs") | _parts("cifar10") | _parts("shapes"),
)
