"""For every student their own numbers: an exercise's variant follows from the student's name.

A variant differs in the questions whose numbers are worked out by hand, and in a line that the
checks read. The cells that nbgrader has marked are the same in all variants.
"""

import copy
import hashlib
import importlib
import json
import re

import nbformat
from nbformat.v4 import new_code_cell
from traitlets import Dict, TraitError, Unicode
from traitlets.config import LoggingConfigurable

from cnnedu.checks.by_hand import VARIANT, OwnValue
from cnnedu.grading import exercise

LINE = 'variant = "{}"  # Your own numbers follow from this line: leave it as it is.'
FOUND = re.compile(rf'^variant = "({VARIANT.pattern})"', re.MULTILINE)
ANOTHERS = "the numbers are those of another variant, perhaps another student's"
USUAL = "the numbers are the usual ones, not the student's own"
NO_VARIANTS = "this is a variant, but c.Variants.words in nbgrader_config.py has no such assignment"


class NoVariants(ValueError):
    """An exercise can't be varied; says why."""


class Variants(LoggingConfigurable):
    """Which assignments have variants; without it, everybody gets the same numbers."""

    words = Dict(
        key_trait=Unicode(),
        value_trait=Unicode(),
        help="{assignment: any words}; other words make other variants.",
    ).tag(config=True)


def words_for(assignment, config):
    """Return the words that an assignment's variants follow from; "" if it has none.

    Args:
        assignment: its name.
        config: nbgrader's settings of the course.

    Raises:
        NoVariants: the settings can't be read.
    """
    try:
        return Variants(config=config).words.get(assignment, "")
    except TraitError as error:
        raise NoVariants(f"c.Variants.words in nbgrader_config.py: {error}") from None


def code(assignment, words, student):
    """Return the text that a student's numbers follow from.

    >>> code("01_convolution_by_hand", "autumn", "ada")
    '4ef2f86cc8ca82ea'
    """
    named = json.dumps([assignment, words, student])
    return hashlib.sha256(named.encode()).hexdigest()[:16]


def vary(notebook, variant):
    """Return a notebook, as released or with the solution, with the numbers of a variant.

    Raises:
        NoVariants: no question of it varies, or its text is no longer the one that is varied.
    """
    notebook = copy.deepcopy(notebook)
    free = [cell for cell in notebook.cells if not cell.metadata.get("nbgrader")]
    pieces = []
    for question in questions(notebook):
        usual, own = (question.shown(*question.numbers(name)) for name in ("", variant))
        pieces += zip(usual, own, strict=True)
    for number, (usual, _) in enumerate(pieces):
        where = [cell for cell in free if usual in cell.source]
        if len(where) != 1 or where[0].source.count(usual) != 1:
            raise NoVariants(f"the text {usual!r} doesn't stand in the exercise just once")
        where[0].source = where[0].source.replace(usual, f"\0{number}\0")
    for cell in free:
        for number, (_, own) in enumerate(pieces):
            cell.source = cell.source.replace(f"\0{number}\0", own)
    notebook.cells.insert(1, new_code_cell(LINE.format(variant), id="variant"))
    return notebook


def written(notebook, variant):
    """Return the bytes of a variant's file; they are the same each time."""
    return f"{nbformat.writes(vary(notebook, variant))}\n".encode()


def questions(notebook):
    """Return the `Question`s of a notebook whose numbers vary.

    Raises:
        NoVariants: there are none.
    """
    modules = {}
    for cell in notebook.cells:
        if cell.cell_type == "code" and not cell.metadata.get("nbgrader"):
            modules |= exercise.aliases(cell.source)
    found = {}
    for module in modules.values():
        checks = importlib.import_module(module).CHECKS
        found |= {id(c.question): c.question for c in checks if isinstance(c, OwnValue)}
    if not found:
        raise NoVariants("none of its questions has variants")
    return list(found.values())


def answers(notebook, variant):
    """Return {name: right value} of the questions that vary."""
    values = {}
    for question in questions(notebook):
        values |= question.answers(variant)
    return {name: value.expected for name, value in values.items()}


def remark(notebook, variant):
    """Return (what is odd about the variant that was handed in, or ""; whether it is evidence).

    Args:
        notebook: as it was handed in.
        variant: the student's own, or "".
    """
    sources = (cell.source for cell in notebook.cells if cell.cell_type == "code")
    found = {one for source in sources for one in FOUND.findall(source)}
    if found - {variant}:
        return (ANOTHERS, True) if variant else (NO_VARIANTS, False)
    return (USUAL if variant and not found else "", False)
