"""Arrays in the page are those in Python, number by number."""

import numpy as np
from browser.pages import javascript
from widgets.test_arrays import awkward

from cnnedu.widgets.arrays import encode
from cnnedu.widgets.assets import module

DECODE = """({ decodeArray }, sent) => {
  const { shape, data } = decodeArray(sent);
  return [shape, [...new Uint8Array(data.buffer)]];
}"""


def test_arrays_arrive_bit_by_bit(browser):
    plain = np.random.default_rng(0).normal(size=(3, 4)).astype(np.float32)
    with javascript(browser, module("arrays")) as call:
        for array in (awkward(), plain, np.arange(6, dtype=np.uint8).reshape(2, 3)):
            shape, found = call(DECODE, encode(array))
            assert tuple(shape) == array.shape
            assert bytes(found) == array.tobytes()
