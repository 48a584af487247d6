"""How a class did, question by question: as a table, as a picture, as a CSV file."""

import csv
import textwrap
from collections import Counter
from dataclasses import dataclass, field

import nbformat
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
    """Return the `Question`s of an assignment, from the gradebook and the graded notebooks."""
    found = {}
    with course.gradebook() as gradebook:
        for name, most, student, score, by_hand, manual in _grades(gradebook, course.assignment):
            question = found.setdefault(name, Question(name, most))
            question.points[student] = None if by_hand and manual is None else score
        names = [book.name for book in gradebook.find_assignment(course.assignment).notebooks]
    for submission in course.submissions():
        for name in names:
            for grade_id, diagnosis in _diagnoses(submission.target / f"{name}.ipynb"):
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
        lines.append(line.rstrip())
    return "\n".join(lines)


def picture(found, path):
    """Draw which share of the class has how much of each question's points; save as PNG."""
    import matplotlib

    matplotlib.use("agg")  # the picture goes to a file: no window
    import matplotlib.pyplot as plt

    from cnnedu.plots.points import show_points

    figure = show_points({question.name: (question.most, question.given) for question in found})
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


def _diagnoses(path):
    """Yield (grade_id, what was wrong) of the failed tests in a graded notebook."""
    if not path.exists():
        return
    for cell in nbformat.read(path, as_version=4).cells:
        mark = cell.metadata.get("nbgrader", {})
        errors = [output for output in cell.get("outputs", []) if output.output_type == "error"]
        if mark.get("grade") and errors:
            yield (
                mark["grade_id"],
                printable(
                    textwrap.shorten(errors[0].evalue.split(" In ")[0], 100, placeholder=" …")
                ),
            )
