"""Find where the lessons use and explain each term of `sources/glossary.csv`, and list them.

A lesson explains a term where the term, or one of its forms, stands in **bold**.
"""

import csv
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from cnnedu.authoring.source import AuthoringError, read

UNREAD = re.compile(
    r"```.*?```|`[^`]*`|\$\$.*?\$\$|\$[^$]*\$|\[[^]]*\]\([^)]*\)|<!--.*?-->", re.DOTALL
)
INTRO = """# Glossary

Each link leads to the part of a lesson that explains the term.

"""
REFERENCES = "## To read on"  # titles of papers use words as they please
INTRODUCTION = 0  # the cell that says what a lesson will explain


@dataclass(frozen=True)
class Place:
    """A cell of a lesson, and the heading under which it stands."""

    lesson: str
    cell: int
    heading: str


@dataclass(frozen=True)
class Term:
    """A term, what it means, and where the reader first meets it and finds it explained."""

    name: str
    forms: str
    meaning: str
    used: Place | None
    explained: Place | None

    @property
    def pattern(self):
        """The term in any of its forms, as a regular expression."""
        return _word(self.forms)

    @property
    def comes_too_early(self):
        """Whether a reader who goes through the lessons in order meets it unexplained."""
        if self.used is None or self.explained is None:
            return self.used is not None
        used, explained = self.used, self.explained
        return (used.lesson, used.cell) < (explained.lesson, explained.cell)


def terms(root: Path):
    """Return every `Term`, in the order of the table."""
    texts = [text for source in sorted((root / "sources/lessons").glob("*.py"))
             for text in _texts(source, root)]  # fmt: skip
    with (root / "sources/glossary.csv").open(encoding="utf-8", newline="") as file:
        return [_find(row, texts) for row in csv.DictReader(file)]


def glossary(root: Path):
    """Return docs/glossary.md: each term, what it means, and a link to where it is explained.

    Raises:
        AuthoringError: no lesson explains one of the terms.
    """
    lines = ["| term | meaning | explained in |", "| --- | --- | --- |"]
    for term in sorted(terms(root), key=lambda term: term.name.lower()):
        place = term.explained
        if place is None:
            raise AuthoringError(f"glossary.csv: no lesson has {term.name!r} in **bold**")
        # In a notebook, a heading's anchor is its text with dashes for spaces.
        anchor = quote(place.heading.replace("`", "").replace(" ", "-"))
        link = (
            f"[lesson {place.lesson.partition('_')[0]}](../lessons/{place.lesson}.ipynb#{anchor})"
        )
        lines.append(f"| {term.name} | {term.meaning} | {link} |")
    return INTRO + "\n".join(lines) + "\n"


def _texts(source, root):
    """Return (place, text) of each markdown cell of a lesson, up to its references."""
    found, heading = [], ""
    for number, cell in enumerate(read(source, root).cells):
        if cell.cell_type != "markdown":
            continue
        text, *references = cell.source.split(REFERENCES)
        first, *sections = re.split(r"^#+ (.*)$", text, flags=re.MULTILINE)
        found.append((Place(source.stem, number, heading), first))
        for heading, section in zip(sections[::2], sections[1::2], strict=True):
            found.append((Place(source.stem, number, heading), f"{heading}\n{section}"))
        if references:
            break
    return found


def _find(row, texts):
    word = _word(row["forms"])
    explains = re.compile(rf"\*\*[^*]*{word}[^*]*\*\*", re.IGNORECASE)
    explained = next(
        (place for place, text in texts if place.cell != INTRODUCTION and explains.search(text)),
        None,
    )
    uses = re.compile(word, re.IGNORECASE)
    used = next(
        (
            place
            for place, text in texts
            if uses.search(UNREAD.sub(" ", text))
            and not (place.cell == INTRODUCTION and explained and place.lesson == explained.lesson)
        ),
        None,
    )
    return Term(row["term"], row["forms"], row["meaning"], used, explained)


def _word(forms):
    return rf"(?<![\w-])(?:{forms})(?![\w-])"
