"""Values: how a variable that a student filled in is checked."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cnnedu.checks.compare import CheckFailed, agrees, difference


@dataclass(frozen=True)
class Value:
    """A value worked out by hand; no message gives the right one away.

    Args:
        name: of the variable.
        expected: the right array or number.
        rtol, atol: the tolerance, as in `numpy.allclose`.
        mistakes: pairs (well-known wrong value, what to tell a student who gave it).
    """

    name: str
    expected: Any
    rtol: float = 1e-9
    atol: float = 1e-9
    mistakes: tuple = ()

    def run(self, namespace):
        """Check the variable in the notebook's `globals()`; raise `CheckFailed` if it is wrong."""
        value = _filled_in(self.name, namespace)
        wrong = difference(value, self.expected, self.rtol, self.atol, reveal=False)
        if wrong is None:
            print(f"{self.name}: right")
            return
        says = {says for known, says in self.mistakes if agrees(value, known, self.rtol, self.atol)}
        raise CheckFailed(f"{self.name}: {says.pop() if len(says) == 1 else wrong}")


@dataclass(frozen=True)
class Design:
    """A value of which many are right.

    Args:
        name: of the variable.
        judge: takes the value; raises `CheckFailed` if a rule of the exercise is broken.
    """

    name: str
    judge: Callable

    def run(self, namespace):
        """Check the variable in the notebook's `globals()`; raise `CheckFailed` if it is wrong."""
        self.judge(_filled_in(self.name, namespace))
        print(f"{self.name}: right")


def checker(checks):
    """Return check(name, namespace, **options), which runs the check of this name.

    An exercise's module offers it, so that a cell of checks needs no other name of the notebook's.
    """
    named = {check.name: check for check in checks}

    def check(name, namespace, **options):
        return named[name].run(namespace, **options)

    return check


def _filled_in(name, namespace):
    if namespace.get(name) is None:
        raise CheckFailed(f"`{name}` has no value yet: fill it in and run its cell")
    return namespace[name]
