"""Read a source file: a percent-format `.py` becomes a notebook with nbgrader's metadata.

In an exercise's source a cell header carries `grade_id="…"` and, if the cell earns points,
`points=…`. Everything else nbgrader needs follows from these two and from whether the cell holds
a solution:

| in the source                  | becomes                                      |
| ------------------------------ | -------------------------------------------- |
| BEGIN SOLUTION, no points      | the student's cell, graded by the next tests |
| points, no BEGIN SOLUTION      | locked tests, graded by nbgrader             |
| points and BEGIN SOLUTION      | an answer graded by hand                     |
| neither                        | a locked cell that stays as it is            |
"""

import hashlib
from pathlib import Path

import jupytext
from nbformat.v4 import new_markdown_cell

HEADER = {"tags", "lines_to_next_cell"}  # besides nbgrader's; the latter is jupytext's own
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


class AuthoringError(Exception):
    """A mistake in a source file; the message names the file and says how to fix it."""


def read(source: Path, root: Path):
    """Return the notebook written in `source`, without outputs.

    The same source always gives the same notebook: a cell's id is computed from its contents.

    Raises:
        AuthoringError: the text isn't UTF-8, a cell's header holds something unknown, a cell that
            needs a `grade_id` has none, or a `grade_id` is used twice.
    """
    shown = source.relative_to(root).as_posix()
    try:
        notebook = jupytext.read(source)
    except UnicodeDecodeError as problem:
        raise AuthoringError(f"{shown}: save it as UTF-8 ({problem})") from None
    notebook.metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    notebook.cells.append(
        new_markdown_cell(f"<sub>Generated from `{shown}`: authors edit that file.</sub>")
    )
    for cell in notebook.cells:
        _add_nbgrader_metadata(cell, shown)
        _fold_quiz(cell)
    set_ids(notebook)
    _refuse_repeated_grade_ids(notebook, shown)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    return notebook


def _add_nbgrader_metadata(cell, shown):
    grade_id = cell.metadata.pop("grade_id", None)
    points = cell.metadata.pop("points", None)
    # Otherwise a misspelt header would quietly make a cell of tests that nobody grades.
    unknown = cell.metadata.keys() - HEADER
    if unknown or not isinstance(points, int | float | None):
        raise AuthoringError(
            f'{shown}: a header holds nothing but grade_id="…", points=NUMBER and tags=["…"], but '
            f"this cell's has something else: {cell.source[:60]!r}"
        )
    has_solution = "BEGIN SOLUTION" in cell.source
    if grade_id is None:
        if points is not None or has_solution:
            raise AuthoringError(f'{shown}: give this cell a grade_id="…": {cell.source[:60]!r}')
        return
    cell.metadata["nbgrader"] = {
        "grade": points is not None,
        "grade_id": grade_id,
        "locked": not has_solution,
        "schema_version": 3,
        "solution": has_solution,
        "task": False,
    }
    if points is not None:
        cell.metadata["nbgrader"]["points"] = points


def _fold_quiz(cell):
    """Make JupyterLab fold the code of a quiz, because it contains the answers."""
    if cell.cell_type == "code" and cell.source.startswith("Quiz("):
        cell.metadata["jupyter"] = {"source_hidden": True}


def set_ids(notebook):
    """Compute ids from the contents, so that editing one cell leaves the other ids unchanged."""
    seen = {}
    for cell in notebook.cells:
        digest = hashlib.sha256(f"{cell.cell_type}\n{cell.source}".encode()).hexdigest()[:12]
        seen[digest] = seen.get(digest, 0) + 1
        cell.id = digest if seen[digest] == 1 else f"{digest}-{seen[digest]}"


def _refuse_repeated_grade_ids(notebook, shown):
    ids = [c.metadata["nbgrader"]["grade_id"] for c in notebook.cells if "nbgrader" in c.metadata]
    for repeated in sorted({i for i in ids if ids.count(i) > 1}):
        raise AuthoringError(f"{shown}: grade_id {repeated!r} is used twice; make each unique")
