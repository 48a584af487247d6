"""Sources of notebooks are readable as they are: no line runs beyond 100 columns."""

import re

import pytest

from harness.course import ROOT

COLUMNS = 100
SOURCES = sorted((ROOT / "sources").rglob("*.py"))


def too_long(text):
    """Return the numbers of lines that are too long and could be broken.

    A table's row, one word such as a link, and display math can't be.

    >>> too_long("# short\\n# " + "word " * 30)
    [2]
    >>> too_long("# | " + "cell | " * 30)
    []
    >>> too_long("# - [a link with words](https://" + "x" * 90 + ")")
    []
    >>> too_long("# $$\\n# a &= " + "b + " * 30 + "c\\n# $$\\n# " + "word " * 30)
    [4]
    """
    numbers, in_math = [], False
    for number, line in enumerate(text.splitlines(), 1):
        in_math ^= line.count("$$") % 2
        # A link's or picture's address can't be broken; its words can.
        words = re.sub(r"\]\(\S+\)", "]", line)
        fixed = "$$" in line or in_math or line.startswith("# |")
        if len(words) > COLUMNS and not fixed and " " in words.removeprefix("# ").strip():
            numbers.append(number)
    return numbers


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_no_line_is_too_long(path):
    numbers = too_long(path.read_text(encoding="utf-8"))
    assert not numbers, f"{path.relative_to(ROOT)}: wrap lines {numbers} at {COLUMNS} columns"
