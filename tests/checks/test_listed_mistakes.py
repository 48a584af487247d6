"""Every listed mistake is named whenever it is made, and no other is named in its place."""

import importlib
import os

import numpy as np
import pytest
from checks.told import message

from cnnedu.checks import Case
from harness.course import ROOT

SEEDS = range(10 if "CNNEDU_THOROUGH" in os.environ else 3)  # of the drawn inputs
CASES = {
    f"{path.stem.partition('_')[0]}-{check.name}": check
    for path in sorted((ROOT / "sources/exercises").glob("*.py"))
    for check in importlib.import_module(f"cnnedu.checks.exercises.e{path.stem}").CHECKS
    if isinstance(check, Case)
}
LISTED = [(case, n) for case, check in CASES.items() for n in range(len(check.mistakes))]


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


@pytest.mark.parametrize(("case", "number"), LISTED)
def test_a_listed_mistake_is_named(case, number):
    case = CASES[case]
    mistake = case.mistakes[number]
    for seed in SEEDS:
        with np.errstate(all="ignore"):
            assert message(made(case, mistake), case, seed).startswith(mistake.says)


@pytest.mark.parametrize(("case", "number"), LISTED)
def test_a_listed_mistake_can_be_made_on_every_hidden_input(case, number):
    case = CASES[case]
    for seed in SEEDS:
        for arguments in case.hidden(np.random.default_rng(seed)) if case.hidden else ():
            with np.errstate(all="ignore"):
                case.mistakes[number].wrong(*arguments)


def test_there_are_mistakes():
    assert len(LISTED) > 200
