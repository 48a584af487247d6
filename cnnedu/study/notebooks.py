"""Find the reader's notebooks and read what is stored in them; nothing is kept anywhere else."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

import cnnedu
from cnnedu.data.whole_file import write_whole

WORK = "work"  # the folder for the reader's own copies
PACKAGE = Path(cnnedu.__file__).parent
UNWRITTEN = ("YOUR ANSWER HERE", "")


class NoExercise(Exception):
    """There is no such exercise, or no notebook of it; the message says what to do."""


@dataclass(frozen=True)
class Cell:
    """One cell of a notebook.

    Args:
        kind: "code" or "markdown".
        source: its text.
        mark: what nbgrader knows about it; empty for most cells.
        outputs: what is stored below it, as in the notebook.
        ran: whether somebody has run it.
    """

    kind: str
    source: str
    mark: dict
    outputs: list
    ran: bool

    @property
    def is_check(self):
        """Whether it is a cell of checks."""
        graded = self.mark.get("grade") and not self.mark.get("solution")
        return bool(graded) and self.kind == "code"

    @property
    def is_open_question(self):
        """Whether it holds an answer that a person grades."""
        return bool(self.mark.get("grade") and self.mark.get("solution"))

    @property
    def name(self):
        """What it is about: the grade_id without the exercise's number.

        >>> Cell("code", "", {"grade_id": "03-pad2d-tests"}, [], False).name
        'pad2d'
        """
        return self.mark["grade_id"].partition("-")[2].removesuffix("-tests")


def read(path):
    """Return (cells, metadata) of a notebook.

    Raises:
        NoExercise: the file can't be read or isn't a notebook.
    """
    try:
        notebook = json.loads(Path(path).read_text(encoding="utf-8"))
        return [_cell(cell) for cell in notebook["cells"]], notebook["metadata"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
        raise NoExercise(f"{path} isn't a notebook that can be read ({problem})") from None


def _cell(cell):
    mark = cell["metadata"].get("nbgrader") or {}
    if mark.get("grade") and not (
        isinstance(mark["grade_id"], str) and isinstance(mark["points"], int | float)
    ):
        raise TypeError("a graded cell has no name or no points")
    ran = bool(cell.get("execution_count"))
    return Cell(cell["cell_type"], "".join(cell["source"]), mark, cell.get("outputs", []), ran)


def title(cells):
    """Return a notebook's title, without the number in front of it."""
    heading = cells[0].source.partition("\n")[0] if cells else ""
    return heading.removeprefix("# ").partition(" · ")[2] or heading.removeprefix("# ")


def fresh():
    """Return {name: path} of the exercises as they are released.

    They are in the course's folder, or in the installed package.
    """
    for folder in (PACKAGE / "exercises", PACKAGE.parent / "exercises"):
        found = {path.stem: path for path in sorted(folder.glob("*/*.ipynb"))}
        if found:
            return found
    return {}


def name_of(number):
    """Return the name of the exercise with this number, such as "03", "3", "7b" or its whole name.

    Raises:
        NoExercise: there is none.
    """
    names = list(fresh())
    plain = re.sub(r"^(\d)(?!\d)", r"0\1", str(number).strip().lower())
    for name in names:
        if plain in (name, name.partition("_")[0]):
            return name
    numbers = ", ".join(name.partition("_")[0] for name in names)
    raise NoExercise(f"There is no exercise {number!r}; there are {numbers or 'none at all'}.")


def own(name, folder):
    """Return the notebook of an exercise that the reader works on, or None.

    It is looked for in `folder`/work, then in `folder`/exercises, then in `folder` itself.
    """
    inner = Path(name, f"{name}.ipynb")
    places = (Path(WORK, inner), Path("exercises", inner), inner, Path(inner.name))
    return next((folder / place for place in places if (folder / place).is_file()), None)


def lesson(name, folder):
    """Return the notebook of a lesson, or None: in `folder`/lessons, or in `folder` itself."""
    places = (folder / "lessons" / f"{name}.ipynb", folder / f"{name}.ipynb")
    return next((path for path in places if path.is_file()), None)


def copy_fresh(number, folder):
    """Copy an exercise to `folder`/NAME/NAME.ipynb; return (path, whether it was copied).

    A notebook that is there already is left as it is.

    Raises:
        NoExercise: there is no such exercise.
        OSError: it can't be written.
    """
    name = name_of(number)
    target = Path(folder, name, f"{name}.ipynb")
    if target.exists():
        return target, False
    target.parent.mkdir(parents=True, exist_ok=True)
    write_whole(target, fresh()[name].read_bytes())
    return target, True
