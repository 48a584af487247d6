"""The course as nbgrader sees it: settings, folders, gradebook, submissions."""

import contextlib
import glob
import logging
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy
from nbgrader import utils
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.apps import AutogradeApp
from nbgrader.converters import Autograde
from nbgrader.preprocessors import Execute

from cnnedu.grading.folder import content
from cnnedu.grading.outputs import plain
from cnnedu.grading.printable import printable
from cnnedu.grading.record import to_disk

BACKUPS_KEPT = 10
LONGEST_TIMESTAMP = 100  # bytes
ANYBODY = "\0"  # stands for a student in a path, and in no real one
# What JupyterLab and the Mac's archives leave beside the students' folders.
NO_STUDENTS = (".ipynb_checkpoints", "__MACOSX")
# What nbgrader looks for most often, and its tables have no index for: each look-up read the whole
# table, so the tenth thousand of submissions took twice the time of the first.
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
    unusable: str = ""  # why it can't even be named in the gradebook


class Course:
    """The course in a folder with an `nbgrader_config.py`, and one of its assignments."""

    def __init__(self, root, assignment):
        app = AutogradeApp()
        app.log_level = logging.CRITICAL
        app.raise_config_file_errors = True
        try:
            app.initialize([], root=str(root))
        except Exception as error:  # the settings are a program
            raise GradingError(_unreadable("nbgrader_config.py", error)) from error
        app.coursedir.assignment_id = assignment
        self.root = Path(root)
        self.assignment = assignment
        self.directory = app.coursedir
        self.converter = Autograde(coursedir=app.coursedir, parent=app)
        self.log = logging.getLogger("cnnedu.grading")
        self.log.setLevel(logging.CRITICAL)
        # There nbgrader's gradebook writes, at length, what it raises anyway.
        logging.getLogger("tornado.application").setLevel(logging.CRITICAL)

    def gradebook(self):
        """Open the gradebook; close it by `with`. What is committed survives a power cut."""
        database = self.database()
        # A disk that was full may have left an empty one.
        if database and not (database.exists() and database.stat().st_size):
            if not (self.root / "nbgrader_config.py").exists():
                raise GradingError(
                    f"{self.root} is no course: change to the folder that holds its "
                    "nbgrader_config.py"
                )
            raise GradingError(
                f"there is no gradebook {database}: in the folder of the course run "
                f"`nbgrader generate_assignment {self.assignment}` first"
            )
        gradebook = Gradebook(self.directory.db_url, self.directory.course_id)
        if database:
            sqlalchemy.event.listen(gradebook.engine, "connect", _wait_for_the_disk)
            # The connection that is open already doesn't know.
            gradebook.db.remove()
            gradebook.engine.dispose()
            with gradebook.engine.begin() as connection:
                for table, column in INDEXES.items():
                    index = f"CREATE INDEX IF NOT EXISTS cnnedu_{table} ON {table} ({column})"
                    connection.exec_driver_sql(index)
        return gradebook

    def notebooks(self):
        """Return the names of the assignment's notebooks."""
        with self.gradebook() as gradebook:
            try:
                names = [book.name for book in gradebook.find_assignment(self.assignment).notebooks]
            except MissingEntry:
                names = []
        if not names:
            raise GradingError(
                f"the gradebook knows no assignment {self.assignment}: "
                f"run `nbgrader generate_assignment {self.assignment}` first"
            )
        return names

    def submissions(self, student=None):
        """Return the submissions, in the order of the students' names: one student's, or all."""
        found = []
        anybody = self._path("submitted_directory", ANYBODY)
        pattern = glob.escape(anybody).replace(ANYBODY, "*")
        for path in map(Path, sorted(glob.glob(pattern, include_hidden=True))):
            name = self._student(path)
            if name in NO_STUDENTS or student not in (None, name):
                continue
            target = Path(self._path("autograded_directory", name))
            found.append(Submission(name, path, target, _why_unusable(name)))
        if not found:
            if student is None:
                raise GradingError(f"no submission at {pattern}: put what you collect there")
            raise GradingError(
                f"no submission of {printable(student) or 'a student without a name'} at "
                f"{pattern}: give the name of one folder there, as it is"
            )
        return found

    def source(self, notebook):
        """Return the path of the instructor's version of a notebook."""
        folder = self._path("source_directory", ".")
        return Path(folder, f"{notebook}.ipynb")

    def timestamp(self, folder):
        """Return when a submission was handed in, or None if nothing readable says so."""
        try:
            text = content(Path(folder, "timestamp.txt"), LONGEST_TIMESTAMP).decode().strip()
            # A zone's name becomes the name of a file that is read.
            return None if ".." in text or " /" in text else utils.parse_utc(text)
        except Exception:  # there are many ways not to be a date
            return None

    def timeout(self):
        """Return how many seconds nbgrader's settings give a cell."""
        try:
            seconds = Execute(parent=self.converter).timeout
        except Exception as error:
            raise GradingError(_unreadable("nbgrader_config.py", error)) from error
        if seconds is None or seconds <= 0:
            raise GradingError(
                f"c.Execute.timeout is {seconds} in nbgrader_config.py, which would let a cell run "
                "for ever: give a number of seconds"
            )
        return seconds

    def status_folder(self):
        """Return where it is kept how grading went, out of the students' sight."""
        top = Path(self.directory.format_path(self.directory.autograded_directory, "", ""))
        return top / ".cnnedu" / f"{self.assignment}.status"

    def database(self):
        """Return the path of the gradebook, or None if it is no file."""
        kind, _, path = self.directory.db_url.partition(":///")
        return Path(path) if kind == "sqlite" else None

    def back_up(self):
        """Copy the gradebook beside itself; keep the last ten copies. Return the path, or None."""
        database = self.database()
        if database is None or not database.exists():
            return None
        folder = database.parent / "backups"
        folder.mkdir(exist_ok=True)
        stamp = datetime.now().strftime("%Y-%m-%d-%H%M%S-%f")
        copy = folder / f"{database.stem}-{stamp}{database.suffix}"
        for partial in folder.glob(f"{database.stem}-*.partial"):  # of runs that were stopped
            partial.unlink()
        partial = copy.with_suffix(".partial")
        partial.touch()
        try:
            # SQLite's own copying is whole even while formgrader writes.
            with (
                contextlib.closing(sqlite3.connect(database)) as old,
                contextlib.closing(sqlite3.connect(partial)) as new,
            ):
                old.backup(new)
            to_disk(partial)
            partial.rename(copy)
        finally:
            partial.unlink(missing_ok=True)
        to_disk(folder)
        for extra in sorted(folder.glob(f"{database.stem}-*{database.suffix}"))[:-BACKUPS_KEPT]:
            extra.unlink()
        return copy

    def _path(self, kind, student):
        step = getattr(self.directory, kind)
        return self.directory.format_path(step, student, self.assignment)

    def _student(self, path):
        """Return whose submission lies at a path, whatever the folders' structure."""
        pattern = Path(self._path("submitted_directory", ANYBODY)).parts
        return path.parts[pattern.index(ANYBODY)]


def _unreadable(what, error):
    """Return one line on a file that can't be read."""
    reason = (str(error).strip().splitlines() or ["it gives no reason"])[0]
    return printable(f"{what} can't be read: {type(error).__name__}: {reason}")


def _why_unusable(name):
    """Return why a student can't have this name, or "": formgrader puts it into its pages raw."""
    if name != plain(name):
        return "the folder's name is not in UTF-8: rename it"
    if not name.isprintable() or set(name) & set("<>&\"'`{}"):
        return "the folder's name holds characters that formgrader can't show: rename it"
    return ""


def _wait_for_the_disk(connection, _):
    """Let SQLite wait also for the removal of its journal.

    By default it doesn't: after a power cut the journal can be back, and the last scores are undone
    although their submission's folder is there already.
    """
    connection.execute("PRAGMA synchronous = EXTRA")
