"""Write one submission's scores and notebooks where nbgrader has them.

A submission counts as graded once its folder is there. So first the files are written beside their
place and what was there is taken away, then the scores are written in one transaction, then how it
went, then the folder is put into its place. Each step has reached the disk before the next begins:
whatever stops the grader in between, be it a power cut, the next run does this submission again.
"""

import json
import os
import shutil

import nbformat
from nbgrader import utils
from nbgrader.preprocessors import AssignLatePenalties


def write_files(submission, notebooks, files, course):
    """Write a graded submission beside its place, and take away what was in the place.

    Args:
        submission: a `Submission`.
        notebooks: {name: executed notebook}.
        files: {name: bytes} to lie beside them.
        course: the `Course`.
    """
    partial, old = _beside(submission.target)
    for folder in (partial, old):
        shutil.rmtree(folder, ignore_errors=True)
    partial.mkdir(parents=True)
    for name, notebook in notebooks.items():
        nbformat.write(notebook, partial / f"{name}.ipynb")
    for name, data in files.items():
        path = partial / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    for path in [*partial.rglob("*"), partial]:
        if path.is_file():
            path.chmod(int(str(course.converter.permissions), 8))
        to_disk(path)
    if submission.target.exists():
        submission.target.rename(old)
    to_disk(partial.parent)


def write_scores(submission, notebooks, gradebook, course, failed):
    """Write the scores all at once; return (points, most points, needs a human).

    They are those that nbgrader's SaveAutoGrades and AssignLatePenalties would write.

    Args:
        submission: a `Submission`.
        notebooks: {name: executed notebook}.
        gradebook: open; nobody else writes to it.
        course: the `Course`.
        failed: whether a human must look because grading failed.
    """
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


def write_status(folder, student, status):
    """Keep how grading a submission went."""
    folder.mkdir(parents=True, exist_ok=True)
    partial = folder / f"{student}.partial"
    partial.write_text(json.dumps(status, indent=1), encoding="utf-8")
    to_disk(partial)
    partial.replace(folder / f"{student}.json")
    to_disk(folder)


def put_in_place(submission):
    """Put the files into their place: from now on the submission is graded."""
    partial, old = _beside(submission.target)
    partial.rename(submission.target)
    to_disk(partial.parent)
    shutil.rmtree(old, ignore_errors=True)


def read_status(folder, student):
    """Return what `write_status` kept, or {}."""
    try:
        return json.loads((folder / f"{student}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


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


def to_disk(path):
    """Wait until a file's content, or a folder's list of names, has reached the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _beside(target):
    """Return the folders beside a submission's place, for what comes and for what goes."""
    return [target.with_name(f".{target.name}.{kind}") for kind in ("partial", "old")]
