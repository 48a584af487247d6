"""Messages between the grader, a student's process and the judge: a kind, a few fields, a body.

Each travels in a frame with its number and a digest, made with a key that only the two ends know.
If a frame was cut, changed, lost, duplicated or moved, the receiver gets a `WireError` and no
message. Nothing is ever unpickled: the fields are JSON, the body is bytes.
"""

import hashlib
import json
import struct

HEADER = struct.Struct(">QII16s")  # number, bytes of the fields, bytes of the body, digest
MOST_FIELDS = 2**16
MOST_BODY = 80 * 2**20


class WireError(Exception):
    """What arrived is not a frame; says why."""


class Channel:
    """One end of a connection.

    Args:
        sock: a connected stream socket.
        key: bytes that both ends know.
        name: the name of this end; with it, no frame can be sent back as its own answer.
        other: the name of the other end.
    """

    def __init__(self, sock, key, name, other):
        self._sock = sock
        self._ways = {"out": [key, name.encode(), 0], "in": [key, other.encode(), 0]}

    def send(self, kind, fields=None, body=b""):
        """Send a frame; `WireError` if it is too large."""
        text = json.dumps([kind, fields or {}]).encode()
        _check_sizes(len(text), len(body))
        number, digest = self._digest("out", text, body)
        self._write(HEADER.pack(number, len(text), len(body), digest) + text + body)

    def receive(self):
        """Return (kind, fields, body) of the next frame; `EOFError` if the other end has closed."""
        number, text_size, body_size, digest = HEADER.unpack(self._read(HEADER.size))
        _check_sizes(text_size, body_size)
        text, body = self._read(text_size), self._read(body_size)
        if (number, digest) != self._digest("in", text, body):
            raise WireError("a frame that was changed, lost or duplicated")
        return _unpacked(text, body)

    def _digest(self, way, text, body):
        """Return the number of the next frame in one direction, and the digest it must have."""
        key, name, number = self._ways[way]
        made = hashlib.blake2b(key=key, person=name, digest_size=16)
        made.update(struct.pack(">QI", number, len(text)))
        made.update(text)
        made.update(body)
        self._ways[way][2] += 1
        return number, made.digest()

    def _write(self, data):
        self._sock.sendall(data)

    def _read(self, count):
        data = bytearray(count)
        view = memoryview(data)
        while view:
            got = self._sock.recv_into(view)
            if not got:
                raise EOFError("the other end has closed the connection")
            view = view[got:]
        return bytes(data)


def _check_sizes(text, body):
    if text > MOST_FIELDS:
        raise WireError(f"fields of {text:,} bytes; the limit is {MOST_FIELDS:,}")
    if body > MOST_BODY:
        raise WireError(f"a message of {body >> 20} MB; the limit is {MOST_BODY >> 20} MB")


def _unpacked(text, body):
    try:
        kind, fields = json.loads(text)
    except (ValueError, TypeError, RecursionError):
        raise WireError("a damaged frame") from None
    if not isinstance(kind, str) or not isinstance(fields, dict):
        raise WireError("a damaged frame")
    return kind, fields, body
