"""Lesson 11: what the remedies against over-fitting are worth on photographs and on CIFAR-10.

All pictures are reduced to 16×16 pixels. Each remedy has one strength, a usual one.
"""

import numpy as np
import torch
from torch.nn.functional import avg_pool2d

from cnnedu.data import cifar10, ten_photos
from cnnedu.experiments.l11_regularisation import Task, two_parts
from cnnedu.experiments.store import Experiment
from cnnedu.models.normalise import normalise


def drawn_photos(seed):
    """Return 300 photographs to learn from, others to stop by and others to judge by, drawn anew.

    All are reduced to 16×16 pixels. The training and validation pictures of Ten Photos are drawn
    by region: 4 regions of each photograph to learn from, 30 pictures from them; 2 to stop by; all
    others to judge by.
    """
    known = ten_photos.load()[:2]
    x, y, regions = (
        torch.from_numpy(np.concatenate([getattr(part, name) for part in known]))
        for name in ("x", "y", "regions")
    )
    x = avg_pool2d(normalise(x, ten_photos.MEAN, ten_photos.STD), 2)
    rng, chosen = np.random.default_rng(seed), ([], [], [])
    for label in range(10):
        mine = rng.permutation(regions[y == label].unique().numpy())
        some = [rng.permutation(np.flatnonzero(np.isin(regions, part))) for part in _divided(mine)]
        for part, numbers in zip(chosen, (some[0][:30], *some[1:]), strict=True):
            part.extend(numbers)
    return [(x[part], y[part]) for part in chosen]


def _divided(regions):
    return regions[:4], regions[4:6], regions[6:]


def drawn_cifar10(data, seed):
    """Return pictures of CIFAR-10: 300 to learn from, 500 to stop by and 2,000 to judge by.

    All are training pictures, drawn anew and reduced to 16×16 pixels.
    """
    chosen = torch.from_numpy(np.random.default_rng(seed).permutation(len(data.y_train))[:2800])
    x = normalise(torch.from_numpy(data.x_train)[chosen], cifar10.MEAN, cifar10.STD)
    x = avg_pool2d(x, 2)
    y = torch.from_numpy(data.y_train)[chosen]
    return [(x[part], y[part]) for part in (slice(300), slice(300, 800), slice(800, None))]


BOTH = {
    "epochs": 20,
    "remedies": (
        *("nothing", "weight decay", "dropout", "batch norm"),
        *("label smoothing", "shift", "mirror"),
    ),
    "together": ("dropout", "batch norm", "label smoothing", "shift", "mirror"),
    "strengths": {
        "weight decay": (0.1,),
        "dropout": (0.5,),
        "label smoothing": (0.1,),
        "shift": (1 / 8,),
    },
}
PHOTOS = Task(drawn_photos, **BOTH)
CIFAR10 = Task(drawn_cifar10, **BOTH)  # measured by the lesson, in the full budget

figures = Experiment(
    "l11_photographs",
    "remedies against over-fitting alone, and several together, on photographs",
    two_parts("photos", PHOTOS, (1, 1), 6, lambda: figures["photos_settings"]),
)
