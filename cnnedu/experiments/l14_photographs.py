"""Lesson 14: maps of EfficientNet-Lite0, on the ten photographs that come with the course.

For the comparison with random weights, each seed has weights of its own, whose batch norms are
measured on the photographs. For the comparison of two classes, each seed has another picture.
"""

from functools import partial

import numpy as np
import torch
from torch.nn.functional import interpolate

from cnnedu.data.photos import NAMES, middle_squares
from cnnedu.experiments import l14_seeing as seeing
from cnnedu.experiments.store import Experiment, Part, by_two_names
from cnnedu.explain.faithfulness import rank_correlation
from cnnedu.explain.grad_cam import grad_cam
from cnnedu.explain.occlusion import occlusion
from cnnedu.explain.randomisation import randomised
from cnnedu.explain.saliency import integrated_gradients, saliency, smooth_grad
from cnnedu.models.pretrained import load_pretrained

SEEDS = (0, 1, 2, 3)
MAPS = {
    "saliency": saliency,
    "SmoothGrad": partial(smooth_grad, samples=5),
    "integrated gradients": partial(integrated_gradients, steps=8),
    "Grad-CAM, stage9": partial(grad_cam, layer="stage9"),
}

# Each is half of a picture with the next one; the network has a name for each of them.
BESIDE_ANOTHER = ("cat", "coffee", "rocket")
COMPARED = {
    "occlusion": partial(occlusion, size=56, stride=28),
    "saliency": saliency,
    "SmoothGrad": partial(smooth_grad, samples=8),
    "integrated gradients": partial(integrated_gradients, steps=32),
    "Grad-CAM, stage9": partial(grad_cam, layer="stage9"),
}


def photographs(size):
    """Return the squares in the middle of the course's photographs: uint8 (10, 3, size, size)."""
    return middle_squares(size).transpose(0, 3, 1, 2).copy()


def sanity(seed):
    """Compare the trained network's maps with a random network's.

    Returns:
        {kind of map: {"same", "other": Spearman's ρ for each photograph, with the random network's
        map of the same photograph and of the one before}}.
    """
    trained = load_pretrained("imagenet")
    x = trained.prepare(photographs(trained.size))
    with torch.no_grad():
        labels = trained.network(x).argmax(dim=1).tolist()
    networks = (trained.network, randomised(trained.network, seed=seed, pictures=x))
    found = {}
    for kind, explain in MAPS.items():
        maps, others = (
            [seeing.heat(explain, network, *one) for one in zip(x, labels, strict=True)]
            for network in networks
        )
        found[kind] = {
            name: [round(rank_correlation(*pair), 4) for pair in zip(maps, row, strict=True)]
            for name, row in {"same": others, "other": others[-1:] + others[:-1]}.items()
        }
    return found


def sides(seed):
    """Ask for the class of each half of a picture: does the map change sides?

    Returns:
        {kind of map: {"first", "second": what the left and the right half add up to if the class
        of the left or of the right photograph is asked for, as shares of the sum of their sizes}}.
    """
    trained = load_pretrained("imagenet")
    squares = photographs(trained.size)
    pair = [squares[NAMES.index(BESIDE_ANOTHER[n % len(BESIDE_ANOTHER)])] for n in (seed, seed + 1)]
    labels = trained.probabilities(np.stack(pair)).argmax(axis=1).tolist()
    quarter = trained.size // 4
    halves = [picture[:, :, quarter:-quarter] for picture in pair]
    (x,) = trained.prepare(np.concatenate(halves, axis=2)[None])
    return {
        kind: {
            which: halves_of(explain(trained.network, x, label))
            for which, label in zip(("first", "second"), labels, strict=True)
        }
        for kind, explain in COMPARED.items()
    }


def halves_of(found):
    """Return the sums of a map's left and right half, as shares of the sum of their sizes."""
    channels = found if found.ndim == 3 else found[None]
    if channels.shape[2] % 2:  # a column of Grad-CAM's map lies in both halves
        channels = interpolate(channels[None], scale_factor=2, mode="bilinear")[0]
    sums = [half.sum().item() for half in channels.chunk(2, dim=2)]
    return [round(one / (sum(map(abs, sums)) or 1), 4) for one in sums]


figures = Experiment(
    "l14_photographs",
    "maps of the ImageNet network, against random weights and for two classes",
    {
        "sanity": Part(sanity, minutes=2, seeds=SEEDS, arrange=by_two_names, needs_cifar10=False),
        "sides": Part(
            sides,
            minutes=1,
            seeds=tuple(range(len(BESIDE_ANOTHER))),
            arrange=by_two_names,
            needs_cifar10=False,
        ),
    },
)
