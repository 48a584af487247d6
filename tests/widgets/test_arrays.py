"""Arrays on their way to the page and back: no number changes, and a stored network is short."""

import json

import numpy as np
import pytest

from cnnedu.models.pretrained import load_pretrained
from cnnedu.widgets.arrays import LARGE, decode, encode
from cnnedu.widgets.page_layers import page_layers


def awkward():
    """Return float32 numbers that float16 has, among them a few that it hasn't."""
    halves = np.arange(2**16, dtype=np.uint16).view(np.float16).astype(np.float32)
    numbers = np.where(np.isfinite(halves), halves, 0)
    numbers[::97] += np.float32(1 / 3)
    numbers[[5, 6, 7, 8]] = 1e30, -1e30, np.inf, 1e-30
    return numbers.reshape(2, -1)


RANDOM = np.random.default_rng(0).normal(size=(40, 50)).astype(np.float32)
ARRAYS = {
    "awkward": awkward(),
    "random": RANDOM,
    "small": RANDOM[:2].astype(np.float16).astype(np.float32),
    "bytes": np.arange(2000).astype(np.uint8),
}


@pytest.mark.parametrize("array", ARRAYS.values(), ids=ARRAYS)
def test_no_number_changes(array):
    back = decode(json.loads(json.dumps(encode(array))))
    assert back.dtype == array.dtype and back.shape == array.shape
    assert back.tobytes() == array.tobytes()


def test_only_large_arrays_that_float16_can_hold_travel_so():
    assert {name for name, array in ARRAYS.items() if "halves" in encode(array)} == {"awkward"}
    assert "halves" in encode(np.zeros(LARGE, np.float32))
    assert "data" in encode(np.zeros(LARGE - 1, np.float32))


def test_a_network_stored_in_float16_takes_half_the_space():
    _, weights = page_layers("test", load_pretrained("fast").network)
    assert len(json.dumps(encode(weights))) < 0.51 * 4 / 3 * weights.nbytes
