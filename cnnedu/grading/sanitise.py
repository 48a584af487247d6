"""Make a submission's notebook ready to run: the locked cells as given out, the student's own.

What a submission says about points, tests and marks is replaced by what the gradebook knows. A
notebook that can't be read is refused with a reason that an instructor understands.
"""

import json
import logging
import stat
from dataclasses import dataclass, field

import nbformat
from nbformat import from_dict
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader import preprocessors
from nbgrader.nbgraderformat import SCHEMA_VERSION

from cnnedu.grading.cell_outputs import plain
from cnnedu.grading.exercise import is_test, visible
from cnnedu.grading.safe_markdown import harmless_attachments
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


@dataclass(frozen=True)
class GivenOut:
    """A notebook as it was given out: its marked cells by grade_id, in order, and its kernel."""

    cells: dict[str, Given]
    kernelspec: dict


@dataclass
class Sanitised:
    """A notebook that is ready to run, and the forbidden changes that were undone in it."""

    notebook: object
    evidence: list[str] = field(default_factory=list)


def given_out(gradebook, name, assignment, order):
    """Return a notebook's `GivenOut`; `order` is {grade_id: place} in the source version."""
    known = gradebook.find_notebook(name, assignment)
    owners = {cell.name: cell for cell in [*known.grade_cells, *known.task_cells]}
    kinds = {
        kind: {cell.name for cell in getattr(known, f"{kind}_cells")}
        for kind in ("grade", "solution", "task")
    }
    cells = {}
    for cell in sorted(known.source_cells, key=lambda cell: order.get(cell.name, len(order))):
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
    return GivenOut(cells, json.loads(known.kernelspec or "{}"))


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
    """Return the `Sanitised` notebook.

    Args:
        notebook: the notebook as it was handed in.
        name: its name.
        given: its `GivenOut`.
        converter: nbgrader's `Autograde`, with its settings.
    """
    sanitised = Sanitised(notebook)
    _restore_marks(sanitised, given.cells)
    _restore_sources(sanitised, given.cells)
    _add_missing(sanitised, given.cells)
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
            sanitised.notebook, resources = ready(sanitised.notebook, resources)
        except Exception as error:
            raise Refused(f"{preprocessor.__name__} can't read it: {error}") from None
    return sanitised


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
    make = new_code_cell if cell.cell_type == "code" else new_markdown_cell
    made = make(source=plain(source, LARGEST_NOTEBOOK).replace("\x00", ""))
    made.cell_type = cell.cell_type if cell.cell_type in ("code", "raw") else "markdown"
    mark = cell.get("metadata", {}).get("nbgrader")
    if isinstance(mark, dict) and isinstance(mark.get("grade_id"), str):
        kept = {key: mark[key] for key in ("grade_id", "points") if key in mark}
        made.metadata["nbgrader"] = from_dict(kept)
    if made.cell_type == "markdown" and isinstance(cell.get("attachments"), dict):
        made["attachments"] = harmless_attachments(cell.attachments)
    return made


def _restore_marks(sanitised, cells):
    """Mark the cells as they were given out; if a cell appears twice, the last one counts."""
    seen = set()
    for cell in reversed(sanitised.notebook.cells):
        claimed = cell.metadata.pop("nbgrader", None)
        name = claimed and claimed["grade_id"]
        if name in seen:
            sanitised.evidence.append(f"cell {name} appears more than once")
        elif name in cells:
            seen.add(name)
            mark = cells[name].mark
            if claimed.get("points", mark.get("points")) != mark.get("points"):
                sanitised.evidence.append(f"cell {name} claims different points")
            cell.metadata["nbgrader"] = from_dict(mark)


def _restore_sources(sanitised, cells):
    """Give cells back the type, and locked cells the text, that they were given out with."""
    for position, cell in enumerate(sanitised.notebook.cells):
        given = cells.get(cell.metadata.get("nbgrader", {}).get("grade_id"))
        if given is None:
            continue
        name = given.mark["grade_id"]
        if cell.cell_type != given.cell_type:
            cell = _made(given.cell_type, cell.source, given.mark)
            sanitised.notebook.cells[position] = cell
            sanitised.evidence.append(f"cell {name} was turned into another type of cell")
        if given.mark["locked"]:
            if _text(cell.source) not in (_text(given.source), _text(visible(given.source))):
                sanitised.evidence.append(f"the locked cell {name} was changed")
            cell.source = given.source


def _add_missing(sanitised, given_out):
    """Put missing cells that award points back, each after the cell that it used to follow."""
    cells = sanitised.notebook.cells
    place = None
    for name, given in given_out.items():
        marks = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in cells]
        if name in marks:
            place = max(place or 0, marks.index(name) + 1)
        elif given.mark["grade"] or given.mark["task"]:
            place = len(cells) if place is None else place
            cells.insert(place, _made(given.cell_type, given.source, given.mark))
            place += 1
            sanitised.evidence.append(f"cell {name} was missing")


def _made(cell_type, source, mark):
    make = new_code_cell if cell_type == "code" else new_markdown_cell
    return make(source=source, metadata={"nbgrader": from_dict(mark)})


def _text(source):
    return "\n".join(line.rstrip() for line in source.strip().splitlines())
