"""State that is too large for lists: arrays, sent to the page as their bytes."""

import base64

import numpy as np
import traitlets

# An array of this many float32 numbers, or more, travels as float16 if that changes no more than
# this share of them. The network `fast` is stored in float16, so it does; nothing is lost.
LARGE, EXCEPTIONS = 1000, 0.05


class Numbers(traitlets.TraitType):
    """A read-only array of one dtype and number of axes.

    Args:
        dtype: "uint8" or "float32"; other real numbers are converted to it.
        ndim: how many axes it has.

    On the page (static/arrays.js) it is {shape, dtype, data}, with the bytes as base64, which
    makes them a third longer. See `encode` for large arrays.
    """

    def __init__(self, *, dtype, ndim):
        super().__init__(np.zeros((0,) * ndim, dtype))
        self.dtype, self.ndim = np.dtype(dtype), ndim
        self.tag(
            sync=True,
            to_json=lambda array, _: encode(array),
            from_json=lambda sent, _: decode(sent),
        )

    def validate(self, widget, value):
        """Return `value` as a read-only array, or raise a one-line error."""
        name = f"{type(widget).__name__}: {self.name}"
        array = np.asarray(value)
        if array.dtype.kind not in "biuf":
            raise TypeError(f"{name} must hold real numbers, but has dtype {array.dtype}")
        if array.ndim != self.ndim:
            raise ValueError(f"{name} must have {self.ndim} axes, but has shape {array.shape}")
        if self.dtype == np.uint8 and array.dtype != np.uint8:
            raise TypeError(f"{name} must be uint8, values 0 to 255, but is {array.dtype}")
        array = array.astype(self.dtype)
        array.setflags(write=False)
        return array


def encode(array):
    """Return an array as the page receives it.

    A large float32 array may have, in place of `data`, `halves` with nearly all its numbers as
    float16, and `places` and `values` of the others.

    >>> encode(np.array([[1, 2]], np.uint8))
    {'shape': [1, 2], 'dtype': 'uint8', 'data': 'AQI='}
    """
    shape = {"shape": list(array.shape), "dtype": array.dtype.name}
    if array.dtype == np.float32 and array.size >= LARGE:
        flat = array.ravel()
        with np.errstate(over="ignore"):
            halves = flat.astype("<f2")
        places = np.flatnonzero((halves != flat) | ~np.isfinite(flat)).astype("<u4")
        if len(places) <= EXCEPTIONS * array.size:
            parts = {"halves": halves, "places": places, "values": flat[places].astype("<f4")}
            return shape | {name: _as_text(part) for name, part in parts.items()}
    return shape | {"data": _as_text(array.astype(array.dtype.newbyteorder("<")))}


def decode(sent):
    """Return the array that the page sent.

    >>> decode({"shape": [1, 2], "dtype": "uint8", "data": "AQI="})
    array([[1, 2]], dtype=uint8)
    """
    if "halves" in sent:
        array = _from_text(sent["halves"], "<f2").astype(np.float32)
        array[_from_text(sent["places"], "<u4")] = _from_text(sent["values"], "<f4")
        return array.reshape(sent["shape"])
    dtype = np.dtype(sent["dtype"]).newbyteorder("<")
    return _from_text(sent["data"], dtype).reshape(sent["shape"])


def _as_text(array):
    return base64.b64encode(np.ascontiguousarray(array)).decode()


def _from_text(text, dtype):
    return np.frombuffer(base64.b64decode(text), dtype)
