"""`receptive_field`: the reference and the well-known mistakes."""

import numpy as np

from cnnedu.checks.case import Mistake
from cnnedu.models import accounting


def receptive_field(kernel_sizes, strides, dilations):
    """Return how many pixels one output of each layer sees along one axis."""
    layers = zip(kernel_sizes, strides, dilations, strict=True)
    chain = [accounting.Conv(1, k, stride=s, dilation=d) for k, s, d in layers]
    return [field.size[0] for field in accounting.receptive_field(chain, (1, 10**6, 10**6))]


def _followed(kernel_sizes, strides, dilations, grow, leap):
    """Follow a chain of layers with other rules for the size and for the jump."""
    size, jump, sizes = 1, 1, []
    for k, s, d in zip(kernel_sizes, strides, dilations, strict=True):
        size, jump = grow(size, jump, k, s, d), leap(jump, s)
        sizes.append(size)
    return sizes


def _growth(size, jump, k, s, d):
    return size + (k - 1) * d * jump


def _leap(jump, s):
    return jump * s


def _chain(grow=_growth, leap=_leap):
    return lambda *layers: _followed(*layers, grow, leap)


MISTAKES = (
    Mistake(
        "In your count the jump never exceeds 1: multiply it by every layer's stride.",
        _chain(leap=lambda jump, s: 1),
    ),
    Mistake(
        "Your jump is the last layer's stride; it is the product of all strides so far.",
        _chain(leap=lambda jump, s: s),
    ),
    Mistake(
        "Your jump is a sum of strides; it is the product of all strides so far.",
        _chain(leap=lambda jump, s: jump + s),
    ),
    Mistake(
        "A layer's stride counts for the layers *after* it: change size first, then jump.",
        _chain(lambda size, jump, k, s, d: _growth(size, jump * s, k, s, d)),
    ),
    Mistake(
        "The dilation is missing: the outermost pixels of a window are (kernel size − 1) · "
        "dilation steps apart.",
        _chain(lambda size, jump, k, s, d: _growth(size, jump, k, s, 1)),
    ),
    Mistake(
        "Windows overlap: a layer adds (kernel size − 1) steps, not kernel size.",
        _chain(lambda size, jump, k, s, d: _growth(size, jump, k + 1, s, d)),
    ),
    Mistake(
        "Windows overlap: a layer adds (kernel size − 1) · dilation steps; subtract the 1 "
        "before you multiply.",
        _chain(lambda size, jump, k, s, d: size + (k * d - 1) * jump),
    ),
    Mistake(
        "You began with size 0; an output sees one pixel, itself, before the first layer.",
        lambda *layers: [size - 1 for size in receptive_field(*layers)],
    ),
    Mistake(
        "Your list begins with the size before the first layer; it should begin after it.",
        lambda *layers: [1, *receptive_field(*layers)],
    ),
    Mistake(
        "That is what each layer sees of the layer before it; follow the chain down to the "
        "picture.",
        _chain(lambda size, jump, k, s, d: 1 + (k - 1) * d),
    ),
    Mistake(
        "That rule goes from the last layer back to the first; from the first one on, size "
        "grows by (kernel size − 1) · dilation · jump.",
        _chain(lambda size, jump, k, s, d: (size - 1) * s + (k - 1) * d + 1),
    ),
    Mistake(
        "Those are the jumps; return the sizes.",
        lambda kernel_sizes, strides, dilations: np.cumprod(strides),
    ),
    Mistake(
        "That is what each layer adds; return the size after it.",
        lambda *layers: np.diff([1, *receptive_field(*layers)]),
    ),
    Mistake(
        "That is the size after the last layer; return the sizes after all layers, in a list.",
        lambda *layers: receptive_field(*layers)[-1],
    ),
)
