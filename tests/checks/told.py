"""What a student is told."""

import pytest

from cnnedu.checks import CheckFailed


def by_student(function):
    """Return a function that does the same and counts as the notebook's own."""

    def answer(*arguments):
        return function(*arguments)

    answer.__module__ = "__main__"
    return answer


def message(function, case, seed=0):
    """Return what a student is told who wrote `function`."""
    with pytest.raises(CheckFailed) as failed:
        case.run({case.name: by_student(function)}, seed=seed)
    return str(failed.value)
