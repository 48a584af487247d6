"""The scores of an assignment that the school may have: those to which nothing is left to do."""

from dataclasses import dataclass

from nbgrader.api import Student

WAITS_FOR_GRADING = "not graded yet"
WAITS_FOR_A_HUMAN = "waits to be graded by hand"


@dataclass
class Score:
    """One student's score.

    Args:
        student: their name in the gradebook.
        email, first_name, last_name: as the gradebook has them, or "".
        points: with the penalty for being late, or None if they aren't final.
        waits: why they aren't final, or "".
    """

    student: str
    email: str = ""
    first_name: str = ""
    last_name: str = ""
    points: float | None = 0.0
    waits: str = ""


def final_scores(course):
    """Return ([`Score`] of everybody in the gradebook, most points possible).

    As in nbgrader's own export, whoever handed in nothing has 0 points, and no penalty makes a
    score negative.

    Args:
        course: a `Course`.
    """
    handed_in = {submission.student for submission in course.submissions()}
    columns = (Student.id, Student.email, Student.first_name, Student.last_name)
    with course.gradebook() as gradebook:
        most = gradebook.find_assignment(course.assignment).max_score
        found = {
            row[0]: Score(*(cell or "" for cell in row))
            for row in gradebook.db.query(*columns).order_by(Student.id)
        }
        for name in handed_in & found.keys():
            found[name].points, found[name].waits = None, WAITS_FOR_GRADING
        for one in gradebook.assignment_submissions(course.assignment):
            score = found[one.student.id]
            if one.needs_manual_grade:
                score.points, score.waits = None, WAITS_FOR_A_HUMAN
            else:
                points = max(0.0, one.score - one.late_submission_penalty)
                score.points, score.waits = points, ""
    return list(found.values()), most
