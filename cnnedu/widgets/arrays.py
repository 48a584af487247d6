"""State that is too large for lists: arrays, sent to the page as their bytes."""

import base64

import numpy as np
import traitlets


class Numbers(traitlets.TraitType):
    """A read-only array of one dtype and number of axes.

    Args:
        dtype: "uint8" or "float32"; other real numbers are converted to it.
        ndim: how many axes it has.

    On the page (static/arrays.js) it is {shape, dtype, data}, with the bytes as base64, which
    makes them a third longer.
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

    >>> encode(np.array([[1, 2]], np.uint8))
    {'shape': [1, 2], 'dtype': 'uint8', 'data': 'AQI='}
    """
    little = np.ascontiguousarray(array, array.dtype.newbyteorder("<"))
    data = base64.b64encode(little).decode()
    return {"shape": list(array.shape), "dtype": array.dtype.name, "data": data}


def decode(sent):
    """Return the array that the page sent.

    >>> decode({"shape": [1, 2], "dtype": "uint8", "data": "AQI="})
    array([[1, 2]], dtype=uint8)
    """
    dtype = np.dtype(sent["dtype"]).newbyteorder("<")
    return np.frombuffer(base64.b64decode(sent["data"]), dtype).reshape(sent["shape"])
