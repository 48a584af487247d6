"""Questions with numbers to work out by hand, which may differ from student to student.

A notebook with numbers of its own has a line `variant = "…"`: the numbers follow from that text.
Without it, everybody gets the usual ones.
"""

import functools
import random
import re
from collections.abc import Callable
from dataclasses import dataclass

MOST_TRIES = 10_000
VARIANT = re.compile("[0-9a-f]{16}")  # no other name `variant` in a notebook is meant


class Draw:
    """Draws numbers that follow from a text, with every version of Python and NumPy.

    Args:
        seed: the text.

    >>> draw = Draw("ada")
    >>> draw.whole(1, 6), draw.some_of("abcd", 2)
    (6, ['b', 'c'])
    """

    def __init__(self, seed):
        # Of all that draws, Python promises only for this that its numbers stay the same.
        self._share = random.Random(seed).random

    def whole(self, least, most):
        """Draw a whole number from `least` to `most`."""
        return least + int((most - least + 1) * self._share())

    def one_of(self, options):
        """Draw one of the options."""
        return options[self.whole(0, len(options) - 1)]

    def some_of(self, options, count):
        """Draw different places among the options; return what is there, in the order drawn."""
        left = list(options)
        return [left.pop(self.whole(0, len(left) - 1)) for _ in range(count)]


@dataclass(frozen=True)
class Question:
    """A question whose numbers may differ from student to student.

    Args:
        usual: the numbers that everybody gets if there are no variants.
        draw: takes a `Draw`; returns other numbers, for a question that is as hard.
        values: takes the numbers; returns the `Value`s that a student works out from them.
        shown: takes the numbers; returns the pieces of the notebook's text that hold them. Each
            piece with the usual numbers stands in the exercise once.
    """

    usual: tuple
    draw: Callable
    values: Callable
    shown: Callable

    def numbers(self, variant=""):
        """Return the numbers of a variant, or the usual ones if it is empty.

        Numbers are drawn until no well-known mistake gives the right answer, or the same as a
        mistake that is told otherwise.
        """
        return _drawn(self, variant) if variant else self.usual

    def answers(self, variant=""):
        """Return {name: `Value`} of a variant."""
        return {value.name: value for value in self.values(*self.numbers(variant))}

    def checks(self):
        """Return an `OwnValue` for each value."""
        return tuple(OwnValue(name, self) for name in self.answers())


@functools.lru_cache(maxsize=1000)  # every check of a notebook asks for the same
def _drawn(question, variant):
    draw = Draw(f"{variant} {' '.join(question.answers())}")
    for _ in range(MOST_TRIES):
        numbers = question.draw(draw)
        if all(value.tells_mistakes_apart() for value in question.values(*numbers)):
            return numbers
    raise ValueError(f"no numbers were found for {variant!r}")


@dataclass(frozen=True)
class OwnValue:
    """A value worked out by hand from numbers that may be the student's own.

    Args:
        name: of the variable.
        question: the `Question` that asks for it.
    """

    name: str
    question: Question

    def run(self, namespace):
        """Check the variable in the notebook's `globals()`; raise `CheckFailed` if it is wrong."""
        variant = namespace.get("variant")
        is_one = isinstance(variant, str) and VARIANT.fullmatch(variant)
        self.question.answers(variant if is_one else "")[self.name].run(namespace)


def usual(*questions):
    """Return ({name: right value}, {name: mistakes}) of the usual numbers."""
    values = {name: value for one in questions for name, value in one.answers().items()}
    right = {name: value.expected for name, value in values.items()}
    return right, {name: value.mistakes for name, value in values.items()}


def matrix(rows):
    r"""Return the rows of a matrix as the exercises write them in LaTeX.

    >>> matrix([[1, 2], [3, 4]])
    '1&2\\\\ 3&4'
    """
    return r"\\ ".join("&".join(map(str, row)) for row in rows)
