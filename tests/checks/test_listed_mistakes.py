"""Every listed mistake is named whenever it is made, and no other is named in its place."""

import importlib
import os

import numpy as np
import pytest
from checks.told import message
from exercises.draw import drawn_once
from threadpoolctl import threadpool_limits

from cnnedu.checks import Case
from harness.course import ROOT

SEEDS = range(10 if "CNNEDU_THOROUGH" in os.environ else 1)  # of the drawn inputs
CASES = {
    f"{path.stem.partition('_')[0]}-{check.name}": check
    for path in sorted((ROOT / "sources/exercises").glob("*.py"))
    for check in importlib.import_module(f"cnnedu.checks.exercises.e{path.stem}").CHECKS
    if isinstance(check, Case) and check.mistakes
}


@pytest.fixture(autouse=True)
def one_thread():
    """Let PyTorch compute with one thread: such small tensors are slower with more."""
    with threadpool_limits(1):
        yield


def made(case, mistake):
    """Return a function that makes a mistake wherever it can be made."""

    def answer(*arguments):
        wrong = mistake.wrong(*arguments)
        if wrong is None:
            return case.reference(*arguments)
        # Where whole numbers are asked for, a student who makes the mistake gives these.
        return np.rint(wrong).astype(int) if case.whole and is_whole(wrong) else wrong

    return answer


def is_whole(answer):
    """Return whether an answer's numbers are whole, whatever their dtype."""
    return bool(np.all(np.asarray(answer) == np.rint(answer)))


@pytest.mark.parametrize("name", CASES)
def test_a_listed_mistake_is_named(name):
    case = drawn_once(CASES[name])
    for mistake in case.mistakes:
        for seed in SEEDS:
            with np.errstate(all="ignore"):
                assert message(made(case, mistake), case, seed).startswith(mistake.says)


@pytest.mark.parametrize("name", CASES)
def test_a_listed_mistake_can_be_made_on_every_hidden_input(name):
    case = CASES[name]
    for seed in SEEDS:
        for arguments in case.hidden(np.random.default_rng(seed)) if case.hidden else ():
            for mistake in case.mistakes:
                with np.errstate(all="ignore"):
                    mistake.wrong(*arguments)


def test_there_are_mistakes():
    assert sum(len(case.mistakes) for case in CASES.values()) > 200
