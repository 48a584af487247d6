"""What the fuzz tests of grading share: the number of cases, and ways to damage right data.

CNNEDU_FUZZ sets the number of cases of all tests together. Without it there are few cases, always
the same.
"""

import copy
import functools
import json
import os
import time

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from cnnedu.grading.inside import wire

FEWEST = 600
CASES = int(os.environ.get("CNNEDU_FUZZ", FEWEST))
SECONDS = 10  # of processor time that a case may take
SHARES = {  # in percent
    "damage in a whole run": 5,
    "a child's last word": 8,
    "reports": 8,
    "values there and back": 5,
    "bytes for values": 8,
    "damaged values": 15,
    "crowded values": 5,
    "bytes on the wire": 5,
    "damaged frames": 10,
    "forged frames": 5,
    "outputs": 5,
    "damaged notebooks": 14,
    "notebooks of bytes": 3,
    "folders": 4,
}


def share(what):
    """Return a decorator that gives a test its share of all cases, and limits the time of each.

    Processor time is limited, not Hypothesis's deadline, which a busy machine would exceed.
    """
    limits = settings(
        max_examples=-(-CASES * SHARES[what] // 100),
        derandomize="CNNEDU_FUZZ" not in os.environ,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )

    def decorate(test):
        inner = test.hypothesis.inner_test

        @functools.wraps(inner)
        def timed(*arguments, **named):
            begun = time.process_time()
            inner(*arguments, **named)
            assert time.process_time() - begun < SECONDS

        test.hypothesis.inner_test = timed
        return limits(test)

    return decorate


HOSTILE = st.sampled_from(
    [
        *(None, True, False, 0, -1, 1, 2, 3, 4, 5, 7, 2**31, 2**63, 10**400, 0.5),
        *(float("nan"), float("inf"), float("-inf"), "", "x", "\ud800", "\x00", "\n", "é" * 9),
        *("../../x", "/etc/passwd", "<script>1</script>", "\x1b[2J", "%magic", "NaN", "x" * 3000),
        *("code", "markdown", "raw", "heading", "nbgrader", "cells", "stream", "error", "v" * 300),
        *("### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS", "### BEGIN SOLUTION", "kernelspec"),
        *([], {}, [[]], [{}], {"": {}}, {"a": None}, [None] * 300, ["\ud800"], {"\ud800": 1}),
        *({"image/png": "AAAA"}, {"a.png": {"image/png": "AAAA"}}, {"nbgrader": {"grade_id": []}}),
    ]
)


@st.composite
def damaged_json(draw, tree, words=()):
    """Return a tree with some parts left out, doubled, swapped, retyped, nested or renamed.

    Args:
        draw: Hypothesis's.
        tree: of lists and dictionaries.
        words: values that mean something where the tree is read.
    """
    root = {"": copy.deepcopy(tree)}
    new = HOSTILE | st.sampled_from(words) if words else HOSTILE
    for _ in range(draw(st.integers(1, 8))):
        holder, key = _somewhere(draw, root)
        how = draw(st.sampled_from("leave-out double swap retype retype nest rename".split()))
        here = holder[key]
        if how == "leave-out" and holder is not root:
            del holder[key]
        elif how == "double":
            _put(draw, holder, key, here)
        elif how == "swap":
            other, place = _somewhere(draw, root)
            holder[key], other[place] = copy.deepcopy(other[place]), copy.deepcopy(here)
        elif how == "retype":
            holder[key] = copy.deepcopy(draw(new))
        elif how == "nest":
            for _ in range(draw(st.sampled_from([1, 2, 300]))):
                here = [here]
            holder[key] = draw(st.sampled_from([here, {"x": here}, {"nbgrader": here}]))
        elif how == "rename" and isinstance(holder, dict) and holder is not root:
            name = draw(new | st.text(max_size=3))
            holder[str(name)] = holder.pop(key)
    return root[""]


@st.composite
def damaged_bytes(draw, data):
    """Return bytes with some of them flipped, cut off, left out, doubled or inserted."""
    data = bytearray(data)
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(data)))
        length = draw(st.integers(1, 40))
        how = draw(st.sampled_from("flip flip cut leave-out double put-in deep".split()))
        if how == "flip" and place < len(data):
            data[place] ^= draw(st.integers(1, 255))
        elif how == "cut":
            del data[place:]
        elif how == "leave-out":
            del data[place : place + length]
        elif how == "double":
            data[place:place] = data[place : place + length]
        elif how == "put-in":
            data[place:place] = draw(st.binary(min_size=1, max_size=20))
        elif how == "deep":
            data[place:place] = draw(st.sampled_from([b"[", b'{"a":', b"\x00", b"9"])) * 5000
    return bytes(data)


def frames(messages, key, name):
    """Return the frames in which one end, of this name, sends messages to the grader."""
    sent = []

    class Written(wire.Channel):
        def _write(self, data):
            sent.append(data)

    channel = Written(None, key, name, "grader")
    for message in messages:
        channel.send(*message)
    return sent


def text(tree):
    """Return the JSON of a tree as bytes."""
    return json.dumps(tree).encode()


def _somewhere(draw, root):
    """Return (holder, key) of a place in a tree, rarely its root."""
    holder, key = root, ""
    while True:
        here = holder[key]
        enough = draw(st.sampled_from(range(20))) < (1 if holder is root else 4)
        if not isinstance(here, (dict, list)) or not here or enough:
            return holder, key
        keys = list(here) if isinstance(here, dict) else range(len(here))
        holder, key = here, draw(st.sampled_from(keys))


def _put(draw, holder, key, value):
    """Put a copy of a value into the holder it came from."""
    value = copy.deepcopy(value)
    if isinstance(holder, list):
        holder.insert(draw(st.integers(0, len(holder))), value)
    else:
        holder[draw(st.sampled_from([*holder, "twice"]))] = value
