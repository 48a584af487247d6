"""How networks fail, measured: attacks, distortions, and how far their confidence can be trusted.

`figures` and `answers` return what is stored in `failures.json` and `failures.npz`, or, in the full
budget, measure it anew. Nothing was chosen by any of it.
"""

import json
import math
import os
from importlib.resources import files

import numpy as np
import torch
from torch import nn
from torch.nn.functional import affine_grid, grid_sample

from cnnedu.data import cifar10
from cnnedu.data.shapes import CLASSES
from cnnedu.data.textured_shapes import make_upright
from cnnedu.experiments.l11_regularisation import teach
from cnnedu.explain.attack import fgsm, pgd
from cnnedu.models.pretrained import load_pretrained
from cnnedu.models.small import small_network
from cnnedu.training.augmentation import random_rotation, random_shift

STORED = files("cnnedu.experiments") / "figures" / "failures.json"
ANSWERS = files("cnnedu.experiments") / "figures" / "failures.npz"
JUDGED = 1_000  # test pictures behind each point of a curve
KEPT, TESTED = 1_000, 3_000  # pictures for the temperature, and to judge it by
AT_ONCE = 250
EPSILONS = 0.0, 0.5, 1.0, 2.0, 4.0, 8.0  # grey levels
PUSHES = "random signs", "one step (FGSM)", "ten steps (PGD)"
AMOUNTS = {
    "rotation": (-180, -135, -90, -60, -45, -30, -15, 0, 15, 30, 45, 60, 90, 135, 180),
    "scale": (0.4, 0.5, 0.6, 0.7, 0.85, 1.0, 1.2, 1.5, 1.8, 2.2),
    "shift": (-12, -9, -6, -4, -2, 0, 2, 4, 6, 9, 12),
    "noise": (0, 5, 10, 15, 20, 30, 40),
}
TURNED, MOVED = 30, 4  # degrees and pixels, each way: what the augmented networks have seen
LEARNT, SEEDS = 1_000, 3


class FromPixels(nn.Module):
    """A network of pictures from 0 to 1: the normalisation stands in front.

    Args:
        trained: what `load_pretrained` returns.
    """

    def __init__(self, trained):
        super().__init__()
        self.network = trained.network.requires_grad_(False)
        self.mean, self.std = (
            torch.tensor(v).view(1, 3, 1, 1) for v in (trained.mean, trained.std)
        )

    def forward(self, x):
        """Return logits (N, K) of pictures (N, 3, H, W)."""
        return self.network((x - self.mean) / self.std)


def moved(x, degrees=0.0, scale=1.0, pixels=0.0):
    """Turn, enlarge and shift pictures about their middle; beyond the border its pixels repeat.

    Args:
        x: float tensor (N, C, H, W).
        degrees: counter-clockwise.
        scale: above 1 enlarges.
        pixels: to the right.

    >>> moved(torch.tensor([[[[1.0, 2.0, 3.0]]]]), pixels=1)
    tensor([[[[1., 1., 2.]]]])
    """
    turn = math.radians(degrees)
    cos, sin = math.cos(turn) / scale, math.sin(turn) / scale
    place = torch.tensor([[cos, -sin, -2 * pixels / x.shape[3]], [sin, cos, 0.0]])
    grid = affine_grid(place.expand(len(x), 2, 3), x.shape, align_corners=False)
    return grid_sample(x, grid, padding_mode="border", align_corners=False)


def distorted(x, kind, amount, seed=0):
    """Change pictures by one amount of one kind.

    Args:
        x: float tensor (N, C, H, W), from 0 to 1.
        kind: "rotation" in degrees, "scale" as a factor, "shift" in pixels to the right, "noise"
            as standard deviation in grey levels.
        amount: how much; nothing is done, not even interpolation, where it changes nothing.
        seed: of the noise.
    """
    if amount == (kind == "scale"):
        return x
    if kind == "noise":
        generator = torch.Generator().manual_seed(seed)
        return (x + amount / 255 * torch.randn(x.shape, generator=generator)).clamp(0, 1)
    name = {"rotation": "degrees", "scale": "scale", "shift": "pixels"}[kind]
    return moved(x, **{name: amount})


@torch.no_grad()
def logits_of(network, x):
    """Return logits (N, K) of pictures, a few at a time."""
    return torch.cat([network(some) for some in x.split(AT_ONCE)])


def accuracy(network, x, y):
    """Return the share of right answers, rounded to 4 digits."""
    return round((logits_of(network, x).argmax(dim=1) == y).float().mean().item(), 4)


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
            parts = zip(x.split(AT_ONCE), y.split(AT_ONCE), strict=True)
            worse = torch.cat([pushed(network, *some, epsilon, push) for some in parts])
            curve.append(accuracy(network, worse, y))
    return curves


def distortion_curves(network, x, y):
    """Return {kind: accuracy at each of its AMOUNTS}."""
    return {
        kind: [accuracy(network, distorted(x, kind, amount), y) for amount in amounts]
        for kind, amounts in AMOUNTS.items()
    }


def shape_pictures(count, seed):
    """Return upright shapes of all ten classes as (x, y): from 0 to 1, (N, 3, 32, 32); labels."""
    labels = np.random.default_rng([seed, 1]).integers(len(CLASSES), size=count)
    return torch.from_numpy(make_upright(labels, seed=seed)).float() / 255, torch.from_numpy(labels)


def turned_and_moved(x):
    """Augment a batch: by up to TURNED degrees and MOVED pixels, each way."""
    return random_shift(random_rotation(x, TURNED), MOVED)


def _taught(augment, seed):
    """Return a small network that has learnt upright shapes."""
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


def _attack(data):
    return attack_curves(FromPixels(load_pretrained("fast")), *_test_pictures(data))


def _distortions(data):
    return {
        name: distortion_curves(FromPixels(load_pretrained(name)), *_test_pictures(data))
        for name in ("fast", "classic")
    }


def _shapes(data):
    judged = shape_pictures(JUDGED, seed=0)
    ways = {"as they are": None, "turned and moved": turned_and_moved}
    return {
        name: [distortion_curves(_taught(way, seed), *judged) for seed in range(SEEDS)]
        for name, way in ways.items()
    }


def _test_pictures(data):
    return torch.from_numpy(data.x_test[:JUDGED]) / 255, torch.from_numpy(data.y_test[:JUDGED])


PARTS = {"attack": _attack, "distortions": _distortions, "shapes": _shapes}


def measure_answers(data):
    """Return logits of both networks on held-out and on test pictures, with the labels.

    Args:
        data: as from `cnnedu.data.cifar10.load`. The last KEPT training pictures were learnt from
            by neither network.

    Returns:
        {"fast kept", "fast test", "classic kept", "classic test": float16 (N, 10); "y kept",
        "y test": (N,)}.
    """
    x = {"kept": data.x_train[-KEPT:], "test": data.x_test[-TESTED:]}
    found = {"y kept": data.y_train[-KEPT:], "y test": data.y_test[-TESTED:]}
    for name in ("fast", "classic"):
        network = FromPixels(load_pretrained(name))
        for part, pictures in x.items():
            logits = logits_of(network, torch.from_numpy(pictures) / 255)
            found[f"{name} {part}"] = logits.numpy().astype(np.float16)
    return found


def figures():
    """Return what `benchmarks/failures.py` measured, or measure it anew in the full budget."""
    if _anew():
        data = cifar10.load()
        return {name: part(data) for name, part in PARTS.items()}
    return json.loads(STORED.read_text(encoding="utf-8"))


def answers():
    """Return what `measure_answers` does, stored or anew, logits as float64."""
    if _anew():
        found = measure_answers(cifar10.load())
    else:
        with ANSWERS.open("rb") as file, np.load(file) as stored:
            found = {name: stored[name] for name in stored}
    return {name: a.astype(int if name[0] == "y" else float) for name, a in found.items()}


def _anew():
    return os.environ.get("CNNEDU_BUDGET") == "full" and cifar10.find() is not None
