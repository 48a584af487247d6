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


WORDS = 2500


def prose(text):
    """Return the words a reader reads in a lesson's text cells: no code, math, tables, references.

    >>> prose("# %% [markdown]\\n# # A title\\n#\\n# Take $x$ as\\n# is.\\n# | a |\\n# %%\\nx = 1")
    ['A', 'title', 'Take', 'as', 'is']
    >>> prose("# %% [markdown]\\n# One\\n# ## To read on\\n# - Two\\n# %% [markdown]\\n# Three")
    ['One', 'Three']
    """
    words = []
    for cell in re.split(r"^# %%", text, flags=re.MULTILINE):
        if cell.startswith(" [markdown]"):
            lines = cell.split("## To read on")[0].splitlines()[1:]
            shown = "\n".join(line[2:] for line in lines if not line.startswith("# |"))
            shown = re.sub(r"\$\$.*?\$\$|\$[^$]*\$", " ", shown, flags=re.DOTALL)
            words += re.findall(r"\w[\w'’-]*", shown)
    return words


@pytest.mark.parametrize(
    "path", sorted((ROOT / "sources/lessons").glob("*.py")), ids=lambda p: p.stem
)
def test_a_lesson_can_be_read_in_an_hour(path):
    count = len(prose(path.read_text(encoding="utf-8")))
    assert count <= WORDS, f"{count:,} words; at most {WORDS:,}"
