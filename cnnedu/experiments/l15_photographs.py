"""Lesson 15: the ImageNet network on photographs that are pushed, turned, noisy, saved or blurred.

Only a few of the course's photographs show one of the thousand classes. So a network's answer is
compared with its own answer to the photograph as it is.
"""

import numpy as np
import torch
from torch.nn.functional import avg_pool2d, interpolate

from cnnedu.data import photo, shrink, square
from cnnedu.data.photos import NAMES
from cnnedu.experiments.l14_photographs import photographs
from cnnedu.experiments.store import Experiment, Part
from cnnedu.explain.attack import fgsm, pgd
from cnnedu.models.pretrained import load_pretrained
from cnnedu.tasks.distortions import FromPixels, distorted

EPSILONS = (0, 0.25, 0.5, 1, 2, 4, 8)  # grey levels
STEPS = 10  # of PGD, a quarter of ε each
CARRIED = 8  # grey levels of the push that is shown to another network
# The sides of a small picture's pixel in the large one: 224 = 7 · 32.
SMALL, BLOCK = 32, 7
CUTS = ((0, 0), (0, 1), (1, 0), (1, 1), (0.5, 0.5))  # where squares of SHARE of the side begin
SHARE = 0.8
AMOUNTS = {
    "rotation": (0, 10, 20, 30, 45, 60, 90),
    "noise": (0, 5, 10, 20, 40, 80),
    "JPEG": (95, 75, 50, 25, 10, 5),
    "blur": (0, 1, 2, 4, 8),
}
PUSHES = "10 steps (PGD)", "one step (FGSM)", "random signs"


def pushed(network, x, y, epsilon, push, seed=0):
    """Push pictures by at most `epsilon` grey levels.

    Args:
        network: a module that takes pictures from 0 to 1, such as `FromPixels`.
        x: pictures (N, 3, H, W), from 0 to 1.
        y: labels (N,).
        epsilon: grey levels.
        push: one of PUSHES.
        seed: for the random signs.
    """
    size = epsilon / 255
    if push == "random signs":
        signs = torch.randint(0, 2, x.shape, generator=torch.Generator().manual_seed(seed))
        return (x + size * (2 * signs - 1)).clamp(0, 1)
    if push == "one step (FGSM)" or not epsilon:
        return fgsm(network, x, y, size)
    return pgd(network, x, y, size, step=size / 4, steps=STEPS)


def attack():
    """Return {push: share of the photographs whose answer stays, for each ε}."""
    network, x, y = _pictures()
    return {
        push: [_same(network, pushed(network, x, y, epsilon, push), y) for epsilon in EPSILONS]
        for push in PUSHES
    }


def carried():
    """Return which answers stay when a push made for one network is shown to the other.

    `fast` sees the photographs at 32 pixels, where each pixel is the mean of 7×7.

    Returns:
        {network that the push is made with: {push: {network that judges: share}}}.
    """
    large, x, y = _pictures()
    small = FromPixels(load_pretrained("fast"))
    with torch.no_grad():
        y_small = small(reduced(x)).argmax(dim=1)
    found = {}
    for push in ("10 steps (PGD)", "random signs"):
        at_large = pushed(large, x, y, CARRIED, push)
        difference = pushed(small, reduced(x), y_small, CARRIED, push) - reduced(x)
        at_small = (x + interpolate(difference, scale_factor=BLOCK)).clamp(0, 1)
        for maker, out in {"imagenet": at_large, "fast": at_small}.items():
            judged = {
                "imagenet": _same(large, out, y),
                "fast": _same(small, reduced(out), y_small),
            }
            found.setdefault(maker, {})[push] = judged
    return found


def distortions():
    """Return how answers and their probabilities change with what is done to five cuts of each.

    Returns:
        {kind: {"same": shares of the cuts whose answer stays, (photographs, amounts),
        "confidence": means over the cuts of the largest probability, likewise}}.
    """
    network = FromPixels(load_pretrained("imagenet"))
    rows = {kind: {"same": [], "confidence": []} for kind in AMOUNTS}
    for name in NAMES:
        x = torch.from_numpy(cuts(name)) / 255
        with torch.no_grad():
            y = network(x).argmax(dim=1)
            for kind, amounts in AMOUNTS.items():
                p = [network(distorted(x, kind, amount)).softmax(dim=1) for amount in amounts]
                same = [(one.argmax(dim=1) == y).float().mean().item() for one in p]
                sure = [one.amax(dim=1).mean().item() for one in p]
                rows[kind]["same"].append([round(share, 4) for share in same])
                rows[kind]["confidence"].append([round(share, 4) for share in sure])
    return rows


def cuts(name, size=224):
    """Return five squares of a photograph, its corners and middle: uint8 (5, 3, size, size)."""
    picture = photo(name)
    side = round(SHARE * min(picture.shape[:2]))
    found = []
    for place in CUTS:
        top, left = (round(p * (n - side)) for p, n in zip(place, picture.shape[:2], strict=True))
        found.append(shrink(square(picture, top, left, side), size).transpose(2, 0, 1))
    return np.stack(found)


def reduced(x):
    """Return pictures of 224 pixels at 32: each pixel is the mean of 7×7."""
    return avg_pool2d(x, BLOCK)


def _pictures():
    """Return the network, the photographs from 0 to 1, and the network's answers to them."""
    trained = load_pretrained("imagenet")
    network = FromPixels(trained)
    x = torch.from_numpy(photographs(trained.size)) / 255
    with torch.no_grad():
        return network, x, network(x).argmax(dim=1)


def _same(network, x, y):
    """Return the share of pictures whose answer is `y`."""
    with torch.no_grad():
        return round((network(x).argmax(dim=1) == y).float().mean().item(), 4)


_settings = {"needs_cifar10": False}
figures = Experiment(
    "l15_photographs",
    "the ImageNet network on photographs that are pushed, turned, noisy, saved or blurred",
    {
        "attack": Part(attack, minutes=3, **_settings),
        "carried": Part(carried, minutes=1, **_settings),
        "distortions": Part(distortions, minutes=2, **_settings),
    },
)
