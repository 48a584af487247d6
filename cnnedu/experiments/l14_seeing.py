"""Lesson 14: what the network `fast` sees in CIFAR-10's test pictures.

The network was not trained on these pictures, and nothing was chosen by any of the results.
"""

import numpy as np
import torch
from torch.nn.functional import interpolate

from cnnedu.experiments.store import Experiment, Part
from cnnedu.explain.faithfulness import deletion_curve, edge_strength, rank_correlation
from cnnedu.explain.grad_cam import grad_cam
from cnnedu.explain.hi_res_cam import hi_res_cam
from cnnedu.explain.occlusion import occlusion
from cnnedu.explain.probing import layer_features, linear_probe
from cnnedu.explain.randomisation import randomised
from cnnedu.explain.saliency import guided_backpropagation, saliency, smooth_grad
from cnnedu.models.pretrained import load_pretrained

LAYERS = ("gelu", "block1.gelu2", "block2.gelu2", "block3.gelu2")
KNOWN, VALIDATION = 3_000, 1_000  # test pictures to train a probe on, and to tune it on
SHARES = (0.0, 0.05, 0.1, 0.2, 0.3, 0.5)  # of the pixels, to cover
BLOBS = (4, 4)  # size of a random map as coarse as those of the last layers
PICTURES = 200  # to explain: the first ones that the network gets right

MAPS = {
    "occlusion": lambda network, x, k: occlusion(network, x, k, size=8, stride=4),
    "saliency": lambda network, x, k: saliency(network, x, k).amax(dim=0),
    "SmoothGrad": lambda network, x, k: smooth_grad(network, x, k, samples=10).amax(dim=0),
    "Grad-CAM, block3.conv1": lambda network, x, k: grad_cam(network, x, k, "block3.conv1"),
    "Grad-CAM, block3.conv2": lambda network, x, k: grad_cam(network, x, k, "block3.conv2"),
    "Grad-CAM, block3.gelu2": lambda network, x, k: grad_cam(network, x, k, "block3.gelu2"),
    "HiResCAM, block3.gelu2": lambda network, x, k: hi_res_cam(network, x, k, "block3.gelu2"),
}


def probes(data):
    """Measure how well a linear probe reads CIFAR-10's classes from each layer.

    Returns:
        {"pixels", "trained", "random": {layer: accuracy on the remaining test pictures}}.
    """
    trained = load_pretrained("fast")
    x = trained.prepare(data.x_test)
    networks = {"trained": trained.network, "random": randomised(trained.network)}
    found = {"pixels": {"pixels": _readable(x.flatten(1), data.y_test)}}
    for name, network in networks.items():
        features = layer_features(network, x, LAYERS)
        found[name] = {layer: _readable(rows, data.y_test) for layer, rows in features.items()}
    return found


def deletion(data):
    """Cover the hottest pixels of each kind of map and measure the true class's probability.

    Returns:
        {kind of map: mean probability at each share of `SHARES`}.
    """
    trained = load_pretrained("fast")
    curves = {}
    for number, (x, label, picture) in enumerate(_right_ones(trained, data)):
        heats = {name: explain(trained.network, x, label) for name, explain in MAPS.items()}
        heats["edge detector"] = edge_strength(picture)
        generator = torch.Generator().manual_seed(number)
        heats["random pixels"] = torch.rand(x.shape[1:], generator=generator)
        heats["random blobs"] = torch.rand(BLOBS, generator=generator)
        for name, heat in heats.items():
            curve = deletion_curve(trained.network, x, label, heat, SHARES)
            curves.setdefault(name, []).append(curve)
    return {
        name: [round(p, 4) for p in torch.stack(rows).mean(dim=0).tolist()]
        for name, rows in curves.items()
    }


def sanity(data):
    """Compare maps of the trained network with those of a random one and with mere edges.

    Returns:
        {kind of map: {"random", "edges": Spearman's ρ, averaged}}. Guided backpropagation needs
        ReLU, so its row is about the network `classic`.
    """
    found = {}
    for recipe, maps in {"fast": MAPS, "classic": {"guided back-propagation": _guided}}.items():
        trained = load_pretrained(recipe)
        forgetful = randomised(trained.network)
        for x, label, picture in _right_ones(trained, data):
            edges = edge_strength(picture)
            for name, explain in maps.items():
                heat = explain(trained.network, x, label)
                row = found.setdefault(name, {"random": [], "edges": []})
                row["random"].append(rank_correlation(heat, explain(forgetful, x, label)))
                size = tuple(edges.shape)
                large = interpolate(heat[None, None], size=size, mode="bilinear")[0, 0]
                row["edges"].append(rank_correlation(large, edges))
    return {
        name: {to: round(float(np.mean(values)), 3) for to, values in row.items()}
        for name, row in found.items()
    }


def _guided(network, x, label):
    return guided_backpropagation(network, x, label).abs().amax(dim=0)


def _readable(rows, labels):
    """Return the accuracy of a linear probe, rounded to 4 digits."""
    classes = torch.eye(10)[torch.from_numpy(labels)]
    said = linear_probe(rows, classes, KNOWN, VALIDATION).argmax(dim=1).numpy()
    return round(float((said == labels[KNOWN + VALIDATION :]).mean()), 4)


def _right_ones(trained, data):
    """Yield (input, label, uint8 picture) of the first test pictures the network gets right."""
    some = data.x_test[: 3 * PICTURES]
    right = trained.probabilities(some).argmax(axis=1) == data.y_test[: len(some)]
    for number in np.flatnonzero(right)[:PICTURES]:
        x = trained.prepare(some[number : number + 1])[0]
        yield x, int(data.y_test[number]), torch.from_numpy(some[number])


figures = Experiment(
    "l14_seeing",
    "what a probe reads from each layer, and what maps that explain are worth",
    {
        "probes": Part(probes, minutes=1),
        "deletion": Part(deletion, minutes=3),
        "sanity": Part(sanity, minutes=2),
    },
)
