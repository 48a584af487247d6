"""Grade one question of one student again, and keep in a log who asked for it, and why."""

import getpass
import json
import os
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from cnnedu.data.whole_file import write_whole
from cnnedu.grading.course import GradingError
from cnnedu.grading.printable import printable

LOG = "regrades.jsonl"  # beside the gradebook
DONE = ("graded", "needs a human")


@dataclass
class Regrade:
    """What is graded again.

    Args:
        student: whose answer.
        question: the grade_id of the test or of the answer graded by hand.
        reason: why; the student reads it.
        before, after: the points, or None while a human must still give them.
        most: the most points.
    """

    student: str
    question: str
    reason: str
    before: float | None = None
    after: float | None = None
    most: float = 0.0

    def checked(self, submission, status, gradebook, course):
        """Return the submission, marked so that nothing but the question is graded again.

        Args:
            submission: a `Submission` with its fingerprint.
            status: what an earlier run has kept of it.
            gradebook: open.
            course: the `Course`.

        Raises:
            GradingError: there is no such question, or the whole submission must be graded first.
        """
        who = printable(self.student)
        whole = f"first run `cnnedu grade {course.assignment} --student {who} --force`"
        log_file(course.directory.db_url)  # says so if there can be none
        if status.get("state") not in DONE or not submission.target.exists():
            raise GradingError(f"{who} isn't graded yet, or not by this command: {whole}")
        if status.get("fingerprint") != submission.fingerprint:
            raise GradingError(f"{who}'s files have changed since: {whole}")
        grades = _grades(gradebook, course.assignment, self.student)
        if self.question not in grades:
            raise GradingError(
                f"there is no question {printable(self.question)}: give one of "
                f"{', '.join(sorted(grades))}"
            )
        grade = grades[self.question]
        self.before, self.most = _points(grade), grade.max_score
        return replace(submission, question=self.question)

    def log(self, course, gradebook):
        """Look up the points and write all of it to the log; it has reached the disk then."""
        grades = _grades(gradebook, course.assignment, self.student)
        self.after = _points(grades[self.question])
        entry = {
            "when": datetime.now(UTC).isoformat(timespec="seconds"),
            "by": _user(),
            "assignment": course.assignment,
            **vars(self),
        }
        path = log_file(course.directory.db_url)
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        line = json.dumps(entry, ensure_ascii=False)
        write_whole(path, f"{before}{line}\n".encode("utf-8", "backslashreplace"))

    def told(self, assignment):
        """Return what the instructor is told, with the commands that tell the student."""
        who = printable(self.student)
        return (
            f"{who}, {self.question}: {self.change}; the reason is logged. To show it to the "
            f"student: nbgrader generate_feedback {assignment} --student {who} --force"
        )

    @property
    def change(self):
        """Return the points before and after, in words."""
        return f"{_said(self.before)} → {_said(self.after)} of {self.most:g} points"


def asked(student, question, reason, whole=False):
    """Return the `Regrade` that options ask for, or None if they ask for none.

    Args:
        student, question, reason: texts, or None.
        whole: whether other options ask to grade whole submissions.

    Raises:
        GradingError: the options don't go together.
    """
    if question is None:
        if reason is not None:
            raise GradingError("--reason goes with --question")
        return None
    if student is None:
        raise GradingError("--question goes with --student: it grades one student's answer again")
    if not (reason or "").strip():
        raise GradingError('--question needs a --reason "…": the student will read it')
    if whole:
        raise GradingError("--question grades one question: leave out --force and --failed-only")
    return Regrade(student, question, reason.strip())


def log_file(db_url):
    """Return the path of the log of a gradebook.

    Raises:
        GradingError: the gradebook isn't a file.
    """
    kind, _, path = db_url.partition(":///")
    if kind != "sqlite":
        raise GradingError("--question needs a gradebook in a file: its log is kept beside that")
    return Path(path).parent / LOG


def read_log(db_url, assignment, student):
    """Return [(day, `Regrade`)] of a student, the oldest first; damaged lines are left out."""
    try:
        lines = log_file(db_url).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError, GradingError):
        return []
    found = []
    for line in lines:
        try:
            entry = json.loads(line)
            if (entry.pop("assignment"), entry["student"]) == (assignment, student):
                day = datetime.fromisoformat(entry.pop("when"))
                entry.pop("by")
                found.append((day, Regrade(**entry)))
        except (ValueError, TypeError, KeyError, AttributeError):
            continue
    return found


def _grades(gradebook, assignment, student):
    """Return {question: its grade in the gradebook}."""
    submission = gradebook.find_submission(assignment, student)
    return {grade.name: grade for book in submission.notebooks for grade in book.grades}


def _points(grade):
    """Return a grade's points, or None if a human must still give them.

    nbgrader's own `Grade.score` comes from the database: it lags behind what isn't committed.
    """
    given = grade.manual_score
    if given is None:
        if grade.needs_manual_grade:
            return None
        given = grade.auto_score or 0.0
    return given + (grade.extra_credit or 0.0)


def _said(points):
    return "(waits for a human)" if points is None else f"{points:g}"


def _user():
    """Return who runs this program."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # in a container, a user may have no name
        return str(os.getuid())
