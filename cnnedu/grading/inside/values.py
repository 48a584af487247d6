"""Values as bytes: numbers, texts, lists, tuples, dictionaries and arrays.

Any other value that a student's code returns travels as the text that shows it. Decoding runs no
code, and the number of bytes bounds the memory that it takes.
"""

import json
import math
import re
import struct

import numpy as np

from cnnedu.checks.compare import as_numbers

SIZE = struct.Struct(">I")  # bytes of JSON; the bytes of arrays follow
NUMBERS = "biufc"
KIND = re.compile(f"[<>|=]?[{NUMBERS}][0-9]{{1,2}}")
MOST_ITEMS = 500_000  # of all lists and dictionaries together
MOST_TEXT = 8 * 2**20
MOST_SHOWN = 200


class ValueLost(Exception):
    """These bytes hold no value; says why."""


class Opaque:
    """A value of another type, of which only the text that shows it has travelled."""

    def __init__(self, shown):
        self.shown = shown

    def __repr__(self):
        return self.shown


class _Arrays:
    """The bytes of all arrays. They are taken once and in order, so no byte is used twice."""

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
    """Return the value in these bytes; raise `ValueLost` if anything is wrong with them."""
    try:
        (size,) = SIZE.unpack_from(data)
        text = bytes(data[SIZE.size : SIZE.size + size])
        if size > MOST_TEXT or text.count(b",") + text.count(b"[") > MOST_ITEMS:
            raise ValueLost("it has too many parts")
        return _value(json.loads(text), _Arrays(memoryview(data)[SIZE.size + size :]))
    except (ValueError, TypeError, KeyError, struct.error, RecursionError, OverflowError):
        raise ValueLost("it can't be read") from None


def _plain(value, arrays):
    """Return `value` in a form for JSON; the bytes of its arrays go to `arrays`."""
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
    """Return numbers of any type (an array, a NumPy number, a range …) as an array, else None."""
    if isinstance(value, Opaque):
        return None
    try:
        array = np.asarray(value)
        if array.dtype.kind == "O":
            array = as_numbers(value)  # fractions and decimals, as floats
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
    """Return the array in these bytes, if its dtype is numeric and its shape fits their number."""
    if not KIND.fullmatch(kind):
        raise ValueError(kind)
    dtype = np.dtype(kind)
    if any(type(length) is not int or length < 0 for length in shape):
        raise ValueError(shape)
    if math.prod(shape) * dtype.itemsize != size:
        raise ValueError(size)
    data = arrays.take(start, size)
    if dtype.kind == "b":  # a byte may be other than 0 and 1
        return (np.frombuffer(data, np.uint8) != 0).reshape(shape)
    # A copy, because a student's function may have to change its argument.
    return np.frombuffer(data, dtype).reshape(shape).copy()
