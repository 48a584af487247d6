"""Lesson 15: how networks fail: attacks, distortions, misplaced confidence.

Nothing was chosen by any of the results.
"""

import numpy as np
import torch
from torch.nn.functional import interpolate, pad

from cnnedu.data.shapes import CLASSES
from cnnedu.data.textured_shapes import make_upright
from cnnedu.experiments.amounts import AMOUNTS, EPSILONS, JUDGED
from cnnedu.experiments.store import Experiment, Part, by_name
from cnnedu.explain.attack import fgsm, pgd
from cnnedu.models.pretrained import load_pretrained
from cnnedu.models.small_network import small_network
from cnnedu.tasks.distortions import FromPixels, distorted, moved
from cnnedu.training.augmentation import random_rotation, random_shift
from cnnedu.training.evaluate import AT_ONCE, evaluate
from cnnedu.training.fitting import teach

PUSHED = 250  # pictures at a time; each such part gets the same random signs
KEPT, TESTED = 1_000, 3_000  # pictures to fit the temperature on, and to judge it by
CROSSED = 8.0  # grey levels, for attacks that are handed to the other network
PUSHES = "random signs", "one step (FGSM)", "ten steps (PGD)"
ANOTHERS = "ten steps, for another picture"
TURNED, MOVED = 30, 4  # degrees and pixels, each way, in the augmented networks' training
LEARNT = 1_000  # shapes to train on


def accuracy(network, x, y):
    """Return the share of right answers, rounded to 4 digits."""
    return round(evaluate(network, x, y)[1], 4)


def pushed(network, x, y, epsilon, push):
    """Push pictures by up to `epsilon` grey levels, in one of the ways in `PUSHES`."""
    epsilon = epsilon / 255
    if epsilon == 0:
        return x
    if push == PUSHES[0]:
        generator = torch.Generator().manual_seed(0)
        signs = 2.0 * torch.randint(0, 2, x.shape, generator=generator) - 1
        return (x + epsilon * signs).clamp(0, 1)
    if push == PUSHES[1]:
        return fgsm(network, x, y, epsilon)
    return pgd(network, x, y, epsilon, step=epsilon / 4, steps=10)


def attack_curves(network, x, y):
    """Return {push: accuracy at each of EPSILONS}."""
    curves = {push: [] for push in PUSHES}
    for push, curve in curves.items():
        for epsilon in EPSILONS:
            parts = zip(x.split(PUSHED), y.split(PUSHED), strict=True)
            worse = torch.cat([pushed(network, *some, epsilon, push) for some in parts])
            curve.append(accuracy(network, worse, y))
    return curves


def crossed(data):
    """Return {network attacked: {push: {network that is shown the result: accuracy}}}."""
    x, y = _test_pictures(data)
    networks = {name: FromPixels(load_pretrained(name)) for name in ("fast", "classic")}
    found = {}
    for maker, network in networks.items():
        found[maker] = {}
        worse = {}
        for push in PUSHES:
            parts = zip(x.split(PUSHED), y.split(PUSHED), strict=True)
            worse[push] = torch.cat([pushed(network, *some, CROSSED, push) for some in parts])
        push_before = (worse[PUSHES[2]] - x).roll(1, 0)  # made for the picture before this one
        worse[ANOTHERS] = (x + push_before).clamp(0, 1)
        for push, pictures in worse.items():
            found[maker][push] = {n: accuracy(judge, pictures, y) for n, judge in networks.items()}
    return found


def distortion_curves(network, x, y):
    """Return {kind: accuracy at each of its AMOUNTS}."""
    return {
        kind: [accuracy(network, distorted(x, kind, amount), y) for amount in amounts]
        for kind, amounts in AMOUNTS.items()
    }


def controls(data):
    """Return {network: {what was done: accuracy}}: what does the measuring itself cost?

    Turned or scaled *and back*, the thing has its old size and place again, and only what
    interpolation and the border have lost is missing. Reduced pictures are also smoothed first,
    as is usual. At scale 1.5 about 5 pixels along each side leave the picture.
    """
    x, y = _test_pictures(data)
    done = {
        "as they are": x,
        "moved by half a pixel": moved(x, pixels=0.5),
        "turned by 30°": moved(x, degrees=30),
        "turned by 30° and back": moved(moved(x, degrees=30), degrees=-30),
        "turned by 90°, exactly": torch.rot90(x, 1, (2, 3)),
        "scale 0.6": moved(x, scale=0.6),
        "scale 0.6 and back": moved(moved(x, scale=0.6), scale=1 / 0.6),
        "the same, smoothed first": _resized(_resized(x, 19), 32),
        "scale 1.5": moved(x, scale=1.5),
        "scale 1.5 and back": moved(moved(x, scale=1.5), scale=1 / 1.5),
        "only the border covered": pad(x[:, :, 5:27, 5:27], (5, 5, 5, 5), "replicate"),
    }
    networks = {name: FromPixels(load_pretrained(name)) for name in ("fast", "classic")}
    return {
        name: {what: accuracy(network, pictures, y) for what, pictures in done.items()}
        for name, network in networks.items()
    }


def _resized(x, size):
    return interpolate(x, size=(size, size), mode="bilinear", antialias=True)


def shape_pictures(count, seed):
    """Return upright shapes of all ten classes: x (N, 3, 32, 32) from 0 to 1, and labels (N,)."""
    labels = np.random.default_rng([seed, 1]).integers(len(CLASSES), size=count)
    return torch.from_numpy(make_upright(labels, seed=seed)).float() / 255, torch.from_numpy(labels)


def turned_and_moved(x):
    """Augment a batch: turn and move it by up to TURNED degrees and MOVED pixels, each way."""
    return random_shift(random_rotation(x, TURNED), MOVED)


def _taught(augment, seed):
    """Train a small network on upright shapes."""
    learnt = shape_pictures(LEARNT, seed=seed + 1)
    return teach(
        lambda: small_network(len(CLASSES)),
        learnt,
        epochs=40,
        learning_rate=1e-2,
        batch_size=50,
        augment=augment,
        seed=seed,
    )[0]


def attack(data):
    """Return the curves of the network `fast` under attack."""
    return attack_curves(FromPixels(load_pretrained("fast")), *_test_pictures(data))


def distortions(data):
    """Return the curves of both pretrained networks on distorted pictures."""
    return {
        name: distortion_curves(FromPixels(load_pretrained(name)), *_test_pictures(data))
        for name in ("fast", "classic")
    }


def shapes(seed):
    """Return the curves of two small networks: one trained on augmented shapes, one without."""
    judged = shape_pictures(JUDGED, seed=0)
    ways = {"as they are": None, "turned and moved": turned_and_moved}
    return {name: distortion_curves(_taught(way, seed), *judged) for name, way in ways.items()}


def _test_pictures(data):
    return torch.from_numpy(data.x_test[:JUDGED]) / 255, torch.from_numpy(data.y_test[:JUDGED])


def answers(data):
    """Return the logits of both networks on held-out and test pictures, and the labels.

    Args:
        data: from `cnnedu.data.cifar10.load`. Neither network was trained on the last KEPT
            training pictures.

    Returns:
        {"fast kept", "fast test", "classic kept", "classic test": float16 (N, 10); "y kept",
        "y test": (N,)}.
    """
    x = {"kept": data.x_train[-KEPT:], "test": data.x_test[-TESTED:]}
    found = {"y kept": data.y_train[-KEPT:], "y test": data.y_test[-TESTED:]}
    for name in ("fast", "classic"):
        network = FromPixels(load_pretrained(name))
        for part, pictures in x.items():
            parts = (torch.from_numpy(pictures) / 255).split(AT_ONCE)
            with torch.no_grad():
                logits = torch.cat([network(some) for some in parts])
            found[f"{name} {part}"] = logits.numpy().astype(np.float16)
    return found


def _in_double_precision(answers):
    """Return the logits as float64 and the labels as whole numbers."""
    return {name: a.astype(int if name[0] == "y" else float) for name, a in answers.items()}


figures = Experiment(
    "l15_failures",
    "attacks, distortions, and how far the networks' confidence can be trusted",
    {
        "attack": Part(attack, minutes=2),
        "crossed": Part(crossed, minutes=2),
        "distortions": Part(distortions, minutes=1),
        "controls": Part(controls, minutes=1),
        "shapes": Part(shapes, minutes=2, seeds=(0, 1, 2), arrange=by_name, needs_cifar10=False),
        "answers": Part(answers, minutes=1, arrange=_in_double_precision),
    },
)
