"""Write README.md from `sources/README.md` and the tables beside it."""

import csv
from itertools import groupby
from pathlib import Path
from urllib.parse import quote

from cnnedu.authoring import address

BADGE = "[![Open the course on Binder](https://mybinder.org/badge_logo.svg)]({address})"


def readme(root: Path):
    """Return the text of README.md.

    The public address comes from `pyproject.toml` and PyTorch's version from `constraints.txt`,
    so that each is written in one place only. The map links the lessons and exercises that exist.
    """
    binder = address.read(root).binder(address.FIRST_LESSON)
    return (
        (root / "sources/README.md")
        .read_text(encoding="utf-8")
        .format(
            binder_badge=BADGE.format(address=binder),
            claims=claims(root),
            course_map=course_map(root),
            torch=_tested(root, "torch"),
        )
    )


def _tested(root, package):
    lines = (root / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return next(line.split("==")[1] for line in lines if line.startswith(f"{package}=="))


def table(root, name):
    """Return the rows of a table in `sources/` as dicts."""
    with (root / "sources" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def course_map(root):
    """Return the map as Markdown: one table per part, with links to what exists."""
    parts = []
    for part, lessons in groupby(table(root, "course_map.csv"), key=lambda row: row["part"]):
        parts.append(f"**{part}**\n\n| | lesson | exercise |\n| --- | --- | --- |")
        parts[-1] += "".join(f"\n{_row(root, row)}" for row in lessons)
    return "\n\n".join(parts)


def claims(root):
    """Return the claims as a Markdown table, each linked to the heading where it is tested."""
    course_map = table(root, "course_map.csv")
    titles = {f"{row['number']}_{row['name']}": row["title"] for row in course_map}
    lines = ["| claim | what came out | lesson |", "| --- | --- | --- |"]
    for row in table(root, "claims.csv"):
        # In a notebook, a heading's anchor is its text with dashes for spaces.
        anchor = quote(row["heading"].replace(" ", "-"))
        where = f"[{titles[row['lesson']]}](lessons/{row['lesson']}.ipynb#{anchor})"
        lines.append(f"| {row['claim']} | {row['answer']} | {where} |")
    return "\n".join(lines)


def _row(root, row):
    file = f"{row['number']}_{row['name']}"
    lesson = _link(root, row["title"], f"lessons/{file}.ipynb")
    exercise = _link(root, "exercise", f"exercises/{file}/{file}.ipynb")
    return f"| {row['number']} | {lesson}: {row['lesson']} | {exercise}: {row['exercise']} |"


def _link(root, text, path):
    return f"[{text}]({path})" if (root / path).exists() else text
