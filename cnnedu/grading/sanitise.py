"""Make a submission's notebook ready to run: the locked cells as given out, the student's own.

What a submission says about points, tests and marks is replaced by what the gradebook knows. A
notebook that can't be read is refused with a reason that an instructor understands.
"""

import json
import logging
import stat
from dataclasses import dataclass, replace
from typing import NamedTuple

import nbformat
from nbformat import from_dict
from nbformat.v4 import new_notebook
from nbformat.v4.nbbase import random_cell_id
from nbgrader import preprocessors
from nbgrader.nbgraderformat import SCHEMA_VERSION

from cnnedu.grading.cell_outputs import plain
from cnnedu.grading.exercise import is_test, visible
from cnnedu.grading.marks import restore
from cnnedu.grading.safe_markdown import harmless_attachments
from cnnedu.grading.same_cell import plain_text
from cnnedu.grading.submitted_files import Refused, content

LARGEST_NOTEBOOK = 20 * 2**20
MOST_CELLS = 2000
# This module does what these do, and reads the gradebook once for all submissions. They open it for
# every submission and query it for every cell, which took half of the grader's own time.
DONE_HERE = (
    preprocessors.ClearOutput,
    preprocessors.DeduplicateIds,
    preprocessors.OverwriteKernelspec,
    preprocessors.OverwriteCells,
    preprocessors.CheckCellMetadata,
)


@dataclass(frozen=True)
class Given:
    """A cell as it was given out, according to the gradebook."""

    source: str
    cell_type: str
    mark: dict


class Outlined(NamedTuple):
    """A cell's place in a notebook as it was given out: its grade_id or None, and its text."""

    name: str | None
    text: str


@dataclass(frozen=True)
class GivenOut:
    """A notebook as it was given out.

    Args:
        cells: {grade_id: `Given`} of its marked cells.
        kernelspec: its kernel.
        outline: all of its cells in order, as `Outlined`.
    """

    cells: dict[str, Given]
    kernelspec: dict
    outline: tuple[Outlined, ...] = ()

    def varied(self, source):
        """Return the same with the texts of another source version; its marked cells are equal."""
        return replace(self, outline=_outline(source, self.cells))


def given_out(gradebook, name, assignment, source):
    """Return a notebook's `GivenOut`; `source` is the source version of the notebook."""
    known = gradebook.find_notebook(name, assignment)
    owners = {cell.name: cell for cell in [*known.grade_cells, *known.task_cells]}
    kinds = {
        kind: {cell.name for cell in getattr(known, f"{kind}_cells")}
        for kind in ("grade", "solution", "task")
    }
    cells = {}
    for cell in known.source_cells:
        mark = {
            "schema_version": SCHEMA_VERSION,
            "grade_id": cell.name,
            "locked": bool(cell.locked),
            "cell_type": cell.cell_type,
            "checksum": cell.checksum,
            **{kind: cell.name in names for kind, names in kinds.items()},
        }
        if cell.name in owners:
            mark["points"] = owners[cell.name].max_score
        cells[cell.name] = Given(cell.source, cell.cell_type, mark)
    return GivenOut(cells, json.loads(known.kernelspec or "{}"), _outline(source, cells))


def read(path):
    """Return the notebook at `path` in the current format; `Refused` if it isn't one."""
    if path.is_symlink():
        raise Refused(f"{path.name} is a link")
    if not path.exists():
        raise Refused(f"there is no notebook {path.name}" + _others(path))
    if not stat.S_ISREG(path.stat().st_mode):
        raise Refused(f"{path.name} is not a regular file")
    size = path.stat().st_size
    if size > LARGEST_NOTEBOOK:
        most = LARGEST_NOTEBOOK >> 20
        raise Refused(f"{path.name} has {size >> 20} MB; the limit is {most} MB")
    if size == 0:
        raise Refused(f"{path.name} is empty (0 bytes)")
    try:
        text = content(path, LARGEST_NOTEBOOK).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(f"{path.name} is not in UTF-8") from None
    except OSError as error:
        raise Refused(f"{path.name} can't be read: {error.strerror}") from None
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError):
        raise Refused(f"{path.name} is not a notebook: its JSON is damaged or cut off") from None
    if not isinstance(raw, dict) or type(raw.get("nbformat")) is not int:
        raise Refused(f"{path.name} is not a notebook: it has no nbformat number")
    if raw["nbformat"] > 4:
        raise Refused(f"{path.name} is in notebook format {raw['nbformat']}; 4 is the newest known")
    return _upgraded(raw, path.name)


def sanitise(notebook, name, given, converter):
    """Return the `Restored` notebook, ready to run.

    Args:
        notebook: the notebook as it was handed in.
        name: its name.
        given: its `GivenOut`.
        converter: nbgrader's `Autograde`, with its settings.
    """
    restored = restore(notebook, given)
    if given.kernelspec:
        notebook.metadata["kernelspec"] = from_dict(given.kernelspec)
    resources = {
        "nbgrader": {
            "student": "",
            "assignment": converter.coursedir.assignment_id,
            "notebook": name,
            "db_url": converter.coursedir.db_url,
        }
    }
    for preprocessor in converter.sanitize_preprocessors:
        if preprocessor in DONE_HERE:
            continue
        ready = preprocessor(parent=converter, log=logging.getLogger("cnnedu.grading"))
        try:
            restored.notebook, resources = ready(restored.notebook, resources)
        except Exception as error:
            raise Refused(f"{preprocessor.__name__} can't read it: {error}") from None
    return restored


def cells_to_run(notebook, exercise):
    """Return the code cells of a sanitised notebook, as in `Job.cells`."""
    cells = []
    for position, cell in enumerate(notebook.cells):
        if cell.cell_type == "code":
            mark = cell.metadata.get("nbgrader", {})
            grade_id = mark["grade_id"] if is_test(cell) else None
            if grade_id is not None and grade_id not in exercise.tests:
                raise Refused(f"the source version has no cell {grade_id}: release it again")
            cells.append((position, cell.source, grade_id))
    return cells


def _outline(source, cells):
    """Return a `GivenOut`'s outline; cells that the source version no longer has come last."""
    outline = []
    for cell in source.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        given = cells.get(name)
        text = visible(given.source) if given else cell.source
        outline.append(Outlined(name if given else None, plain_text(text)))
    here = {each.name for each in outline}
    gone = {name: given for name, given in cells.items() if name not in here}
    outline += [Outlined(name, plain_text(visible(given.source))) for name, given in gone.items()]
    return tuple(outline)


def _others(path):
    found = sorted(other.name for other in path.parent.glob("*.ipynb"))[:3]
    return f"; found {', '.join(found)} instead" if found else ""


def _upgraded(raw, name):
    try:
        notebook = nbformat.convert(from_dict(raw), 4)
        cells = []
        for cell in notebook.cells[:MOST_CELLS]:
            made = _plain(cell)
            cells += [made] if made else []
    except Exception:
        reason = "a part is missing or of the wrong type"
        raise Refused(f"{name} is not a valid notebook: {reason}") from None
    if len(notebook.cells) > MOST_CELLS:
        raise Refused(f"{name} has {len(notebook.cells):,} cells; the limit is {MOST_CELLS:,}")
    return new_notebook(cells=cells, metadata={"language_info": {"name": "python"}})


def _plain(cell):
    """Return a cell with its source, nbgrader's mark and attached pictures, and nothing else."""
    source = "".join(cell.source) if isinstance(cell.source, list) else str(cell.source)
    kind = cell.cell_type if cell.cell_type in ("code", "raw") else "markdown"
    source = plain(source, LARGEST_NOTEBOOK).replace("\x00", "")
    made = {"id": random_cell_id(), "cell_type": kind, "source": source, "metadata": {}}
    # Not with `new_code_cell`: the whole notebook is checked at once, which is faster.
    made = from_dict(made | ({"outputs": [], "execution_count": None} if kind == "code" else {}))
    mark = cell.get("metadata", {}).get("nbgrader")
    if isinstance(mark, dict) and isinstance(mark.get("grade_id"), str):
        kept = {key: mark[key] for key in ("grade_id", "points", "checksum") if key in mark}
        made.metadata["nbgrader"] = from_dict(kept)
    if made.cell_type != "code" and isinstance(cell.get("attachments"), dict):
        made["attachments"] = harmless_attachments(cell.attachments)
    return made
