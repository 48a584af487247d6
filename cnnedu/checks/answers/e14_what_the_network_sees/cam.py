"""Grad-CAM in a network, and well-known mistakes with it."""

from functools import lru_cache

import numpy as np
import torch
from torch.nn import functional as F

from cnnedu.checks.case import Mistake
from cnnedu.checks.torch_cams import small_resnet

LAYERS = ("layer3", "layer4.0", "layer4")


def _evaluating(training):
    return False


def _logit(logits, target):
    return logits[0, target]


def _mean(gradients):
    return gradients.mean(dim=(2, 3), keepdim=True)


def _weighted_sum(maps, alpha):
    return (alpha * maps).sum(dim=1, keepdim=True).relu()


def _stretched(cam, size):
    return F.interpolate(cam, size=size, mode="bilinear")


def _cam(
    mode=_evaluating,
    score=_logit,
    layer="layer4",
    alpha=_mean,
    combined=_weighted_sum,
    stretched=_stretched,
):
    """Make a Grad-CAM; each argument changes one step of it."""

    def cam_as_numbers(x, seed, training, target):
        x = np.ascontiguousarray(x, np.float32)
        logits, outputs = _run(x.tobytes(), x.shape, seed, mode(training))
        maps = outputs[layer]
        (gradients,) = torch.autograd.grad(score(logits, target), maps, retain_graph=True)
        found = stretched(combined(maps.detach(), alpha(gradients)), x.shape[1:])
        return found[0, 0].numpy()

    return cam_as_numbers


@lru_cache(maxsize=64)  # all mistakes but one begin with the same run
def _run(numbers, shape, seed, training):
    """Return the logits (1, K) and what each of `LAYERS` puts out, {name: (1, F, h, w)}."""
    network, outputs = small_resnet(seed, training), {}
    for name in LAYERS:
        part = network.get_submodule(name)
        part.register_forward_hook(
            lambda part, inputs, output, name=name: outputs.update({name: output})
        )
    x = torch.frombuffer(bytearray(numbers), dtype=torch.float32).reshape(shape)
    return network(x[None]), outputs


cam_as_numbers = _cam()


def _then_relu(cam, size):
    return _stretched(cam, size).relu()


def _raw(maps, alpha):
    return (alpha * maps).sum(dim=1, keepdim=True)


MISTAKES = (
    Mistake(
        "The network may be in training mode, where its batch norms use this one picture's mean: "
        "put it into evaluation mode first, and back afterwards.",
        _cam(mode=lambda training: training),
    ),
    Mistake(
        "The score is the class's logit, not its probability.",
        _cam(score=lambda logits, target: logits.softmax(dim=1)[0, target]),
    ),
    Mistake(
        "The score is the class's logit, not the logarithm of its probability.",
        _cam(score=lambda logits, target: logits.log_softmax(dim=1)[0, target]),
    ),
    Mistake(
        "You explain the network's answer, the largest logit; asked is the class `target`.",
        _cam(score=lambda logits, target: logits.max()),
    ),
    Mistake(
        "You explain all logits together; asked is that of the class `target`.",
        _cam(score=lambda logits, target: logits.sum()),
    ),
    Mistake(
        "You always explain class 0; asked is the class `target`.",
        _cam(score=lambda logits, target: logits[0, 0]),
    ),
    Mistake(
        "You always explain the last class; asked is the class `target`.",
        _cam(score=lambda logits, target: logits[0, -1]),
    ),
    Mistake("Those are the maps of `layer3`; take what `layer4` puts out.", _cam(layer="layer3")),
    Mistake(
        "Those are the maps of the first block of `layer4`; take what all of `layer4` puts out.",
        _cam(layer="layer4.0"),
    ),
    Mistake("The ReLU at the end is missing.", _cam(combined=_raw)),
    Mistake(
        "The ReLU comes first, then the stretching.", _cam(combined=_raw, stretched=_then_relu)
    ),
    Mistake(
        "The ReLU sets negative sums to 0; you took their size.",
        _cam(combined=lambda maps, alpha: _raw(maps, alpha).abs()),
    ),
    Mistake(
        "α is the *mean* of the gradient over the map, not its sum.",
        _cam(alpha=lambda gradients: gradients.sum(dim=(2, 3), keepdim=True)),
    ),
    Mistake(
        "Each map has an α of its own; yours is the mean over all maps.",
        _cam(alpha=lambda gradients: gradients.mean()),
    ),
    Mistake(
        "The ReLU belongs to the sum, not to the weights.",
        _cam(alpha=lambda gradients: _mean(gradients).relu()),
    ),
    Mistake(
        "An α may be negative, and takes heat away; keep its sign.",
        _cam(alpha=lambda gradients: _mean(gradients).abs()),
    ),
    Mistake(
        "That is the mean of the weighted maps; add them up.",
        _cam(combined=lambda maps, alpha: (alpha * maps).mean(dim=1, keepdim=True).relu()),
    ),
    Mistake(
        "Don't divide by the largest number: the sum itself is asked for.",
        _cam(combined=lambda maps, alpha: (cam := _weighted_sum(maps, alpha)) / cam.max()),
    ),
    Mistake(
        'Stretch with `mode="bilinear"`; `interpolate` repeats the nearest number otherwise.',
        _cam(stretched=lambda cam, size: F.interpolate(cam, size=size)),
    ),
    Mistake(
        "Stretch with `align_corners=False`, the default.",
        _cam(
            stretched=lambda cam, size: F.interpolate(
                cam, size=size, mode="bilinear", align_corners=True
            )
        ),
    ),
    Mistake(
        "The map is still small: stretch it to the picture's size.",
        _cam(stretched=lambda cam, size: cam),
    ),
)
