"""Grade an assignment: submissions side by side, each behind a fence; scores one by one."""

import contextlib
import errno
import sqlite3
import time
import warnings
from dataclasses import asdict, dataclass, field

import filelock
import nbformat
import sqlalchemy.exc
from nbgrader.api import InvalidEntry

from cnnedu.grading import exercise, record, sanitise
from cnnedu.grading.course import GradingError
from cnnedu.grading.fence import KILLED
from cnnedu.grading.folder import files_in
from cnnedu.grading.forkserver import Limits, ServerLost
from cnnedu.grading.pools import Local
from cnnedu.grading.printable import printable
from cnnedu.grading.submission import Assignment, give_up

# What PyTorch imports at the first step of an optimiser: two seconds that every submission paid.
LATE_PARTS = ("torch.optim", "torch._dynamo")


@dataclass
class Status:
    """How grading one submission went.

    Args:
        state: "graded", "needs a human", "failed" or "skipped".
        why: what failed, or why a human is needed.
        evidence: what looks like cheating.
        seconds: it took.
        diagnoses: {grade_id: what was wrong} of the tests that failed.
    """

    student: str
    state: str
    why: str = ""
    score: float = 0
    most: float = 0
    evidence: list[str] = field(default_factory=list)
    seconds: float = 0
    diagnoses: dict[str, str] = field(default_factory=dict)


class Grader:
    """Grades the submissions of one assignment.

    Args:
        course: a `Course`.
        confined: whether students' code runs in the sandbox.
        pool: where submissions are executed, a `Local` or a `Cluster`.
        memory: gigabytes that one submission may use.
    """

    def __init__(self, course, confined=True, pool=None, memory=2.0):
        self.course = course
        self.pool = pool or Local()
        self.remarks = []  # what the instructor should know of this machine
        self.assignment = None
        self._exercises = {}
        self._confined = confined
        memory = int(memory * 2**30)
        # Files lie in memory; three folders that are full leave half of it.
        self._limits = Limits(memory, disk=min(Limits.disk, memory // 6))
        self._running = {}  # the fork servers that were seen last
        self._lost = 0.0  # when one ended
        with explained(course):
            self.names = course.notebooks()
        self.pool.check(confined)

    def grade(self, student=None, force=False, failed_only=False):
        """Grade what is not graded yet; yield a `Status` for each submission.

        Args:
            student: one student's name, or all.
            force: whether to grade once more what is graded already.
            failed_only: whether to grade once more, and only, what failed.
        """
        lock = filelock.FileLock(f"{self.course.database() or self.course.root}.grading", timeout=0)
        # nbgrader's own queries cause SQLAlchemy to warn of things that do no harm.
        with explained(self.course), lock, warnings.catch_warnings():
            warnings.simplefilter("ignore", sqlalchemy.exc.SAWarning)
            yield from self._grade(student, force, failed_only)

    def _grade(self, student, force, failed_only):
        submissions = self.course.submissions(student)
        self.course.back_up()
        imports, used = self._prepare()
        with (
            self.course.gradebook() as gradebook,
            self.pool.running(self._confined, imports, used) as run,
        ):
            self._remark()
            self.assignment = self._shared(gradebook)
            waiting = []
            for submission in submissions:
                status = record.read_status(self.course.status_folder(), submission.student)
                if submission.unusable:
                    yield Status(submission.student, "failed", submission.unusable)
                elif self._is_done(submission, status, force, failed_only):
                    yield Status(**status) if status else Status(submission.student, "skipped")
                else:
                    waiting.append(submission)
            again = []
            self._note_lost_servers(imports)
            for done in run(self.assignment, waiting):
                self._note_lost_servers(imports)
                if self._deserves_another_run(done, alone=len(waiting) == 1):
                    again.append(done.submission)
                else:
                    yield self._record(done, gradebook)
            for done in run(self.assignment, again, alone=True):
                yield self._record(done, gradebook)

    def _prepare(self):
        """Read the instructor's versions; return which modules they allow and which they import."""
        for name in self.names:
            path = self.course.source(name)
            if not path.exists():
                raise GradingError(f"the source version {path} is missing")
            try:
                self._exercises[name] = exercise.read(nbformat.read(path, as_version=4))
            except (ValueError, AttributeError) as error:
                said = f"{type(error).__name__}: {error}".splitlines()[0]
                raise GradingError(f"the source version {path} can't be read: {said}") from error
        used = dict.fromkeys(name for e in self._exercises.values() for name in e.used)
        if "torch" in used:
            used |= dict.fromkeys(LATE_PARTS)
        imports = dict.fromkeys(i for e in self._exercises.values() for i in e.imports)
        return [None, *imports], tuple(used)

    def _shared(self, gradebook):
        """Return what all submissions share."""
        course = self.course
        given = {
            name: sanitise.given_out(
                gradebook, name, course.assignment, self._exercises[name].order
            )
            for name in self.names
        }
        folder = course.source(self.names[0]).parent
        files, _ = files_in(folder, course.directory.ignore)
        excluded = course.converter.exclude_overwriting.get(course.assignment, [])
        files = {name: data for name, data in files.items() if name not in excluded}
        return Assignment(course, self._exercises, given, files, course.timeout(), self._limits)

    def _remark(self):
        """Say where this machine can hold submissions less tightly than others."""
        servers = self.pool.servers
        if servers and servers.no_groups:
            self.remarks.append(
                f"Without control groups ({servers.no_groups}) memory is looked at five times a "
                "second instead of counted by the kernel."
            )

    def _is_done(self, submission, status, force, failed_only):
        if failed_only:
            return status.get("state") != "failed"
        if force or not submission.target.exists():
            return False
        new, old = map(self.course.timestamp, (submission.source, submission.target))
        return not (new and old and new > old)

    def _note_lost_servers(self, imports):
        """Note when a fork server has ended; all that it has forked ends with it."""
        servers = self.pool.servers
        for allowed in imports if servers else ():
            server = servers[allowed]
            if not server.alive or self._running.get(allowed, server) is not server:
                self._lost = time.monotonic()
            self._running[allowed] = server

    def _deserves_another_run(self, done, alone):
        """Return whether something else than the submission may be at fault.

        Args:
            done: the `Done`.
            alone: whether there was no other, at any time.
        """
        starved = done.report is not None and done.report.starved and not alone
        lost = bool(done.server) or time.monotonic() - done.seconds < self._lost
        return starved or lost or done.why == KILLED

    def _record(self, done, gradebook):
        """Record what came of a submission."""
        if done.disk:
            raise OSError(0, done.disk, str(done.submission.target))
        submission, report = done.submission, done.report
        if report is None:
            why = done.why or done.server
            report = give_up(submission, self.assignment, printable(why))
        score, most, by_hand = record.write_scores(
            submission,
            report,
            gradebook,
            self.course,
            self.course.timestamp(submission.source),
            failed=bool(report.problems),
        )
        state = "failed" if report.problems else "needs a human" if by_hand else "graded"
        status = Status(
            submission.student,
            state,
            "; ".join([*report.problems, *report.notes]),
            score,
            most,
            report.evidence,
            done.seconds,
            report.diagnoses,
        )
        record.write_status(self.course.status_folder(), submission.student, asdict(status))
        record.put_in_place(submission)
        return status


@contextlib.contextmanager
def explained(course):
    """Turn what is wrong with the machine into one line: nothing that was graded is lost."""
    try:
        yield
    except filelock.Timeout:
        raise GradingError("another grader is at work on this gradebook: wait for it") from None
    except ServerLost as error:
        raise GradingError(str(error)) from None
    except sqlite3.DatabaseError as error:
        raise GradingError(_advice(str(error), course)) from error
    except sqlalchemy.exc.SQLAlchemyError as error:
        raise GradingError(_advice(str(getattr(error, "orig", error)), course)) from error
    except InvalidEntry as error:  # nbgrader's word for whatever stops it writing a new student
        raise GradingError(_advice(str(error), course)) from error
    except OSError as error:
        said = str(error) if error.errno == errno.ENOSPC else error.strerror or str(error)
        where = error.filename or "the folder of the course"
        raise GradingError(_advice(said, course, f"{where}: {said}")) from error


def _advice(said, course, otherwise=None):
    """Return one line on what an error of the disk or the gradebook says."""
    book = f"the gradebook {course.database() or course.directory.db_url}"
    if "not a database" in said or "malformed" in said or "no such table" in said:
        return (
            f"{book} is damaged ({said}): put the newest copy from the folder backups beside it in "
            "its place, and grade once more with --force"
        )
    if "disk is full" in said or "No space left" in said:
        what = "the disk is full"
    elif "database is locked" in said:
        what = f"another program has locked {book} (formgrader?)"
    elif "readonly database" in said:
        what = f"{book} can't be written"
    elif "unable to open" in said:
        what = f"{book} can't be opened"
    else:
        what = otherwise or f"{book}: {said}"
    what = printable(what.splitlines()[0])
    return f"{what}. Nothing that was graded is lost: mend it and run the command again"
