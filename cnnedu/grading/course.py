"""A course as nbgrader sees it: settings, folders, gradebook, submissions."""

import contextlib
import glob
import logging
import os
import sqlite3
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import sqlalchemy
import traitlets
from nbgrader import utils
from nbgrader.api import Gradebook, MissingEntry, Student
from nbgrader.apps import AutogradeApp
from nbgrader.converters import Autograde
from nbgrader.preprocessors import Execute

from cnnedu.grading import names, variants
from cnnedu.grading.persist import to_disk
from cnnedu.grading.printable import printable
from cnnedu.grading.submitted_files import content, fingerprint

BACKUPS_KEPT = 10
LONGEST_TIMESTAMP = 100  # bytes
ANYBODY = "\0"  # in place of a student's name; no real path holds it
# nbgrader looks these up most often, and its tables have no index for them. Each look-up read the
# whole table, so the tenth thousand of submissions took twice as long as the first.
INDEXES = {
    "grade": "notebook_id",
    "comment": "notebook_id",
    "submitted_notebook": "assignment_id",
    "submitted_assignment": "student_id",
}


class GradingError(Exception):
    """Grading can't go on; the message says why and what to do."""


@dataclass(frozen=True)
class Submission:
    """One student's work on one assignment."""

    student: str
    source: Path
    target: Path
    unusable: str = ""  # why its name can't be in the gradebook
    fingerprint: str = ""  # of its files
    question: str = ""  # the only one that is graded again, or "" for all


class Course:
    """One assignment of the course in a folder with an `nbgrader_config.py`.

    `words`: what its variants follow from, or "".
    """

    def __init__(self, root, assignment):
        if why := names.why_no_gradebook(root):
            raise GradingError(why)
        app = settings(root)
        try:
            app.coursedir.assignment_id = assignment
        except traitlets.TraitError as error:
            raise GradingError(f"{assignment} is no assignment: {error}") from None
        try:
            self.words = variants.words_for(assignment, app.config)
        except variants.NoVariants as error:
            raise GradingError(str(error)) from None
        self.root = Path(root)
        self.assignment = assignment
        self.directory = app.coursedir
        self.converter = Autograde(coursedir=app.coursedir, parent=app)
        self.log = logging.getLogger("cnnedu.grading")
        self.log.setLevel(logging.CRITICAL)
        # nbgrader's gradebook logs there, at length, what it raises anyway.
        logging.getLogger("tornado.application").setLevel(logging.CRITICAL)

    def gradebook(self):
        """Open the gradebook, for use in `with`. What is committed survives a power cut."""
        database = self.database()
        # A disk that was full may have left an empty one.
        if database and not (database.exists() and database.stat().st_size):
            if database.parent != self.root:
                # The course's settings make this folder, here for nothing.
                with contextlib.suppress(OSError):
                    database.parent.rmdir()
            raise GradingError(self._missing(database))
        gradebook = Gradebook(self.directory.db_url, self.directory.course_id)
        if database:
            sqlalchemy.event.listen(gradebook.engine, "connect", _wait_for_the_disk)
            # This doesn't reach the connection that is open already.
            gradebook.db.remove()
            gradebook.engine.dispose()
            with gradebook.engine.begin() as connection:
                for table, column in INDEXES.items():
                    index = f"CREATE INDEX IF NOT EXISTS cnnedu_{table} ON {table} ({column})"
                    connection.exec_driver_sql(index)
        return gradebook

    def _missing(self, database):
        """Return one line on a gradebook that isn't there."""
        if not (self.root / "nbgrader_config.py").exists():
            return (
                f"{self.root} is not a course: change to the folder that holds its "
                "nbgrader_config.py"
            )
        if like_a_pattern := names.like_a_pattern(self.root):
            return like_a_pattern
        source = self.directory.format_path(self.directory.source_directory, ".", self.assignment)
        if not os.path.isdir(source):
            return f"there is no assignment {self.assignment}: its folder {source} is missing"
        return (
            f"there is no gradebook {database}: first run "
            f"`nbgrader generate_assignment {self.assignment}` in the folder of the course"
        )

    def notebooks(self):
        """Return the names of the assignment's notebooks."""
        with self.gradebook() as gradebook:
            try:
                books = gradebook.find_assignment(self.assignment).notebooks
                found = [book.name for book in books]
            except MissingEntry:
                found = []
        if not found:
            raise GradingError(
                f"the gradebook has no assignment {self.assignment}: "
                f"first run `nbgrader generate_assignment {self.assignment}`"
            )
        return found

    def submissions(self, student=None):
        """Return all submissions, or one student's, in the order of the students' names."""
        student = student if student is None else names.in_utf8(student)
        folders = self._folders()
        others = self._no_students(folders, student)
        found = [
            Submission(
                name,
                path,
                Path(self._path("autograded_directory", self._part(path))),
                names.why_unusable(name),
            )
            for name, path in folders
            if name not in others and student in (None, name)
        ]
        if found:
            return found
        pattern = self._path("submitted_directory", "*")
        if student is None:
            raise GradingError(f"there are no submissions at {pattern}: collect them first")
        raise GradingError(
            f"there is no submission by {printable(student) or 'a student without a name'} at "
            f"{pattern}: give the exact name of one folder there"
        )

    def with_fingerprint(self, submission):
        """Return a submission with the fingerprint that its files have now."""
        digest = fingerprint(submission.source, self.directory.ignore)
        return replace(submission, fingerprint=digest)

    @property
    def remarks(self):
        """What the instructor should know about this folder, one line each."""
        others = self._no_students(self._folders())
        said = [f"Not graded, because they are no students: {', '.join(map(printable, others))}."]
        if [name for name in others if not names.is_left_behind(name)]:
            said[0] += " If one is a student's name, grade it once with --student NAME."
        return [*(said if others else []), *filter(None, [names.like_a_pattern(self.root)])]

    def _folders(self):
        """Return (name, path) of all that lies where students' submissions do, in order."""
        pattern = glob.escape(self._path("submitted_directory", ANYBODY)).replace(ANYBODY, "*")
        paths = map(Path, sorted(glob.glob(pattern, include_hidden=True)))
        return [(names.in_utf8(self._part(path)), path) for path in paths]

    def _no_students(self, folders, student=None):
        """Return the names that are no students': what programs leave, and what is hidden.

        A hidden folder is a student's if the gradebook knows the student, or if it is `student`.
        """
        hidden = {name for name, _ in folders if name.startswith(".")} - {student}
        if hidden:
            with self.gradebook() as gradebook:
                hidden -= {name for (name,) in gradebook.db.query(Student.id)}
        return [name for name, _ in folders if name in hidden or names.is_left_behind(name)]

    def source(self, notebook):
        """Return the path of the instructor's version of a notebook."""
        folder = self._path("source_directory", ".")
        return Path(folder, f"{notebook}.ipynb")

    def timestamp(self, folder):
        """Return when a submission was handed in, or None if no readable file says so."""
        try:
            text = content(Path(folder, "timestamp.txt"), LONGEST_TIMESTAMP).decode().strip()
            # The parser reads a file named like the time zone: it must not lead elsewhere.
            return None if ".." in text or " /" in text else utils.parse_utc(text)
        except Exception:  # there are many ways not to be a date
            return None

    def timeout(self):
        """Return the seconds that nbgrader's settings give a cell."""
        try:
            seconds = Execute(parent=self.converter).timeout
        except Exception as error:
            raise GradingError(_unreadable("nbgrader_config.py", error)) from error
        if seconds is None or seconds <= 0:
            raise GradingError(
                f"c.Execute.timeout is {seconds} in nbgrader_config.py, which lets a cell run "
                "forever: give a number of seconds"
            )
        return seconds

    def status_folder(self):
        """Return the folder that keeps how grading went, out of the students' sight."""
        top = Path(self.directory.format_path(self.directory.autograded_directory, "", ""))
        return top / ".cnnedu" / f"{self.assignment}.status"

    def database(self):
        """Return the path of the gradebook, or None if it isn't a file."""
        kind, _, path = self.directory.db_url.partition(":///")
        return Path(path) if kind == "sqlite" else None

    def back_up(self):
        """Copy the gradebook to the folder `backups` beside it; keep the last ten copies."""
        database = self.database()
        if database is None or not database.exists():
            return
        folder = database.parent / "backups"
        folder.mkdir(exist_ok=True)
        stamp = datetime.now().strftime("%Y-%m-%d-%H%M%S-%f")
        copy = folder / f"{database.stem}-{stamp}{database.suffix}"
        for partial in folder.glob(f"{database.stem}-*.partial"):  # of runs that were stopped
            partial.unlink()
        partial = copy.with_suffix(".partial")
        partial.touch()
        try:
            # SQLite's own copy is consistent even while formgrader writes.
            with (
                contextlib.closing(sqlite3.connect(database)) as old,
                contextlib.closing(sqlite3.connect(partial)) as new,
            ):
                old.backup(new)
                # Copies of a damaged gradebook would drive out the last good one.
                if new.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                    raise sqlite3.DatabaseError("database disk image is malformed")
            to_disk(partial)
            partial.rename(copy)
        finally:
            partial.unlink(missing_ok=True)
        to_disk(folder)
        for extra in sorted(folder.glob(f"{database.stem}-*{database.suffix}"))[:-BACKUPS_KEPT]:
            extra.unlink()

    def _path(self, kind, student):
        step = getattr(self.directory, kind)
        return self.directory.format_path(step, student, self.assignment)

    def _part(self, path):
        """Return the part of a submission's path that names the student."""
        pattern = Path(self._path("submitted_directory", ANYBODY)).parts
        return path.parts[pattern.index(ANYBODY)]


def settings(root):
    """Return nbgrader with the settings of the course in a folder; `GradingError` if it can't."""
    app = AutogradeApp()
    app.log_level = logging.CRITICAL
    app.raise_config_file_errors = True
    try:
        app.initialize([], root=str(root))
    except Exception as error:  # the settings are a program
        raise GradingError(_unreadable("nbgrader_config.py", error)) from error
    return app


def _unreadable(what, error):
    """Return one line on a file that can't be read."""
    reason = (str(error).strip().splitlines() or ["no reason given"])[0]
    return printable(f"{what} can't be read: {type(error).__name__}: {reason}")


def _wait_for_the_disk(connection, _):
    """Have SQLite also wait until the removal of its journal has reached the disk.

    By default it doesn't. After a power cut the journal could be back and undo the last scores,
    although their submission's folder is in place already.
    """
    connection.execute("PRAGMA synchronous = EXTRA")
