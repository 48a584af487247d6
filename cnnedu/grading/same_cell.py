"""Tell whether a submitted cell is the one that was given out.

Editors and tools that format code change spaces, quotes and line breaks by themselves. nbgrader
writes a checksum into each cell that it releases, and the cell takes it along: a cell that fits its
own checksum is as it was once released, although the present version is another.
"""

import ast
import hashlib
import warnings

from nbformat import from_dict
from nbgrader import utils

from cnnedu.grading.exercise import visible

LONGEST = 10**5  # characters of a changed cell that tell versions apart


def is_untouched(cell):
    """Return whether a marked cell's text is the one given out."""
    return cell.metadata["nbgrader"].get("checksum") == utils.compute_checksum(cell)


def plain_text(source):
    """Return a text without what editors change by themselves: spaces around it and its lines."""
    return "\n".join(line.rstrip() for line in source.strip().splitlines())


def is_of_another_release(source, known, claim):
    """Return whether a cell fits the checksum that nbgrader gave it when it was released."""
    mark = {**known.mark, "points": claim.get("points", known.mark.get("points"))}
    source = source.replace("\r\n", "\n") if known.mark["locked"] else known.source
    cell = {"cell_type": known.cell_type, "source": source, "metadata": {"nbgrader": mark}}
    try:
        checksum = utils.compute_checksum(from_dict(cell))
    except (TypeError, ValueError, OverflowError):  # points may be anything
        return False
    return claim.get("checksum") == checksum


def is_same(source, known):
    """Return whether a text is a given one: as a program, or as words if it is Markdown."""
    for text in (visible(known.source), known.source):
        if not may_be(source, len(text)):
            continue
        if source.split() == text.split() and known.cell_type != "code":
            return True
        if plain_text(source) == plain_text(text) or _program(source) == _program(text):
            return True
    return False


def may_be(source, length):
    """Return whether a text can be one of some length, laid out differently."""
    return len(source) <= 2 * length + 1000


def _program(source):
    """Return what tells programs apart, whatever their layout; the text if it isn't Python."""
    try:
        with warnings.catch_warnings(action="ignore"):
            return ast.dump(ast.parse(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # of the parser's stack
        return source


def fingerprint(source, points):
    """Return a short text that is the same for cells that differ alike from the given one."""
    seen = repr([plain_text(source[:LONGEST]), points])
    return hashlib.sha256(seen.encode("utf-8", "replace")).hexdigest()[:16]
