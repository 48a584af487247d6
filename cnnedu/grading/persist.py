"""Write one submission's scores and notebooks to nbgrader's gradebook and folders, safely.

A submission counts as graded once its folder is in place, so that comes last:

1. The files are written beside their place, and the folder that was there is moved away.
2. The scores are written in one transaction.
3. The status, which says how grading went, is written.
4. The folder is moved to its place.

Each step has reached the disk before the next begins. Whatever stops the grader in between, even a
power cut, the next run grades this submission again.
"""

import hashlib
import json
import os
import shutil

import nbformat
from nbgrader.api import Comment, Grade
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy.orm import joinedload, undefer

BY_HAND = "by hand"  # in place of the points, for an answer that a human grades


def write_files(submission, notebooks, files, course):
    """Write a graded submission beside its place, and move the old one out of the way.

    Args:
        submission: a `Submission`.
        notebooks: {name: executed notebook}.
        files: {name: bytes} to put beside them.
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


def write_scores(submission, report, gradebook, course, stamp, failed, regrade=None):
    """Write the scores in one transaction; return (points, most points, needs a human).

    They are what nbgrader's SaveAutoGrades and AssignLatePenalties would write, with one exception:
    a test without points in the report gets 0 and waits for a human.

    Args:
        submission: a `Submission`.
        report: its `Report`.
        gradebook: open; nobody else writes to it.
        course: the `Course`.
        stamp: when it was handed in, or None.
        failed: whether a human must look because grading failed.
        regrade: a `Regrade` to log, or None.
    """
    student = submission.student
    gradebook.update_or_create_student(student)
    settings = {"timestamp": stamp} if stamp else {}
    stored = gradebook.update_or_create_submission(course.assignment, student, **settings)
    try:
        for book in stored.notebooks:
            with gradebook.db.no_autoflush:  # or each cell's look-up would write the one before
                _fill_in(book, report, gradebook, submission.question, failed)
            gradebook.db.flush()
            _penalise(book, stored, student, course)
        if regrade:  # no points change without a line in the log
            regrade.log(course, gradebook)
        gradebook.db.commit()
    except BaseException:
        gradebook.db.rollback()
        raise
    return stored.score, stored.max_score, any(book.needs_manual_grade for book in stored.notebooks)


def write_status(folder, student, status):
    """Write down how grading a submission went."""
    folder.mkdir(parents=True, exist_ok=True)
    place = _status_file(folder, student)
    partial = place.with_suffix(".partial")
    partial.write_text(json.dumps(status, indent=1), encoding="utf-8")
    to_disk(partial)
    partial.replace(place)
    to_disk(folder)


def put_in_place(submission):
    """Move the files to their place: from now on the submission counts as graded."""
    partial, old = _beside(submission.target)
    partial.rename(submission.target)
    to_disk(partial.parent)
    shutil.rmtree(old, ignore_errors=True)


def put_back(submission):
    """Undo `write_files`: what was there before is in its place again."""
    partial, old = _beside(submission.target)
    shutil.rmtree(partial, ignore_errors=True)
    if old.exists() and not submission.target.exists():
        old.rename(submission.target)
        to_disk(submission.target.parent)


def read_status(folder, student):
    """Return what `write_status` wrote, or {} if nothing did or the file is damaged."""
    try:
        status = json.loads(_status_file(folder, student).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return status if isinstance(status, dict) else {}


def _status_file(folder, student):
    """Return the file of a student's status; names of any length fit."""
    name = student.encode("utf-8", "surrogateescape")
    return folder / f"{hashlib.sha256(name).hexdigest()[:32]}.json"


def _fill_in(book, report, gradebook, question, failed):
    """Set the points and comments of a notebook's cells, or the points of one question alone."""
    points, empty = report.points.get(book.name), report.empty.get(book.name)
    # One query each, instead of one for every cell.
    cells = joinedload(Grade.cell), joinedload(Comment.cell)
    grades = gradebook.db.query(Grade).options(cells[0], undefer(Grade.max_score))
    comments = gradebook.db.query(Comment).options(cells[1])
    for grade in grades.filter_by(notebook_id=book.id):
        if question in ("", grade.name):
            _score(grade, points.get(grade.name) if isinstance(points, dict) else None, failed)
    for comment in [] if question else comments.filter_by(notebook_id=book.id):
        left_out = isinstance(empty, list) and comment.name in empty
        comment.auto_comment = "No response." if left_out else None


def _score(grade, points, failed):
    """Set a grade's points; without any, they are 0 and wait for a human."""
    is_number = isinstance(points, (int, float)) and not isinstance(points, bool)
    if points == BY_HAND:
        grade.auto_score = None
    else:
        grade.auto_score = points if is_number and 0 <= points <= grade.max_score else 0
    given = is_number and grade.auto_score == points
    grade.needs_manual_grade = grade.manual_score is not None or not given or failed


def _penalise(book, stored, student, course):
    """Set the penalty for being late."""
    book.late_submission_penalty = None
    if stored.total_seconds_late <= 0:
        return
    rule = AssignLatePenalties(parent=course.converter, log=course.log)
    rule.init_plugin()
    late = rule.plugin_inst.late_submission_penalty(student, book.score, stored.total_seconds_late)
    if late is not None:
        book.late_submission_penalty = rule._check_late_penalty(book, late)


def to_disk(path):
    """Wait until the content of a file, or the list of a folder's names, has reached the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _beside(target):
    """Return the folders beside a submission's place: for the new files and for the old ones."""
    return [target.with_name(f".{target.name}.{kind}") for kind in ("partial", "old")]
