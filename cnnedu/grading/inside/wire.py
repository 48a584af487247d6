"""Messages between the grader, a student's process and the judge: JSON and plain bytes.

Nothing is ever unpickled. A message is a dictionary of numbers, texts, lists, dictionaries and
NumPy arrays; whatever else a student's code returns travels as the text that shows it.
"""

import io
import json
import struct

import numpy as np

HEADER = struct.Struct(">II")  # bytes of JSON, bytes of arrays
LARGEST = 64 * 2**20
NUMBERS = "biufc"


class WireError(Exception):
    """What arrived is no message."""


class Opaque:
    """A value that is no number, text, list or array: only what it looks like has travelled."""

    def __init__(self, shown):
        self.shown = shown

    def __repr__(self):
        return self.shown


def pack(message):
    """Return the message as bytes."""
    blobs = bytearray()
    text = json.dumps({key: _encode(value, blobs) for key, value in message.items()}).encode()
    if len(text) + len(blobs) > LARGEST:
        raise WireError(f"a message of {(len(text) + len(blobs)) >> 20} MB; {LARGEST >> 20} fit")
    return HEADER.pack(len(text), len(blobs)) + text + blobs


def sizes(header):
    """Return how many bytes of JSON and of arrays follow this header."""
    text, blobs = HEADER.unpack(header)
    if text + blobs > LARGEST:
        raise WireError(f"a message of {(text + blobs) >> 20} MB; {LARGEST >> 20} fit")
    return text, blobs


def unpack(text, blobs):
    """Return the message in these bytes; whatever is wrong with them is a `WireError`."""
    try:
        message = json.loads(text)
        return {key: _decode(value, blobs) for key, value in message.items()}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, EOFError) as error:
        raise WireError(f"a damaged message: {type(error).__name__}") from None


def send(sock, message):
    """Send a message over a socket."""
    sock.sendall(pack(message))


def receive(sock):
    """Wait for the next message on a socket; `EOFError` if the other side is gone."""
    text, blobs = sizes(_exactly(sock, HEADER.size))
    return unpack(_exactly(sock, text), _exactly(sock, blobs))


def _exactly(sock, count):
    data = bytearray(count)
    view = memoryview(data)
    while view:
        got = sock.recv_into(view)
        if not got:
            raise EOFError("the other side has closed the connection")
        view = view[got:]
    return bytes(data)


def _encode(value, blobs):
    """Return what stands for `value` in the JSON; the bytes of arrays go to `blobs`."""
    if value is None or type(value) in (bool, int, float, str):
        return value
    if isinstance(value, bytes):
        blobs += value
        return {"bytes": [len(blobs) - len(value), len(value)]}
    if isinstance(value, tuple):
        return {"tuple": [_encode(item, blobs) for item in value]}
    if isinstance(value, list):
        return [_encode(item, blobs) for item in value]
    if isinstance(value, dict) and all(type(key) is str for key in value):
        return {"dict": {key: _encode(item, blobs) for key, item in value.items()}}
    array = _as_array(value)
    if array is None:
        return {"opaque": value.shown if isinstance(value, Opaque) else _shown(value)}
    stream = io.BytesIO()
    np.save(stream, array, allow_pickle=False)
    data = stream.getvalue()
    blobs += data
    return {"array": [len(blobs) - len(data), len(data)]}


def _as_array(value):
    """Return numbers of any kind (an array, a NumPy number, a range …) as an array, else None."""
    if isinstance(value, Opaque):
        return None
    try:
        array = np.asarray(value)
    except Exception:
        return None
    return array if array.dtype.kind in NUMBERS else None


def _shown(value, most=200):
    try:
        text = repr(value)
    except Exception:
        text = f"a {type(value).__name__}"
    return text[:most]


def _decode(value, blobs):
    if isinstance(value, list):
        return [_decode(item, blobs) for item in value]
    if not isinstance(value, dict):
        return value
    ((tag, held),) = value.items()
    if tag == "tuple":
        return tuple(_decode(item, blobs) for item in held)
    if tag == "dict":
        return {key: _decode(item, blobs) for key, item in held.items()}
    if tag == "opaque":
        return Opaque(str(held))
    start, length = held
    data = blobs[start : start + length]
    if tag == "bytes":
        return data
    if tag != "array":
        raise ValueError(tag)
    array = np.load(io.BytesIO(data), allow_pickle=False)
    if array.dtype.kind not in NUMBERS:
        raise ValueError(array.dtype)
    return array
