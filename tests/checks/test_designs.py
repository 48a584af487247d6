"""Designs that are functions: the student's is asked, its slips are told, its parts are named."""

import numpy as np
import pytest
from checks.told import by_student

from cnnedu import kernels
from cnnedu.checks import Case, CheckFailed, Design, require

HALVES = Case("halve", lambda rng: [(np.array([3.0, 8.0]),)], lambda x: x / 2)


def is_smaller(shrink):
    """Require that a function makes numbers smaller."""
    require(np.all(shrink(np.array([4.0, 6.0])) < 4), "shrink: too large")


def is_smaller_than_drawn(shrink, rng):
    """The same for a drawn number."""
    x = rng.uniform(10, 20, 2)
    require(np.all(shrink(x) < x), f"shrink: too large at {x[0]:.3f}")


SHRINKS = Design(
    "shrink", is_smaller, is_smaller_than_drawn, imports=("numpy",), builds_on={"halve": HALVES}
)


def told(function, hidden=False, **others):
    """Return what a student is told whose `shrink` this is."""
    with pytest.raises(CheckFailed) as failed:
        SHRINKS.run({"shrink": by_student(function)} | others, hidden=hidden, seed=0)
    return str(failed.value)


@pytest.mark.parametrize("factor", [0.1, 0.5])
def test_many_functions_are_right(factor, capsys):
    SHRINKS.run({"shrink": by_student(lambda x: factor * x)})
    SHRINKS.run({"shrink": by_student(lambda x: factor * x)}, hidden=True)
    assert capsys.readouterr().out == "shrink: right\n" * 2


def test_a_rule_that_is_broken_is_told():
    halve = by_student(lambda x: x / 2)
    assert told(lambda x: x, halve=halve) == "shrink: too large"


def test_a_part_that_is_wrong_is_to_be_mended_first():
    halve = by_student(lambda x: 2 * x)
    assert told(lambda x: halve(x), halve=halve).startswith(
        "shrink: too large. But first mend `hal"
    )
    assert "But first mend `halve`" in told(lambda x: x)  # it isn't there at all


def test_a_wrong_part_costs_nothing_if_the_whole_is_right():
    SHRINKS.run({"shrink": by_student(lambda x: x / 9), "halve": by_student(lambda x: x)})


def test_the_hidden_judge_draws_anew():
    function = {"shrink": by_student(lambda x: x)}
    messages = set()
    for _ in range(3):
        with pytest.raises(CheckFailed) as failed:
            SHRINKS.run(function, hidden=True)
        messages.add(str(failed.value))
    assert len(messages) == 3


def test_a_function_that_is_missing_or_stops_is_told():
    with pytest.raises(CheckFailed, match="there is no function `shrink` yet"):
        SHRINKS.run({})
    assert told(lambda x: x[5]).startswith("`shrink` stopped with IndexError")


def test_what_it_was_given_stays_as_it_is():
    def changes(x):
        x /= 2
        return x

    assert told(changes).startswith("`shrink` changed what it was given")


def test_ready_made_functions_are_switched_off():
    namespace = {"kernels": kernels, "__name__": "__main__"}
    exec("def shrink(x):\n    return -kernels.relu(x)", namespace)
    with pytest.raises(CheckFailed, match="`kernels` is switched off"):
        SHRINKS.run(namespace)
