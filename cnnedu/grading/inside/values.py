"""Values as bytes: numbers, texts, lists, tuples, dictionaries and arrays; nothing else travels.

Whatever else a student's code returns travels as the text that shows it. Reading runs no code, and
the memory it takes is bounded by the bytes that came.
"""

import json
import math
import re
import struct

import numpy as np

SIZE = struct.Struct(">I")  # bytes of JSON; the bytes of arrays follow
NUMBERS = "biufc"
KIND = re.compile(f"[<>|=]?[{NUMBERS}][0-9]{{1,2}}")
MOST_ITEMS = 500_000  # of all lists and dictionaries together
MOST_TEXT = 8 * 2**20
MOST_SHOWN = 200


class ValueLost(Exception):
    """A value that can't travel, or bytes that hold none; says why."""


class Opaque:
    """A value that is no number, text, list or array: only what it looks like has travelled."""

    def __init__(self, shown):
        self.shown = shown

    def __repr__(self):
        return self.shown


class _Arrays:
    """The bytes of all arrays, to be taken once and in order: nobody is given them many times."""

    def __init__(self, data):
        self._left = data
        self._taken = 0

    def take(self, start, size):
        if type(start) is not int or type(size) is not int or start != self._taken:
            raise ValueError(start)
        if not 0 <= size <= len(self._left):
            raise ValueError(size)
        data, self._left = self._left[:size], self._left[size:]
        self._taken += size
        return data


def encode(value):
    """Return the value as bytes."""
    arrays = bytearray()
    text = json.dumps(_plain(value, arrays)).encode()
    return SIZE.pack(len(text)) + text + arrays


def decode(data):
    """Return the value in these bytes; whatever is wrong with them is a `ValueLost`."""
    try:
        (size,) = SIZE.unpack_from(data)
        text = bytes(data[SIZE.size : SIZE.size + size])
        if size > MOST_TEXT or text.count(b",") + text.count(b"[") > MOST_ITEMS:
            raise ValueLost("it has too many parts")
        return _value(json.loads(text), _Arrays(memoryview(data)[SIZE.size + size :]))
    except (ValueError, TypeError, KeyError, struct.error, RecursionError, OverflowError):
        raise ValueLost("it can't be read") from None


def _plain(value, arrays):
    """Return what stands for `value` in the JSON; the bytes of arrays go to `arrays`."""
    if value is None or type(value) in (bool, int, float, str):
        return value
    if isinstance(value, bytes):
        return {"bytes": _placed(value, arrays)}
    if isinstance(value, tuple):
        return {"tuple": [_plain(item, arrays) for item in value]}
    if isinstance(value, list):
        return [_plain(item, arrays) for item in value]
    if isinstance(value, dict) and all(type(key) is str for key in value):
        return {"dict": [[key, _plain(item, arrays)] for key, item in value.items()]}
    array = _as_array(value)
    if array is None:
        return {"opaque": value.shown if isinstance(value, Opaque) else _shown(value)}
    return {"array": [array.dtype.str, list(array.shape), *_placed(array.tobytes(), arrays)]}


def _placed(data, arrays):
    arrays += data
    return [len(arrays) - len(data), len(data)]


def _as_array(value):
    """Return numbers of any kind (an array, a NumPy number, a range …) as an array, else None."""
    if isinstance(value, Opaque):
        return None
    try:
        array = np.asarray(value)
    except Exception:
        return None
    return array if array.dtype.kind in NUMBERS else None


def _shown(value):
    try:
        text = repr(value)
    except Exception:
        text = f"a {type(value).__name__}"
    return text[:MOST_SHOWN]


def _value(plain, arrays):
    if isinstance(plain, list):
        return [_value(item, arrays) for item in plain]
    if not isinstance(plain, dict):
        return plain
    ((tag, held),) = plain.items()
    if tag == "tuple":
        return tuple(_value(item, arrays) for item in held)
    if tag == "dict":
        return {str(key): _value(item, arrays) for key, item in held}
    if tag == "opaque":
        return Opaque(str(held)[:MOST_SHOWN])
    if tag == "bytes":
        return bytes(arrays.take(*held))
    if tag == "array":
        return _array(*held, arrays)
    raise ValueError(tag)


def _array(kind, shape, start, size, arrays):
    """Return the array of these bytes: its kind holds numbers, and its shape fits their number."""
    if not KIND.fullmatch(kind):
        raise ValueError(kind)
    dtype = np.dtype(kind)
    if any(type(length) is not int or length < 0 for length in shape):
        raise ValueError(shape)
    if math.prod(shape) * dtype.itemsize != size:
        raise ValueError(size)
    data = arrays.take(start, size)
    if dtype.kind == "b":  # a byte may be something else than 0 and 1
        return (np.frombuffer(data, np.uint8) != 0).reshape(shape)
    # A copy: the student's function may be asked to change what it is given.
    return np.frombuffer(data, dtype).reshape(shape).copy()
