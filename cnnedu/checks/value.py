"""Values and designs: how a variable is checked, and a function of which many are right."""

import contextlib
import itertools
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from cnnedu.checks.case import Case, asked, naming_what_is_first, require_function
from cnnedu.checks.compare import CheckFailed, agrees, difference
from cnnedu.checks.ready_made import switched_off


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

    def tells_mistakes_apart(self):
        """Return whether no mistake gives the right value, or that of one which is told otherwise.

        >>> Value("n", 4, mistakes=((2, "halved"), (-4, "its sign"))).tells_mistakes_apart()
        True
        >>> Value("n", 4, mistakes=((2, "halved"), (2, "its root"))).tells_mistakes_apart()
        False
        """
        known = [(self.expected, ""), *self.mistakes]
        return not any(
            agrees(wrong, other, 2 * self.rtol, 2 * self.atol)
            for (wrong, says), (other, otherwise) in itertools.combinations(known, 2)
            if says != otherwise
        )


@dataclass(frozen=True)
class Design:
    """A value, or a function, of which many are right.

    Args:
        name: of the variable or of the function.
        judge: takes the value; raises `CheckFailed` if a rule of the exercise is broken. In place
            of a function it takes one that hands its arguments to the student's.
        hidden: the same for the hidden tests; takes a `numpy.random.Generator`, too.
        imports: for a function, the modules it may use besides Python's own.
        builds_on: {name: case} of the functions that this one may call; see
            `naming_what_is_first`.
    """

    name: str
    judge: Callable
    hidden: Callable | None = None
    imports: tuple[str, ...] = ()
    builds_on: Mapping[str, Case] = field(default_factory=dict)

    def run(self, namespace, hidden=False, seed=None):
        """Check the variable or the function in the notebook's `globals()`.

        Args:
            namespace: the notebook's `globals()`.
            hidden: which judge to ask.
            seed: whole number from which the hidden one draws; a fresh one by default.

        Raises:
            CheckFailed: a rule is broken; the message says which.
        """
        if self.imports:
            require_function(self.name, namespace)
            value, off = self._asking(namespace), switched_off(namespace, self.imports)
        else:
            value, off = _filled_in(self.name, namespace), contextlib.nullcontext()
        with naming_what_is_first(self.builds_on, namespace), off:
            if hidden:
                drawn_from = secrets.randbelow(10**6) if seed is None else seed
                self.hidden(value, np.random.default_rng(drawn_from))
            else:
                self.judge(value)
        print(f"{self.name}: right")

    def _asking(self, namespace):
        return lambda *arguments: asked(self.name, arguments, namespace)


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
