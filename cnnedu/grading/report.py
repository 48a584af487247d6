"""How a class did, question by question: as a table, a picture or a CSV file."""

import csv
import io
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np
from nbgrader.api import (
    Assignment,
    BaseCell,
    Grade,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)

from cnnedu.data.whole_file import write_whole
from cnnedu.grading.persist import read_status
from cnnedu.grading.printable import harmless_cell_value, printable


@dataclass
class Question:
    """One graded cell: the points of all students, None if a human must still grade it."""

    name: str
    most: float
    points: dict[str, float | None] = field(default_factory=dict)
    diagnoses: Counter = field(default_factory=Counter)

    @property
    def given(self):
        """The points that are given so far, as an array."""
        return np.array([value for value in self.points.values() if value is not None])


def questions(course):
    """Return the `Question`s of an assignment, from the gradebook and the statuses."""
    found = {}
    with course.gradebook() as gradebook:
        for name, most, student, score, by_hand, manual in _grades(gradebook, course.assignment):
            question = found.setdefault(name, Question(name, most))
            question.points[student] = None if by_hand and manual is None else score
    for submission in course.submissions():
        status = read_status(course.status_folder(), submission.student)
        for grade_id, diagnosis in status.get("diagnoses", {}).items():
            if grade_id in found:
                found[grade_id].diagnoses[diagnosis] += 1
    return [found[name] for name in sorted(found)]


def table(found):
    """Return a line for each question: mean, most points, how many have full or no points."""
    lines = [f"{'question':<28}{'mean':>6}{'of':>5}{'full':>6}{'none':>6}  commonest diagnosis"]
    for question in found:
        given = question.given
        mean = f"{given.mean():.2f}" if given.size else "–"
        full, none = (int((given == points).sum()) for points in (question.most, 0))
        diagnosis = question.diagnoses.most_common(1)
        said = f"{diagnosis[0][1]} × {diagnosis[0][0]}" if diagnosis else ""
        line = f"{question.name:<28}{mean:>6}{question.most:>5g}{full:>6}{none:>6}  {said}"
        lines.append(printable(line.rstrip()))
    return "\n".join(lines)


def write(course, found, csv_file=None, picture_file=None):
    """Write the files that are asked for; return a line for each that can't be written."""
    lines = []
    for path, write_to in (
        (csv_file, partial(write_csv, course, found)),
        (picture_file, partial(picture, found)),
    ):
        try:
            if path is not None:
                write_to(path)
        except (OSError, ValueError) as error:  # a ValueError means an unknown kind of picture
            said = getattr(error, "strerror", None) or str(error)
            lines.append(
                f"{printable(path)} can't be written: {printable(said)}. The scores are kept: run "
                "the command again with another path; nothing is graded twice"
            )
    return lines


def picture(found, path):
    """Draw how the points of each question are distributed over the class; save as PNG."""
    import matplotlib

    matplotlib.use("agg")  # no window: the picture goes to a file

    from cnnedu.plots.class_points import show_class_points

    figure = show_class_points(
        {question.name: (question.most, question.given) for question in found}
    )
    data = io.BytesIO()
    figure.savefig(data, format=Path(path).suffix[1:] or "png")
    write_whole(path, data.getvalue())


def write_csv(course, found, path):
    """Write one row per student, which learning platforms can import and spreadsheets open.

    As in nbgrader's own export, whoever handed in nothing has 0 points. Whoever handed in something
    that isn't graded yet has none so far.
    """
    handed_in = {submission.student for submission in course.submissions()}
    with course.gradebook() as gradebook:
        graded = gradebook.assignment_submissions(course.assignment)
        rows = [_row(course, submission, found) for submission in graded]
        most = gradebook.find_assignment(course.assignment).max_score
        columns = (Student.id, Student.last_name, Student.first_name, Student.email)
        everybody = gradebook.db.query(*columns).order_by(*columns).all()
    done = {row["student_id"] for row in rows}
    for student in everybody:
        if student.id not in done:
            waits = student.id in handed_in
            points, state = ("", "not graded") if waits else (0.0, "nothing handed in")
            totals = {"score": points, "max_score": most, "late_penalty": 0.0, "state": state}
            rows.append(_person(student) | totals | {one.name: points for one in found})
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, fieldnames=list(rows[0]) if rows else ["student_id"])
    writer.writeheader()
    writer.writerows(
        {key: harmless_cell_value(value) for key, value in row.items()} for row in rows
    )
    # Excel takes a file for UTF-8 only if this mark is at its beginning; other programs skip it.
    write_whole(path, text.getvalue().encode("utf-8-sig"))


def _row(course, submission, found):
    """Return the row of a graded submission; its score isn't below 0, as in nbgrader's export."""
    name, penalty = submission.student.id, submission.late_submission_penalty
    return _person(submission.student) | {
        "score": max(0.0, submission.score - penalty),
        "max_score": submission.max_score,
        "late_penalty": penalty,
        "state": read_status(course.status_folder(), name).get("state"),
        **{question.name: question.points.get(name) for question in found},
    }


def _person(student):
    return {
        "student_id": student.id,
        "last_name": student.last_name or "",
        "first_name": student.first_name or "",
        "email": student.email or "",
    }


def _grades(gradebook, assignment):
    """Return an iterator over the grades as rows: as objects, a large class would fill memory."""
    columns = (
        BaseCell.name,
        Grade.max_score,
        SubmittedAssignment.student_id,
        Grade.score,
        Grade.needs_manual_grade,
        Grade.manual_score,
    )
    return (
        gradebook.db.query(*columns)
        .select_from(SubmittedAssignment)
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Grade, Grade.notebook_id == SubmittedNotebook.id)
        .join(BaseCell, BaseCell.id == Grade.cell_id)
        .filter(Assignment.name == assignment)
        .yield_per(1000)
    )
