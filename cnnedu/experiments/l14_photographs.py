"""Lesson 14: maps of EfficientNet-Lite0, on the ten photographs that come with the course.

Each seed has random weights of its own, whose batch norms are measured on the photographs.
"""

from functools import partial

import numpy as np
import torch

from cnnedu.data import photo, shrink, square
from cnnedu.data.photos import NAMES
from cnnedu.experiments import l14_seeing as seeing
from cnnedu.experiments.store import Experiment, Part, by_two_names
from cnnedu.explain.faithfulness import rank_correlation
from cnnedu.explain.grad_cam import grad_cam
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


def photographs(size):
    """Return the squares in the middle of the course's photographs: uint8 (10, 3, size, size)."""
    pictures = []
    for picture in map(photo, NAMES):
        side = min(picture.shape[:2])
        top, left = ((n - side) // 2 for n in picture.shape[:2])
        pictures.append(shrink(square(picture, top, left, side), size).transpose(2, 0, 1))
    return np.stack(pictures)


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


figures = Experiment(
    "l14_photographs",
    "maps of the ImageNet network, against random weights",
    {"sanity": Part(sanity, minutes=2, seeds=SEEDS, arrange=by_two_names, needs_cifar10=False)},
)
