"""What a graded assignment tells: which questions are hard, and which students are stuck."""

import random
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import nbformat
import numpy as np
from nbgrader.api import Student
from nbgrader.exchange.default import Exchange

from cnnedu.classroom import similar
from cnnedu.grading import report
from cnnedu.grading.persist import read_status
from cnnedu.grading.submitted_files import content

FEWEST = 5  # students that a correlation needs
LARGEST = 20 * 2**20  # bytes of a notebook


@dataclass
class Item:
    """One question, over the class.

    Args:
        name: its grade_id.
        most: its points.
        share: of its points that the class got, from 0 (nobody any) to 1, or None.
        discrimination: how its points go along with those of all other questions, from −1 to 1:
            the correlation over the students. None for fewer than five, or if all got the same.
        full, none, waiting: how many got all its points, none, or wait for a human.
        diagnoses: Counter of what was wrong.
    """

    name: str
    most: float
    share: float | None
    discrimination: float | None
    full: int
    none: int
    waiting: int
    diagnoses: Counter = field(default_factory=Counter)


@dataclass
class Row:
    """One student.

    Args:
        name: as it is shown.
        score: their points, or None if nothing was handed in or graded.
        handed_in: whether something was collected, graded or not.
        hours: from release to hand-in, or None.
        late: seconds after the due date.
        lost: {grade_id: (points, what was wrong)} of the questions without all points.
    """

    name: str
    score: float | None = None
    handed_in: bool = False
    hours: float | None = None
    late: float = 0.0
    lost: dict = field(default_factory=dict)


@dataclass
class Insight:
    """An assignment, over the class."""

    assignment: str
    most: float
    items: list[Item]
    rows: list[Row]
    pairs: list[similar.Pair]
    sources: dict  # {student: {grade_id: source}} of the pairs

    @property
    def hardest(self):
        """The three questions of which the class got the smallest share, the hardest first."""
        rated = [item for item in self.items if item.share is not None and item.share < 1]
        return sorted(rated, key=lambda item: item.share)[:3]

    def anonymous(self):
        """Return a copy without names and without code, the students in a random order.

        What was said to one student alone is left out: it could quote what they wrote.
        """
        shared = {item.name: {t for t, n in item.diagnoses.items() if n > 1} for item in self.items}
        rows = list(self.rows)
        random.SystemRandom().shuffle(rows)
        rows = [
            replace(
                row,
                name=f"student {number}",
                lost={
                    key: (points, said if said in shared[key] else "")
                    for key, (points, said) in row.lost.items()
                },
            )
            for number, row in enumerate(rows, 1)
        ]
        items = [
            replace(item, diagnoses=Counter({t: item.diagnoses[t] for t in shared[item.name]}))
            for item in self.items
        ]
        return replace(self, items=items, rows=rows, pairs=[], sources={})


def examine(course):
    """Return the `Insight` of a graded assignment.

    Args:
        course: a `Course`.
    """
    questions = report.questions(course)
    handed_in = sorted({name for question in questions for name in question.points})
    people = {name: Row(name) for name in handed_in}
    released = _released(course)
    with course.gradebook() as gradebook:
        most = gradebook.find_assignment(course.assignment).max_score
        for student in gradebook.db.query(Student):
            full = f"{student.first_name or ''} {student.last_name or ''}".strip()
            row = people.setdefault(student.id, Row(student.id))
            row.name = f"{full} ({student.id})" if full else student.id
        for one in gradebook.assignment_submissions(course.assignment):
            row = people[one.student.id]
            row.score, row.late = one.score, max(0.0, one.total_seconds_late)
            row.handed_in = True
            if released and one.timestamp and one.timestamp > released:
                row.hours = (one.timestamp - released).total_seconds() / 3600
    for one in course.submissions():  # also those whose grading failed
        people.setdefault(one.student, Row(one.student)).handed_in = True
    for name in handed_in:
        said = read_status(course.status_folder(), name).get("diagnoses", {})
        for question in questions:
            points = question.points.get(name)
            if points is not None and points < question.most:
                people[name].lost[question.name] = (points, said.get(question.name, ""))
    sources = {name: _answers(course, name) for name in handed_in}
    pairs = similar.pairs(sources, _known(course))
    alike = {name for pair in pairs for name in pair.students}
    return Insight(
        course.assignment,
        most,
        [_item(question, questions) for question in questions],
        sorted(people.values(), key=lambda row: (row.score is None, row.score, row.name)),
        pairs,
        {name: sources[name] for name in alike},
    )


def _item(question, questions):
    given = question.given
    share = float(given.mean() / question.most) if given.size and question.most else None
    return Item(
        question.name,
        question.most,
        share,
        _discrimination(question, questions),
        int((given >= question.most).sum()),
        int((given <= 0).sum()),
        len(question.points) - given.size,
        question.diagnoses,
    )


def _discrimination(question, questions):
    """Return the correlation of a question's points with those of all others together, or None."""
    others = [other for other in questions if other is not question]
    own, rest = [], []
    for name, points in question.points.items():
        if points is not None:
            own.append(points)
            rest.append(sum(other.points.get(name) or 0 for other in others))
    if len(own) < FEWEST or np.ptp(own) == 0 or np.ptp(rest) == 0:
        return None
    return float(np.corrcoef(own, rest)[0, 1])


def _released(course):
    """Return when the assignment was put into the exchange, in UTC, or None if it isn't there."""
    exchange = Exchange(coursedir=course.directory, parent=course.converter)
    folder = Path(exchange.root, course.directory.course_id, "outbound", course.assignment)
    try:
        return datetime.fromtimestamp(folder.stat().st_ctime, UTC).replace(tzinfo=None)
    except OSError:
        return None


def _answers(course, student):
    """Return {grade_id: source} of a student's cells of code, from the graded notebooks."""
    folder = course.directory.format_path(
        course.directory.autograded_directory, student, course.assignment
    )
    return _cells(Path(folder))


def _known(course):
    """Return the cells that everybody may share: the released ones, and the solution's."""
    steps = (course.directory.source_directory, course.directory.release_directory)
    return [
        _cells(Path(course.directory.format_path(step, ".", course.assignment))) for step in steps
    ]


def _cells(folder):
    found = {}
    for path in sorted(folder.glob("*.ipynb")):
        try:
            notebook = nbformat.reads(content(path, LARGEST).decode(), as_version=4)
        except (OSError, ValueError, nbformat.ValidationError):
            continue  # the summary of the grading says what is wrong with it
        for cell in notebook.cells:
            mark = cell.metadata.get("nbgrader", {})
            if cell.cell_type == "code" and mark.get("solution"):
                found[mark["grade_id"]] = cell.source
    return found
