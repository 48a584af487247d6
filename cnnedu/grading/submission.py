"""Grade one submission, from its folder to its report; all of it happens in a `ChildProcess`.

`prepare` reads the folder and turns its notebooks into jobs. The jobs are executed, here or on
another machine. `finish` puts the outputs into the notebooks and writes them beside their place.
"""

import errno
import textwrap
from dataclasses import dataclass, field

import nbformat
from nbformat.v4 import new_markdown_cell, new_notebook
from nbgrader import utils

from cnnedu.grading import persist, sanitise, variants
from cnnedu.grading.cell_outputs import failure
from cnnedu.grading.exercise import is_test
from cnnedu.grading.job import Job, Result
from cnnedu.grading.printable import printable
from cnnedu.grading.safe_to_open import can_be_opened, is_setting, make_harmless
from cnnedu.grading.same_cell import is_untouched
from cnnedu.grading.submitted_files import Refused, files_in

UNJUDGED = "unjudged"
MOST_REASONS, MOST_SAID = 20, 500
# Errors that say something about the grader's disk, not about the submission.
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EFBIG)


class DiskError(Exception):
    """What was graded can't be written; says why."""


@dataclass
class Report:
    """What the gradebook and the instructor are told.

    Args:
        points: {notebook: {grade_id: points, "by hand" or "unjudged"}}.
        empty: {notebook: grade_ids of the cells that the student left as they were}.
        diagnoses: {grade_id: what was wrong} of the tests that failed.
        problems: why a part could not be graded.
        notes: what is worth a look.
        evidence: what no accident explains.
        differs: {note or evidence: fingerprint of what the submission holds instead}.
        starved: whether something took too long because others used the processors.
    """

    points: dict = field(default_factory=dict)
    empty: dict = field(default_factory=dict)
    diagnoses: dict = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    evidence: list[str] = field(default_factory=list)
    differs: dict = field(default_factory=dict)
    starved: bool = False

    def plain(self):
        """Return the report as plain data, with the reasons cut to a readable length."""
        reasons = ("problems", "notes", "evidence")
        return vars(self) | {name: _short(getattr(self, name)) for name in reasons}

    @classmethod
    def checked(cls, data):
        """Return the report in plain data; `ValueError` if there isn't one."""
        kinds = {name: type(part) for name, part in vars(cls()).items()}
        if {name: type(part) for name, part in data.items()} != kinds:
            raise ValueError("this is not a report")
        return cls(**data)


@dataclass
class Prepared:
    """A submission that has been read.

    Args:
        notebooks: {name: sanitised notebook}.
        jobs: {name: `Job`} of the notebooks that can be executed.
        files: {name: bytes} beside the notebooks.
        doubtful: {name: grade_ids that a human must look at, unless a test gives points}.
        report: the `Report` so far.
    """

    notebooks: dict = field(default_factory=dict)
    jobs: dict = field(default_factory=dict)
    files: dict = field(default_factory=dict)
    doubtful: dict = field(default_factory=dict)
    report: Report = field(default_factory=Report)


def prepare(submission, assignment):
    """Read a submission's folder; return it as a `Prepared`."""
    prepared = Prepared()
    folder = submission.source
    usable = folder.is_dir() and not folder.is_symlink()
    if usable:
        taken = [*assignment.files, *(f"{name}.ipynb" for name in assignment.exercises)]
        ignored = assignment.course.directory.ignore
        report = prepared.report
        prepared.files, report.notes, report.evidence = files_in(folder, ignored, taken)
    for name in assignment.exercises:
        try:
            if not usable:
                raise Refused("the submission is a link or a file, not a folder")
            _prepare_notebook(prepared, folder, name, assignment)
        except Refused as refusal:
            _refuse(prepared, name, str(refusal), assignment)
        except MemoryError:
            raise
        except Exception as error:  # what is wrong with one notebook costs the others nothing
            reason = f"{name} can't be read: {type(error).__name__}: {error}"
            _refuse(prepared, name, reason, assignment)
    prepared.report.notes += [
        f"{name} is not copied: nbgrader would run it as its settings"
        for name in prepared.files
        if is_setting(name)
    ]
    prepared.files |= assignment.files
    return prepared


def job(name, cells, files, assignment):
    """Return the `Job` for a notebook with these code cells and files."""
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
        if submission.question:
            _keep_others(notebook, submission.target / f"{name}.ipynb", submission.question)
        points, report.empty[name] = _points(notebook, result, prepared.doubtful.get(name, ()))
        report.points[name] = points
        report.diagnoses |= _diagnoses(notebook)
        if result.ended:
            report.problems.append(f"the notebook was stopped: {result.ended}")
        for cell, why in result.unjudged.items():
            report.notes.append(f"{cell} has no verdict: {why}")
        if result.slow:
            number = len(result.slow)
            report.notes.append(f"{number} cell{'s' * (number > 1)} took too long")
        report.starved |= result.starved
        make_harmless(notebook, assignment.given[name], assignment.exercises[name].texts)
    try:
        files = prepared.files.items()
        files = {name: data for name, data in files if can_be_opened(name)} | assignment.files
        persist.write_files(submission, prepared.notebooks, files, assignment.course)
    except OSError as error:
        if error.errno in NO_ROOM:
            raise DiskError(error.strerror) from error
        raise
    return report


def give_up(submission, assignment, why):
    """Write a submission that could not be graded; return a `Report` without points."""
    prepared = Prepared(files=dict(assignment.files))
    for name in assignment.exercises:
        _refuse(prepared, name, why, assignment)
    prepared.report.problems = [f"it could not be graded: {why}"]
    return finish(submission, assignment, prepared, {})


def _prepare_notebook(prepared, folder, name, assignment):
    notebook = sanitise.read(folder / f"{name}.ipynb")
    odd, is_evidence = variants.remark(notebook, assignment.variant)
    ready = sanitise.sanitise(notebook, name, assignment.given[name], assignment.course.converter)
    cells = sanitise.cells_to_run(ready.notebook, assignment.exercises[name])
    prepared.report.notes += ready.notes
    prepared.report.evidence += ready.evidence
    prepared.report.differs |= ready.differs
    if odd:
        (prepared.report.evidence if is_evidence else prepared.report.notes).append(odd)
        prepared.report.differs[odd] = ""  # many may differ in this, for one reason
    prepared.doubtful[name] = ready.doubtful
    prepared.notebooks[name] = ready.notebook
    prepared.jobs[name] = job(name, cells, prepared.files, assignment)


def _refuse(prepared, name, reason, assignment):
    """Put a notebook in its place that gives the reason and holds the tests, unsolved."""
    prepared.report.problems.append(reason)
    text = f"**This submission could not be graded:** {reason}."
    notebook = new_notebook(cells=[new_markdown_cell(text)])
    ready = sanitise.sanitise(notebook, name, assignment.given[name], assignment.course.converter)
    prepared.notebooks[name] = ready.notebook


def _fill(notebook, result):
    """Put the outputs into the notebook; a test without a verdict says so."""
    for position, cell in enumerate(notebook.cells):
        if cell.cell_type != "code":
            continue
        outputs = result.outputs.get(position, [])
        if is_test(cell):
            # A warning costs no points here; in nbgrader, any output on stderr does.
            outputs = [output for output in outputs if output.get("name") != "stderr"]
            judged = cell.metadata["nbgrader"]["grade_id"] in result.verdicts
            if not judged and not _errors(outputs):
                outputs = [*outputs, failure("NotGraded", "this test was not run")]
        cell.outputs = outputs


def _keep_others(notebook, graded, question):
    """Put back what all other tests said when they were graded: their points stay as well."""
    said = {
        cell.metadata["nbgrader"]["grade_id"]: cell.outputs
        for cell in nbformat.read(graded, as_version=4).cells
        if is_test(cell)
    }
    for cell in filter(is_test, notebook.cells):
        name = cell.metadata["nbgrader"]["grade_id"]
        if name != question:
            cell.outputs = said.get(name, cell.outputs)


def _points(notebook, result, doubtful):
    """Return ({grade_id: points, "by hand" or "unjudged"}, grade_ids of cells left empty)."""
    points, empty = {}, []
    for cell in notebook.cells:
        mark = cell.metadata.get("nbgrader", {})
        if not mark:
            continue
        name = mark["grade_id"]
        untouched = is_untouched(cell) and not utils.is_task(cell) and name not in doubtful
        if untouched:
            empty.append(name)
        if is_test(cell):
            worth = _worth(result.verdicts.get(name), mark["points"])
            points[name] = UNJUDGED if name in doubtful and not worth else worth
        elif mark.get("grade") or mark.get("task"):
            points[name] = 0 if untouched else persist.BY_HAND
    return points, empty


def _diagnoses(notebook):
    """Return {grade_id: what was wrong, in one line} of the tests that failed."""
    found = {}
    for cell in notebook.cells:
        errors = _errors(cell.get("outputs", []))
        if errors and is_test(cell):
            said = errors[0].evalue.split(" In ")[0]
            found[cell.metadata["nbgrader"]["grade_id"]] = printable(
                textwrap.shorten(said, 100, placeholder=" …")
            )
    return found


def _worth(verdict, most):
    """Return the points for a verdict: all, none, or the value of the cell's last line."""
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


def _errors(outputs):
    return [output for output in outputs if output.output_type == "error"]


def _short(reasons):
    """Return the first reasons, each cut and safe to print; say how many were left out."""
    kept = [printable(reason[:MOST_SAID]) for reason in reasons[:MOST_REASONS]]
    more = len(reasons) - len(kept)
    return kept + ([f"and {more} more"] if more else [])
