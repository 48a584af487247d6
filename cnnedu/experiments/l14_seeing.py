"""Lesson 14: what the network `fast` sees in CIFAR-10's test pictures.

The networks were not trained on these pictures, and nothing was chosen by any of the results. Each
seed has test pictures and random weights of its own.
"""

from functools import partial

import numpy as np
import torch
from torch.nn.functional import interpolate

from cnnedu.experiments.store import Experiment, Part, by_two_names
from cnnedu.explain.faithfulness import deletion_curve, edge_strength, rank_correlation
from cnnedu.explain.grad_cam import grad_cam
from cnnedu.explain.hi_res_cam import hi_res_cam
from cnnedu.explain.layers import outputs_of
from cnnedu.explain.occlusion import occlusion
from cnnedu.explain.randomisation import randomised
from cnnedu.explain.saliency import (
    guided_backpropagation,
    integrated_gradients,
    saliency,
    smooth_grad,
)
from cnnedu.models.pretrained import load_pretrained
from cnnedu.nn import evaluating

LAYERS = ("gelu", "block1.gelu2", "block2.gelu2", "block3.gelu2")
CLASSES = 10
SEEDS = tuple(range(5))
CALIBRATION = 300  # training pictures on which batch norms with random weights are measured
LIKED, AMONG = 10, 1_000  # pictures that excite a unit most, and among how many
PICTURES = 20  # to explain, for each seed
COVERED = 0.2  # share of the pixels
GRADIENT_ALONE = "not times the picture"  # of integrated gradients: a control, not a map to test

MAPS = {
    "fast": {
        "occlusion": partial(occlusion, size=8, stride=4),
        "saliency": saliency,
        "SmoothGrad": partial(smooth_grad, samples=10),
        "integrated gradients": partial(integrated_gradients, steps=16),
        GRADIENT_ALONE: lambda *one: integrated_gradients(*one, steps=16) / one[1],
        "Grad-CAM, block3.conv1": partial(grad_cam, layer="block3.conv1"),
        "Grad-CAM, block3.gelu2": partial(grad_cam, layer="block3.gelu2"),
        "HiResCAM, block3.gelu2": partial(hi_res_cam, layer="block3.gelu2"),
    },
    "classic": {
        "occlusion": partial(occlusion, size=8, stride=4),
        "saliency": saliency,
        "SmoothGrad": partial(smooth_grad, samples=10),
        "guided back-propagation": guided_backpropagation,
    },
}


def heat(explain, network, x, label):
    """Return one map (h, w) of a picture; of three channels, the one furthest from 0 counts."""
    found = explain(network, x, label)
    return found if found.ndim == 2 else found.abs().amax(dim=0)


def units(data, seed):
    """Measure how often the pictures that excite a unit most are of one class.

    Returns:
        {"trained", "random", "chance": {layer: share of a unit's `LIKED` favourites that belong to
        the class most frequent among them, mean of all units}}; for chance, favourites are drawn.
    """
    trained = load_pretrained("fast")
    rng = np.random.default_rng(seed)
    some = rng.choice(len(data.x_test), min(AMONG, len(data.x_test)), replace=False)
    x, y = trained.prepare(data.x_test[some]), data.y_test[some]
    found = {"chance": {}}
    for name, network in _networks(trained, data, seed).items():
        found[name] = {}
        for layer in LAYERS:
            liked = _largest(network, x, layer).topk(LIKED, dim=0).indices.T.numpy()
            found[name][layer] = _purity(y[liked])
            found["chance"][layer] = _purity(rng.choice(y, liked.shape))
    return found


def sanity(data, seed):
    """Compare a trained network's maps with those of a random one, and with mere edges.

    Returns:
        {network: {kind of map: {"random", "edges": [Spearman's ρ for the same picture, for another
        picture]}}}, means over the pictures.
    """
    found = {}
    for recipe, kinds in MAPS.items():
        trained = load_pretrained(recipe)
        networks = _networks(trained, data, seed)
        examples = _examples(trained, data, seed)
        edges = [edge_strength(picture) for _, _, picture in examples]
        found[recipe] = {}
        for kind, explain in kinds.items():
            maps = {
                name: [heat(explain, network, x, label) for x, label, _ in examples]
                for name, network in networks.items()
            }
            large = [_stretched(one, edges[0].shape) for one in maps["trained"]]
            found[recipe][kind] = {
                "random": _alike(maps["trained"], maps["random"]),
                "edges": _alike(large, edges),
            }
    return found


def deletion(data, seed):
    """Cover the hottest fifth of each picture, by its own map and by that of another picture.

    Returns:
        {kind of map: {"own", "other": mean probability of the true class}}; "nothing" has the
        probability with nothing covered.
    """
    trained = load_pretrained("fast")
    examples = _examples(trained, data, seed)
    maps = {
        kind: [heat(explain, trained.network, x, label) for x, label, _ in examples]
        for kind, explain in MAPS["fast"].items()
        if kind != GRADIENT_ALONE
    }
    maps["edge detector"] = [edge_strength(picture) for _, _, picture in examples]
    found = {kind: {"own": [], "other": []} for kind in ["nothing", *maps]}
    for number, (x, label, _) in enumerate(examples):
        for kind, heats in maps.items():
            for whose, one in {"own": heats[number], "other": heats[number - 1]}.items():
                curve = deletion_curve(trained.network, x, label, one, [0, COVERED])
                found[kind][whose].append(curve[1].item())
        for whose in ("own", "other"):
            found["nothing"][whose].append(curve[0].item())
    return {
        kind: {whose: round(float(np.mean(p)), 4) for whose, p in row.items()}
        for kind, row in found.items()
    }


def _networks(trained, data, seed):
    """Return the trained network, and the same with random weights."""
    pictures = trained.prepare(data.x_train[:CALIBRATION])
    return {
        "trained": trained.network,
        "random": randomised(trained.network, seed=seed, pictures=pictures),
    }


def _examples(trained, data, seed):
    """Return (input, label, uint8 picture) of test pictures that the network gets right."""
    part = len(data.x_test) // len(SEEDS)
    numbers = np.arange(part * seed, part * (seed + 1))[: 3 * PICTURES]
    right = trained.probabilities(data.x_test[numbers]).argmax(axis=1) == data.y_test[numbers]
    numbers = numbers[right][:PICTURES]
    inputs = trained.prepare(data.x_test[numbers])
    return [
        (x, int(data.y_test[number]), torch.from_numpy(data.x_test[number]))
        for x, number in zip(inputs, numbers, strict=True)
    ]


def _alike(maps, others):
    """Return the mean ρ of maps and others for the same picture, and for the one before.

    Blank maps, which Grad-CAM gives now and then, have no ranks; their pairs don't count.
    """
    return [
        round(float(np.mean([rank_correlation(*pair) for pair in pairs])), 4)
        for row in (others, others[-1:] + others[:-1])
        if (pairs := [p for p in zip(maps, row, strict=True) if all(m.min() < m.max() for m in p)])
    ]


def _stretched(one, size):
    return interpolate(one[None, None], size=tuple(size), mode="bilinear")[0, 0]


@torch.no_grad()
def _largest(network, x, layer):
    """Return the largest number in each map of a layer (N, units)."""
    with evaluating(network), outputs_of(network, layer, "units") as kept:
        for part in x.split(250):
            network(part)
            kept[-1] = kept[-1].amax(dim=(2, 3))
    return torch.cat(kept)


def _purity(labels):
    """Return the mean share of the most frequent class in the rows of `labels` (units, LIKED)."""
    counts = (labels[:, :, None] == np.arange(CLASSES)).sum(axis=1)
    return round(float(counts.max(axis=1).mean()) / labels.shape[1], 4)


figures = Experiment(
    "l14_seeing",
    "what units of small networks like, and what maps that explain are worth",
    {
        "units": Part(units, minutes=1, seeds=SEEDS, arrange=by_two_names),
        "sanity": Part(sanity, minutes=6, seeds=SEEDS),
        "deletion": Part(deletion, minutes=3, seeds=SEEDS, arrange=by_two_names),
    },
)
