"""Exercise 11: the review of dropout is fair, and the five networks are the measured ones."""

import ast
import inspect
import re
from itertools import product

import numpy as np
import pytest

from cnnedu.checks import CheckFailed, dropouts
from cnnedu.checks.answers import e11_regularisation as answers
from cnnedu.checks.exercises import e11_regularisation as e11
from cnnedu.experiments import l11_clues
from harness.course import ROOT

SOURCE = (ROOT / "sources/exercises/11_regularisation.py").read_text("utf-8")
REMEDIES = "early stopping", "weight decay", "dropout", "label smoothing", "shift"


@pytest.mark.parametrize("letter", "abcd")
def test_the_notebook_shows_the_drafts_that_are_reviewed(letter):
    name = f"draft_{letter}"
    shown = {node.name: node for node in ast.parse(SOURCE).body if hasattr(node, "name")}
    source = inspect.getsource(getattr(dropouts, name))
    assert ast.unparse(shown[name]) == ast.unparse(ast.parse(source).body[0])


def judged(letter, *arguments):
    """Return whether an input shows the bug of this draft alone."""
    try:
        e11.check(f"only_{letter}", {f"only_{letter}": arguments})
    except CheckFailed:
        return False
    return True


def test_an_example_belongs_to_one_draft_alone():
    """Over many small inputs: what counts is what the four bugs say, and nothing by luck."""
    counted = dict.fromkeys("abcd", 0)
    chances = [0.0, 0.5, 0.75]
    for p, numbers, xs, training in product(
        (0, 0.5), product(chances, repeat=4), product((0, 3), repeat=4), (True, False)
    ):
        u, x = np.reshape(numbers, (2, 2)), np.reshape(xs, (2, 2))
        kept = u >= p
        bugs = {
            "a": training and (x[u == p] != 0).any(),
            "b": training and p > 0 and (x[kept] != 0).any(),
            "c": training and (x[1][kept[0] != kept[1]] != 0).any(),
            "d": not training and p > 0 and (x != 0).any(),
        }
        wrong = [letter for letter, shows in bugs.items() if shows]
        for letter in "abcd":
            assert judged(letter, x, p, u, training) == (wrong == [letter])
            counted[letter] += wrong == [letter]
    assert min(counted.values()) > 10


def test_the_table_shows_what_was_measured():
    rows = re.findall(r"^# \| (no remedy|[A-E]) \| (.*) \|$", SOURCE, re.MULTILINE)
    measured = l11_clues.figures["clues"]
    names = ["nothing", *(REMEDIES[number - 1] for number in answers.BY_HAND["remedies"])]
    assert len(rows) == len(names) == len(measured)
    for (_, shown), name in zip(rows, names, strict=True):
        found = measured[name]
        first, second = found["twice"]
        assert shown.split(" | ") == [
            str(found["epochs"]),
            f"{found['loss']:.2f}",
            f"{found['accuracy']} %",
            f"{found['plain_loss']:.2f}",
            f"{first}, then {second}",
            str(found["length"]),
        ]


def test_what_tells_the_five_networks_apart():
    """Each clue that the solution names belongs to one network, or to the two it says."""
    found = l11_clues.figures["clues"]
    by = {key: {name: run[key] for name, run in found.items()} for key in found["nothing"]}
    assert [name for name, epochs in by["epochs"].items() if epochs < 40] == ["early stopping"]
    assert min(by["length"], key=by["length"].get) == "weight decay"
    assert {name for name, share in by["accuracy"].items() if share < 100} == {"dropout", "shift"}
    assert [n for n, (once, again) in by["twice"].items() if once != again] == ["dropout"]
    surplus = {name: run["loss"] - run["plain_loss"] for name, run in found.items()}
    assert {n for n, more in surplus.items() if more > 0.1} == {
        "dropout",
        "shift",
        "label smoothing",
    }


def test_the_clues_can_be_measured_again(monkeypatch):
    monkeypatch.setattr(l11_clues, "TASK", l11_clues.Task(l11_clues.drawn_digits, 2, ()))
    found, stored = l11_clues.clues(), l11_clues.figures["clues"]
    assert found.keys() == stored.keys()
    assert all(found[name].keys() == stored[name].keys() for name in stored)
