"""Grade one submission, from its folder to what the gradebook is told; runs behind a fence.

`prepare` reads the folder and makes jobs of its notebooks; `finish` puts what came out into them
and writes them beside their place. In between the jobs are executed, here or on another machine.
"""

import errno
import textwrap
from dataclasses import dataclass, field

from nbgrader import utils

from cnnedu.grading import record, sanitise
from cnnedu.grading.execute import Job, Result
from cnnedu.grading.folder import LINK, Refused, files_in
from cnnedu.grading.forkserver import Limits
from cnnedu.grading.opened import can_be_opened, is_setting, make_harmless
from cnnedu.grading.outputs import failure
from cnnedu.grading.printable import printable

UNJUDGED = "unjudged"
MOST_REASONS, MOST_SAID = 20, 500
# They tell of the grader's disk, not of the submission.
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EFBIG)


class DiskError(Exception):
    """What was graded can't be written; says why."""


@dataclass(frozen=True)
class Assignment:
    """What all submissions of an assignment share.

    Args:
        course: the `Course`.
        exercises: {name of a notebook: its `Exercise`}.
        given: {name of a notebook: its `GivenOut`}.
        files: {name: bytes} that the instructor gave out beside the notebooks.
        timeout: seconds that a cell may take.
        limits: `Limits` of each process.
        patience: how many times the timeout something may take while others have the processors.
    """

    course: object
    exercises: dict
    given: dict
    files: dict
    timeout: float
    limits: Limits
    patience: int = 1


@dataclass
class Report:
    """What the gradebook and the instructor are told.

    Args:
        points: {notebook: {grade_id: points, "by hand" or "unjudged"}}.
        empty: {notebook: grade_ids of the cells that nobody has filled in}.
        diagnoses: {grade_id: what was wrong} of the tests that failed.
        problems: why a part could not be graded.
        notes: what is worth a look.
        evidence: what looks like cheating.
        starved: whether it took too long while others used the processors.
    """

    points: dict = field(default_factory=dict)
    empty: dict = field(default_factory=dict)
    diagnoses: dict = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    evidence: list[str] = field(default_factory=list)
    starved: bool = False

    def plain(self):
        """Return the report as plain data, with as much of the reasons as somebody will read."""
        reasons = ("problems", "notes", "evidence")
        return vars(self) | {name: _short(getattr(self, name)) for name in reasons}

    @classmethod
    def checked(cls, data):
        """Return the report in plain data; `ValueError` if there is none."""
        kinds = {"points": dict, "empty": dict, "diagnoses": dict, "starved": bool}
        kinds |= dict.fromkeys(("problems", "notes", "evidence"), list)
        if data.keys() != kinds.keys():
            raise ValueError("this is no report")
        if any(not isinstance(data[name], kind) for name, kind in kinds.items()):
            raise ValueError("this is no report")
        return cls(**data)


@dataclass
class Prepared:
    """A submission that was read.

    Args:
        notebooks: {name: sanitised notebook}.
        jobs: {name: `Job`}, of those that can be executed.
        files: {name: bytes} to lie beside them.
        report: what there is to say of it already.
    """

    notebooks: dict = field(default_factory=dict)
    jobs: dict = field(default_factory=dict)
    files: dict = field(default_factory=dict)
    report: Report = field(default_factory=Report)


def prepare(submission, assignment):
    """Read a submission's folder; return what is `Prepared`."""
    prepared = Prepared()
    folder = submission.source
    usable = folder.is_dir() and not folder.is_symlink()
    if usable:
        taken = [*assignment.files, *(f"{name}.ipynb" for name in assignment.exercises)]
        ignored = assignment.course.directory.ignore
        prepared.files, left_out = files_in(folder, ignored, taken)
        for reason in left_out:
            (prepared.report.evidence if LINK in reason else prepared.report.notes).append(reason)
    for name in assignment.exercises:
        try:
            if not usable:
                raise Refused("the submission is no folder, but a link or a file")
            _prepare_notebook(prepared, folder, name, assignment)
        except Refused as refusal:
            _refuse(prepared, name, str(refusal), assignment)
        except MemoryError:
            raise
        except Exception as error:  # one notebook's oddity is not the others' loss
            reason = f"{name} can't be read: {type(error).__name__}: {error}"
            _refuse(prepared, name, reason, assignment)
    settings = [name for name in prepared.files if is_setting(name)]
    prepared.report.evidence += [
        f"{name} is a program that nbgrader would run" for name in settings
    ]
    prepared.files |= assignment.files
    return prepared


def job(name, cells, files, assignment):
    """Return the `Job` of a notebook with these code cells and files."""
    return Job(
        [tuple(cell) for cell in cells],
        assignment.exercises[name],
        files,
        assignment.files,
        assignment.timeout,
        assignment.limits,
        assignment.patience,
    )


def finish(submission, assignment, prepared, results):
    """Write a submission beside its place; return the `Report`.

    Args:
        submission: the `Submission`.
        assignment: the `Assignment`.
        prepared: as `prepare` returned it.
        results: {name of a notebook: `Result`}.
    """
    report = prepared.report
    for name, notebook in prepared.notebooks.items():
        result = results.get(name, Result())
        _fill(notebook, result)
        points, report.empty[name] = _points(notebook, result)
        report.points[name] = points
        report.diagnoses |= _diagnoses(notebook)
        if result.ended:
            report.problems.append(f"the notebook was stopped: {result.ended}")
        for cell, why in result.unjudged.items():
            report.notes.append(f"{cell} has no verdict: {why}")
        if result.slow:
            report.notes.append(f"{len(result.slow)} of its cells took too long")
        report.starved |= result.starved
        make_harmless(notebook, assignment.given[name], assignment.exercises[name].texts)
    try:
        files = prepared.files.items()
        files = {name: data for name, data in files if can_be_opened(name)} | assignment.files
        record.write_files(submission, prepared.notebooks, files, assignment.course)
    except OSError as error:
        if error.errno in NO_ROOM:
            raise DiskError(error.strerror) from error
        raise
    return report


def give_up(submission, assignment, why):
    """Write a submission that nothing came of; return the `Report` that gives no point."""
    prepared = Prepared(files=dict(assignment.files))
    for name in assignment.exercises:
        _refuse(prepared, name, why, assignment)
    prepared.report.problems = [f"it could not be graded: {why}"]
    return finish(submission, assignment, prepared, {})


def _prepare_notebook(prepared, folder, name, assignment):
    notebook = sanitise.read(folder / f"{name}.ipynb")
    ready = sanitise.sanitise(notebook, name, assignment.given[name], assignment.course.converter)
    cells = sanitise.cells_to_run(ready.notebook, assignment.exercises[name])
    prepared.report.evidence += ready.evidence
    prepared.notebooks[name] = ready.notebook
    prepared.jobs[name] = job(name, cells, prepared.files, assignment)


def _refuse(prepared, name, reason, assignment):
    """Put a notebook that says why, with the tests that nobody solved, in the place."""
    prepared.report.problems.append(reason)
    empty = sanitise.placeholder(reason)
    converter = assignment.course.converter
    ready = sanitise.sanitise(empty, name, assignment.given[name], converter)
    prepared.notebooks[name] = ready.notebook


def _fill(notebook, result):
    """Put the outputs into the notebook; a test without a verdict shows that it has none."""
    for position, cell in enumerate(notebook.cells):
        if cell.cell_type != "code":
            continue
        mark = cell.metadata.get("nbgrader", {})
        outputs = result.outputs.get(position, [])
        if _is_test(mark):
            # A warning costs no points; nbgrader gives none for a cell with output on stderr.
            outputs = [output for output in outputs if output.get("name") != "stderr"]
            if mark["grade_id"] not in result.verdicts and not _failed(outputs):
                outputs = [*outputs, failure("NotGraded", "this was not executed")]
        cell.outputs = outputs


def _points(notebook, result):
    """Return ({grade_id: points, "by hand" or "unjudged"}, grade_ids of cells left empty)."""
    points, empty = {}, []
    for cell in notebook.cells:
        mark = cell.metadata.get("nbgrader", {})
        if not mark:
            continue
        untouched = mark.get("checksum") == utils.compute_checksum(cell)
        if not utils.is_task(cell) and untouched:
            empty.append(mark["grade_id"])
        if _is_test(mark) and cell.cell_type == "code":
            verdict = result.verdicts.get(mark["grade_id"])
            points[mark["grade_id"]] = _worth(verdict, mark["points"])
        elif mark.get("grade") or mark.get("task"):
            points[mark["grade_id"]] = 0 if mark.get("solution") and untouched else record.BY_HAND
    return points, empty


def _diagnoses(notebook):
    """Return {grade_id: what was wrong, in a line} of the tests that failed."""
    found = {}
    for cell in notebook.cells:
        mark = cell.metadata.get("nbgrader", {})
        errors = [output for output in cell.get("outputs", []) if output.output_type == "error"]
        if _is_test(mark) and errors:
            said = errors[0].evalue.split(" In ")[0]
            found[mark["grade_id"]] = printable(textwrap.shorten(said, 100, placeholder=" …"))
    return found


def _worth(verdict, most):
    """Return the points of a verdict: all, none, or the number that the cell ends with."""
    if verdict is None:
        return UNJUDGED
    passed, shown = verdict
    if not passed:
        return 0
    try:
        given = float(shown)
    except (TypeError, ValueError):
        return most
    return given if 0 <= given <= most else UNJUDGED


def _is_test(mark):
    return mark.get("grade") and not mark.get("solution")


def _failed(outputs):
    return any(output.output_type == "error" for output in outputs)


def _short(reasons):
    """Return at most so many reasons, none of them too long, for any terminal and file."""
    kept = [printable(reason[:MOST_SAID]) for reason in reasons[:MOST_REASONS]]
    more = len(reasons) - len(kept)
    return kept + ([f"and {more} more"] if more else [])
