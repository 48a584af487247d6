"""What a student is told."""

import pytest

from cnnedu.checks import CheckFailed, run


def message(function, case):
    """Return what a student is told who wrote `function`."""

    def answer(*arguments):
        return function(*arguments)

    answer.__module__ = "__main__"
    with pytest.raises(CheckFailed) as failed:
        run(case, {case.function: answer}, seed=0)
    return str(failed.value)
