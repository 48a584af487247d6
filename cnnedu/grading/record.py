"""Write one submission's scores and notebooks where nbgrader has them.

First the files beside their place, then the scores in one transaction, then the files into their
place: a submission counts as graded once its folder is there, so whatever stops the grader in
between, the next run does this submission again and nothing is half written.
"""

import json
import os
import shutil

import nbformat
from nbgrader import utils
from nbgrader.preprocessors import AssignLatePenalties


def record(submission, notebooks, files, gradebook, course, failed):
    """Store a graded submission; return (points, most points, needs a human).

    Args:
        submission: a `Submission`.
        notebooks: {name: executed notebook}.
        files: {name: bytes} to lie beside them.
        gradebook: open; nobody else writes to it.
        course: the `Course`.
        failed: whether a human must look because grading failed.
    """
    partial = submission.target.with_name(f".{submission.target.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    for name, notebook in notebooks.items():
        nbformat.write(notebook, partial / f"{name}.ipynb")
    for name, data in files.items():
        path = partial / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    for path in partial.rglob("*"):
        if path.is_file():
            _to_disk(path)
            path.chmod(int(str(course.converter.permissions), 8))
    outcome = _scores(submission, notebooks, gradebook, course, failed)
    _replace(partial, submission.target)
    return outcome


def write_status(folder, student, status):
    """Keep how grading a submission went."""
    folder.mkdir(parents=True, exist_ok=True)
    partial = folder / f"{student}.partial"
    partial.write_text(json.dumps(status, indent=1), encoding="utf-8")
    partial.replace(folder / f"{student}.json")


def read_status(folder, student):
    """Return what `write_status` kept, or {}."""
    try:
        return json.loads((folder / f"{student}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _scores(submission, notebooks, gradebook, course, failed):
    """Write the scores, as nbgrader's SaveAutoGrades and AssignLatePenalties do, all at once."""
    student = submission.student
    stamp = course.timestamp(submission.source)
    gradebook.update_or_create_student(student)
    settings = {"timestamp": stamp} if stamp else {}
    stored = gradebook.update_or_create_submission(course.assignment, student, **settings)
    try:
        for book in stored.notebooks:
            cells = {
                cell.metadata.nbgrader["grade_id"]: cell
                for cell in (notebooks[book.name].cells if book.name in notebooks else [])
                if cell.metadata.get("nbgrader", {}).get("grade_id")
            }
            for grade in book.grades:
                _score(grade, cells.get(grade.name), failed)
            for comment in book.comments:
                _comment(comment, cells.get(comment.name))
            gradebook.db.flush()
            _penalise(book, stored, student, course)
        gradebook.db.commit()
    except BaseException:
        gradebook.db.rollback()
        raise
    return stored.score, stored.max_score, any(book.needs_manual_grade for book in stored.notebooks)


def _score(grade, cell, failed):
    grade.auto_score = 0 if cell is None else utils.determine_grade(cell)[0]
    by_hand = grade.manual_score is not None or grade.auto_score is None
    grade.needs_manual_grade = by_hand or failed


def _comment(comment, cell):
    empty = False
    if cell is not None and not utils.is_task(cell):
        empty = cell.metadata.nbgrader.get("checksum") == utils.compute_checksum(cell)
    comment.auto_comment = "No response." if empty else None


def _penalise(book, stored, student, course):
    """Take off what the course takes off for being late."""
    book.late_submission_penalty = None
    if stored.total_seconds_late <= 0:
        return
    rule = AssignLatePenalties(parent=course.converter, log=course.log)
    rule.init_plugin()
    late = rule.plugin_inst.late_submission_penalty(student, book.score, stored.total_seconds_late)
    if late is not None:
        book.late_submission_penalty = rule._check_late_penalty(book, late)


def _to_disk(path):
    with open(path, "rb") as file:
        os.fsync(file.fileno())


def _replace(partial, target):
    """Put a folder in the place of another; in between there is none, never half of one."""
    old = target.with_name(f".{target.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.rename(old)
    partial.rename(target)
    shutil.rmtree(old, ignore_errors=True)
