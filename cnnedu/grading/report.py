"""How a class did, question by question: as a table, as a picture, as a CSV file."""

import csv
from collections import Counter
from dataclasses import dataclass, field

import numpy as np
from nbgrader.api import Assignment, BaseCell, Grade, SubmittedAssignment, SubmittedNotebook

from cnnedu.grading.printable import harmless_cell_value, printable
from cnnedu.grading.record import read_status


@dataclass
class Question:
    """One graded cell: the points of all students, None where a human must still look."""

    name: str
    most: float
    points: dict[str, float | None] = field(default_factory=dict)
    diagnoses: Counter = field(default_factory=Counter)

    @property
    def given(self):
        """Return the points that are given, as an array."""
        return np.array([value for value in self.points.values() if value is not None])


def questions(course):
    """Return the `Question`s of an assignment, from the gradebook and how grading went."""
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
    """Return the questions as lines: mean, spread, commonest diagnosis."""
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
    """Write what is asked for; return a line on each file that can't be written."""
    lines = []
    for path, written in [
        (csv_file, lambda: write_csv(course, found, csv_file)),
        (picture_file, lambda: picture(found, picture_file)),
    ]:
        try:
            if path is not None:
                written()
        except (OSError, ValueError) as error:  # a ValueError: no such kind of picture
            said = getattr(error, "strerror", None) or str(error)
            lines.append(
                f"{printable(path)} can't be written: {printable(said)}. The scores are kept: run "
                "the command again with another path, and nothing is graded twice"
            )
    return lines


def picture(found, path):
    """Draw which share of the class has how much of each question's points; save as PNG."""
    import matplotlib

    matplotlib.use("agg")  # the picture goes to a file: no window
    import matplotlib.pyplot as plt

    from cnnedu.plots.class_points import show_class_points

    figure = show_class_points(
        {question.name: (question.most, question.given) for question in found}
    )
    figure.savefig(path)
    plt.close(figure)


def write_csv(course, found, path):
    """Write one row per student, as learning platforms import it."""
    with course.gradebook() as gradebook:
        rows = [
            {
                "student_id": submission.student.id,
                "last_name": submission.student.last_name or "",
                "first_name": submission.student.first_name or "",
                "email": submission.student.email or "",
                "score": submission.score - submission.late_submission_penalty,
                "max_score": submission.max_score,
                "late_penalty": submission.late_submission_penalty,
                "state": read_status(course.status_folder(), submission.student.id).get("state"),
                **{question.name: question.points[submission.student.id] for question in found},
            }
            for submission in gradebook.assignment_submissions(course.assignment)
        ]
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]) if rows else ["student_id"])
        writer.writeheader()
        writer.writerows(
            {key: harmless_cell_value(value) for key, value in row.items()} for row in rows
        )


def _grades(gradebook, assignment):
    """Return an iterator over the grades, as plain rows: a large class as objects fills memory."""
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
