"""Whatever arrives from a student's process is read correctly or refused."""

import contextlib
import json
import re
import socket
import tracemalloc

import fuzz
import nbformat
import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from cnnedu.grading import cell_outputs
from cnnedu.grading.inside import values, wire

KEY = b"k" * 32


def test_the_shares_of_all_cases_add_up():
    assert fuzz.FEWEST >= 500
    assert sum(fuzz.SHARES.values()) == 100


# Values


NUMBERS = st.sampled_from("?bBhHiIlLqQefdgFDG").flatmap(
    lambda kind: arrays.arrays(kind, arrays.array_shapes(min_dims=0, max_side=4, min_side=0))
)
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary()
VALUES = st.recursive(
    LEAVES | NUMBERS,
    lambda inner: (
        st.lists(inner)
        | st.lists(inner).map(tuple)
        | st.dictionaries(st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)


def same(one, other):
    """Return whether two values have the same type and are equal; here NaN equals NaN."""
    if type(one) is not type(other):
        return False
    if isinstance(one, np.ndarray):
        fits = (one.dtype, one.shape) == (other.dtype, other.shape)
        return fits and np.array_equal(one, other, equal_nan=True)
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return list(one) == list(other) and all(map(same, one.values(), other.values()))
    return one == other or (one != one and other != other)


def bytes_held(value):
    """Return how many bytes the arrays and byte strings in a value hold."""
    if isinstance(value, np.ndarray):
        return value.nbytes
    if isinstance(value, bytes):
        return len(value)
    parts = value.values() if isinstance(value, dict) else value
    return sum(map(bytes_held, parts)) if isinstance(parts, (list, tuple, type({}.values()))) else 0


def read(data):
    """Decode bytes, with memory bounded by their number; return None if they are refused."""
    value = None
    tracemalloc.start()
    with contextlib.suppress(values.ValueLost):
        value = values.decode(data)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most <= 10**6 + 100 * len(data)
    assert bytes_held(value) <= len(data)
    return value


def packed(tree, rest):
    text = fuzz.text(tree)
    return values.SIZE.pack(len(text)) + text + rest


def unpacked(data):
    end = values.SIZE.size + values.SIZE.unpack_from(data)[0]
    return json.loads(data[values.SIZE.size : end]), data[end:]


@fuzz.share("values there and back")
@given(VALUES)
def test_values_come_back_as_they_were(value):
    assert same(read(values.encode(value)), value)


@fuzz.share("bytes for values")
@given(
    st.binary(max_size=200)
    | st.binary(max_size=200).map(lambda data: values.SIZE.pack(len(data)) + data)
    | VALUES.map(values.encode).flatmap(fuzz.damaged_bytes)
)
@example(values.SIZE.pack(2**32 - 1) + b"[" * 10**5)
@example(values.SIZE.pack(10**5) + b"[" * 10**5)
@example(packed({"array": [",", [1], 0, 1]}, b"x"))
def test_bytes_are_a_value_or_refused(data):
    read(data)


WORDS = st.sampled_from(
    [
        *(
            "array",
            "bytes",
            "tuple",
            "dict",
            "opaque",
            "O",
            "V8",
            "M8",
            "U1",
            "S",
            ",",
            "(2)f",
            "2f",
        ),
        *(
            "|u1",
            "<f8",
            ">f8",
            "<f16",
            "?",
            "<f99",
            "=i4",
            "f,f",
            "<O8",
            "(",
            "Ellipsis",
            2**62,
            -8,
        ),
    ]
)


@fuzz.share("damaged values")
@given(st.data())
def test_damaged_values_are_values_or_refused(data):
    tree, rest = unpacked(values.encode(data.draw(VALUES | NUMBERS)))
    words = [data.draw(WORDS), data.draw(WORDS), data.draw(st.text("<>|=,()?fOc24", max_size=4))]
    read(packed(data.draw(fuzz.damaged_json(tree, words)), rest))


CROWD = [[], {}, "", "ab", 1.5, 12345, {"dict": [["a", []]]}, {"tuple": []}, {"opaque": ""}]
CROWD += [
    ["a", 1],
    [[[[]]]],
    {"bytes": [0, 9]},
    {"bytes": [0, 0]},
    {"array": ["|u1", [3, 0], 0, 0]},
]
CROWD += [{"array": [kind, [5000], 0, 5000]} for kind in ("|u1", "|b1")]


@fuzz.share("crowded values")
@given(st.lists(st.sampled_from(CROWD), min_size=1, max_size=3), st.integers(1, 4000))
@example([{"array": ["|u1", [5000], 0, 5000]}], 4000)
@example([[]], values.MOST_ITEMS)
def test_the_bytes_bound_the_memory_of_many_parts(parts, times):
    read(packed(parts * times, b"x" * 5000))


# The wire


@contextlib.contextmanager
def heard(data):
    """Give a channel to whose other end these bytes were sent."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 2 * len(data))
        theirs.setblocking(False)
        theirs.sendall(data)
        theirs.shutdown(socket.SHUT_WR)
        yield wire.Channel(ours, KEY, "grader", "inside")


def all_of(channel):
    """Return the messages up to the end, or to the first that can't be read."""
    received = []
    with contextlib.suppress(wire.WireError, EOFError):
        while True:
            received.append(channel.receive())
    return received


@fuzz.share("bytes on the wire")
@given(
    st.binary(max_size=200)
    | st.builds(wire.HEADER.pack, *[st.integers(0, 2**20)] * 3, st.binary(max_size=16))
)
@example(wire.HEADER.pack(0, 2**32 - 1, 0, b"x" * 16))
@example(wire.HEADER.pack(0, 0, 2**32 - 1, b"x" * 16))
def test_bytes_are_not_a_message(data):
    tracemalloc.start()
    with heard(data) as channel:
        assert all_of(channel) == []
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most <= 10**6 + wire.MOST_FIELDS + wire.MOST_BODY


MESSAGES = st.tuples(st.text(max_size=9), st.dictionaries(st.text(max_size=3), st.integers()))
MESSAGES = st.builds(lambda head, body: (*head, body), MESSAGES, st.binary(max_size=50))


@fuzz.share("damaged frames")
@given(st.lists(MESSAGES, min_size=1, max_size=5), st.data())
def test_messages_arrive_up_to_the_first_damage(messages, data):
    sent = fuzz.frames(messages, KEY, "inside")
    order = data.draw(
        st.lists(st.integers(0, len(sent) - 1), max_size=7) | st.just(range(len(sent)))
    )
    way = b"".join(sent[number] for number in order)
    if data.draw(st.booleans()):
        way = data.draw(fuzz.damaged_bytes(way))
    whole = 0
    while whole < len(sent) and way.startswith(b"".join(sent[: whole + 1])):
        whole += 1
    with heard(way) as channel:
        assert all_of(channel) == messages[:whole]


@fuzz.share("forged frames")
@given(st.data())
def test_a_frame_with_the_right_digest_has_a_kind_and_fields(data):
    """A student's code may find the key of its own connection."""
    text = data.draw(
        st.binary(max_size=50)
        | st.just(fuzz.text(["done", {"x": 1}])).flatmap(fuzz.damaged_bytes)
        | fuzz.damaged_json(["done", {"x": [1]}]).map(fuzz.text)
    )
    forger = wire.Channel(None, KEY, "inside", "grader")
    if len(text) > wire.MOST_FIELDS:
        text = text[: wire.MOST_FIELDS]
    number, digest = forger._digest("out", text, b"body")
    with heard(wire.HEADER.pack(number, len(text), 4, digest) + text + b"body") as channel:
        for kind, fields, body in all_of(channel):
            assert (type(kind), type(fields), body) == (str, dict, b"body")


# Outputs

TEXTS = st.builds(
    lambda parts, times: "".join(parts) * times,
    st.lists(
        st.sampled_from(["\x1b[31m", "\x1b[2J", "\x1b]52;c;x\x07", "\x1b]8;;", "\x9b", "\ud800"])
        | st.text(max_size=5),
        max_size=5,
    ),
    st.sampled_from([1, 1, 50, 5000]),
)
ODD = fuzz.HOSTILE | TEXTS | VALUES
KINDS = ["stream", "error", "display_data", "execute_result", "clear", "update_display_data"]
MIMES = ["text/plain", "image/png", "image/jpeg", "image/svg+xml", "text/html", "\ud800"]
OUTPUTS = st.fixed_dictionaries(
    {"output_type": st.sampled_from(KINDS) | ODD},
    optional={
        "name": st.sampled_from(["stdout", "stderr"]) | ODD,
        "text": ODD,
        "ename": ODD,
        "evalue": ODD,
        "traceback": st.lists(ODD, max_size=60) | ODD,
        "data": st.dictionaries(st.sampled_from(MIMES), st.just("AAAA") | ODD) | ODD,
        "metadata": ODD,
        "execution_count": ODD,
    },
)
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


@fuzz.share("outputs")
@given(
    st.lists(st.lists(OUTPUTS | ODD, max_size=6), min_size=1, max_size=4),
    st.integers(1, 40),
    st.integers(0, 20_000),
)
@example([[{"output_type": "error", "evalue": "x" * 400}]] * 100, 30, 5000)
@example([[{"output_type": "stream", "name": "stdout", "text": "x"}]], 2000, 10**6)
@example([[{"output_type": np.array([], bool)}]], 1, 0)
@example([[{"output_type": "stream", "name": np.array([], bool)}]], 1, 0)
def test_outputs_are_what_a_notebook_may_hold(cells, times, most):
    room = cell_outputs.Room()
    room.left = most
    notebook = nbformat.v4.new_notebook()
    for received in cells:
        kept = cell_outputs.Outputs(room)
        for body in [values.encode(one) for one in received] * times:
            kept.receive(body)
        assert len(kept.kept()) <= cell_outputs.MOST_OUTPUTS + cell_outputs.MOST_ERRORS + 1
        notebook.cells.append(nbformat.v4.new_code_cell(outputs=kept.kept()))
    nbformat.validate(notebook)
    held = [json.dumps(cell.outputs, ensure_ascii=False) for cell in notebook.cells]
    assert "".join(held).encode()  # no lone surrogate
    assert sum(map(len, held)) <= 2 * most + 50_000 + 3000 * len(cells)
    for said in texts(notebook.cells):
        assert not CONTROLS.search(COLOUR.sub("", said))


def texts(tree):
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, (list, dict)):
        for part in tree.values() if isinstance(tree, dict) else tree:
            yield from texts(part)


@pytest.mark.parametrize(
    "data", [b"", b"x" * (cell_outputs.MOST_BYTES + 1)], ids=["none", "too much"]
)
def test_an_output_of_no_bytes_or_too_many_is_left_out(data):
    kept = cell_outputs.Outputs(cell_outputs.Room())
    kept.receive(data)
    assert [one.text for one in kept.kept()] == [cell_outputs.CUT] * bool(data)
