"""The stored networks of exercise 15. Their file isn't shown in the grader's sandbox."""

from functools import cache
from pathlib import Path

from safetensors.numpy import load

import cnnedu
from cnnedu.checks.suspects import predictor

WEIGHTS = Path(cnnedu.__file__).parent / "models/pretrained/suspects.safetensors"


def suspect(name):
    """Return one of the stored networks, "A" to "H", as a function.

    It takes pictures, an array (N, 3, 16, 16), and returns its answers, whole numbers (N,):
    0 for an upright bar, 1 for a flat one.
    """
    return predictor(numbers_of(name))


def numbers_of(name):
    """Return all weights and biases of a stored network in one row, float array (666,)."""
    return _stored()[name].astype(float)


@cache
def _stored():
    return load(WEIGHTS.read_bytes())
