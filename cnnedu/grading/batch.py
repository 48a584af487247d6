"""Grade an assignment: several submissions at a time, each in a sandbox; write their scores."""

import contextlib
import errno
import sqlite3
import warnings
from dataclasses import asdict, dataclass, field, fields

import filelock
import sqlalchemy.exc
from nbgrader.api import InvalidEntry

from cnnedu.grading import assignment as assignments
from cnnedu.grading import persist
from cnnedu.grading.child_process import KILLED
from cnnedu.grading.course import GradingError
from cnnedu.grading.forkserver import Limits, ServerLost
from cnnedu.grading.pools import Local
from cnnedu.grading.printable import printable
from cnnedu.grading.submission import give_up


@dataclass
class Status:
    """How grading one submission went.

    Args:
        student: the student's name.
        state: "graded", "needs a human", "failed" or "skipped".
        why: what failed, or why a human is needed.
        score: the points.
        most: the most points possible.
        evidence: what no accident explains.
        seconds: how long it took.
        diagnoses: {grade_id: what was wrong} of the tests that failed.
        fingerprint: of the files that were graded.
        unchanged: whether it was not graded again, because its files are still the same.
        differs: {part of `why` or of `evidence`: fingerprint of what the submission holds instead}.
    """

    student: str
    state: str
    why: str = ""
    score: float = 0
    most: float = 0
    evidence: list[str] = field(default_factory=list)
    seconds: float = 0
    diagnoses: dict[str, str] = field(default_factory=dict)
    fingerprint: str = ""
    unchanged: bool = False
    differs: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of_earlier_run(cls, student, kept, unchanged):
        """Return the status that an earlier run has kept, or "skipped" if there is none."""
        names = {each.name for each in fields(cls)} - {"student", "unchanged"}
        kept = {name: value for name, value in kept.items() if name in names}
        return cls(student, **({"state": "skipped"} | kept), unchanged=unchanged)


class Grader:
    """Grades the submissions of one assignment.

    Args:
        course: a `Course`.
        confined: whether students' code runs in the sandbox.
        pool: where submissions are executed, a `Local` or a `Cluster`.
        memory: gigabytes that one submission may use.
    """

    def __init__(self, course, confined=True, pool=None, memory=2.0):
        self._course = course
        self._confined = confined
        self._pool = pool or Local()
        memory = int(memory * 2**30)
        # Files are kept in memory: the three folders, when full, take half of it.
        self._limits = Limits(memory, disk=min(Limits.disk, memory // 6))
        with explained(course):
            self._exercises = assignments.read_exercises(course)
        self._pool.check(confined)

    @property
    def remarks(self):
        """What the instructor should know about this machine, one line each."""
        return self._pool.remarks

    def grade(self, student=None, force=False, failed_only=False, regrade=None):
        """Grade what is not graded yet; yield a `Status` for each submission.

        Args:
            student: one student's name, or None for all.
            force: whether to grade again what is graded already.
            failed_only: whether to grade only what failed last time.
            regrade: a `Regrade` of this student, to grade one question alone.
        """
        course = self._course
        lock = filelock.FileLock(f"{course.database() or course.root}.grading", timeout=0)
        # nbgrader's own queries make SQLAlchemy warn about things that do no harm.
        with explained(course), lock, warnings.catch_warnings():
            warnings.simplefilter("ignore", sqlalchemy.exc.SAWarning)
            yield from self._grade(student, force, failed_only, regrade)

    def _grade(self, student, force, failed_only, regrade):
        submissions = self._course.submissions(student)
        self._course.back_up()
        allowed, used = assignments.modules_of(self._exercises)
        with (
            self._course.gradebook() as gradebook,
            self._pool.running(self._confined, allowed, used) as run,
        ):
            shared = assignments.read(self._course, self._exercises, gradebook, self._limits)
            folder, waiting = self._course.status_folder(), []
            for submission in submissions:
                if submission.unusable:
                    yield Status(submission.student, "failed", submission.unusable)
                    continue
                if regrade:  # the run before may have been stopped
                    persist.put_back(submission)
                kept = persist.read_status(folder, submission.student)
                # Whatever changes after this is graded by the next run, if not by this one.
                submission = self._course.with_fingerprint(submission)
                if regrade:
                    waiting.append(regrade.checked(submission, kept, gradebook, self._course))
                elif self._is_done(submission, kept, force, failed_only):
                    unchanged = bool(kept) and not failed_only
                    if unchanged and not kept.get("fingerprint"):
                        kept["fingerprint"] = submission.fingerprint
                        persist.write_status(folder, submission.student, kept)
                    yield Status.of_earlier_run(submission.student, kept, unchanged)
                else:
                    waiting.append(submission)
            again = []
            for done in run(shared, waiting):
                if _deserves_another_run(done, alone=len(waiting) == 1):
                    if regrade:
                        persist.put_back(done.submission)
                    again.append(done.submission)
                else:
                    yield self._record(done, shared, gradebook, regrade)
            for done in run(shared, again, alone=True):
                yield self._record(done, shared, gradebook, regrade)

    def _is_done(self, submission, kept, force, failed_only):
        if failed_only:
            return kept.get("state") != "failed"
        if force or not submission.target.exists():
            return False
        if graded := kept.get("fingerprint"):
            return graded == submission.fingerprint
        # Graded by nbgrader, or by an earlier version of this program.
        new, old = map(self._course.timestamp, (submission.source, submission.target))
        return not (new and old and new > old)

    def _record(self, done, shared, gradebook, regrade):
        """Write down what came of a submission; return its `Status`."""
        if done.disk:
            raise OSError(0, done.disk, str(done.submission.target))
        submission, report = done.submission, done.report
        if report is None:
            why = done.why or done.server
            if regrade:
                return _in_vain(submission, [printable(why)])
            report = give_up(submission, shared, printable(why))
        if regrade and report.problems:
            return _in_vain(submission, report.problems)
        stamp = self._course.timestamp(submission.source)
        failed = bool(report.problems)
        try:
            score, most, by_hand = persist.write_scores(
                submission, report, gradebook, self._course, stamp, failed, regrade
            )
        except BaseException:
            if regrade:
                persist.put_back(submission)
            raise
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
            submission.fingerprint,
            differs=report.differs,
        )
        persist.write_status(self._course.status_folder(), submission.student, asdict(status))
        persist.put_in_place(submission)
        return status


def _in_vain(submission, problems):
    """Return the status of a submission of which one question couldn't be graded again."""
    persist.put_back(submission)
    why = "; ".join(problems)
    return Status(submission.student, "failed", f"nothing was changed, because {why}")


def _deserves_another_run(done, alone):
    """Return whether something other than the submission may be at fault.

    Args:
        done: the `Done`.
        alone: whether no other submission was graded at the same time.
    """
    starved = done.report is not None and done.report.starved and not alone
    return starved or bool(done.server) or done.why == KILLED


@contextlib.contextmanager
def explained(course):
    """Turn an error of the disk or the gradebook into a `GradingError` of one line."""
    try:
        yield
    except filelock.Timeout:
        raise GradingError("another grader is using this gradebook: wait until it ends") from None
    except ServerLost as error:
        raise GradingError(str(error)) from None
    # nbgrader raises InvalidEntry for whatever keeps it from adding a student.
    except (sqlite3.DatabaseError, sqlalchemy.exc.SQLAlchemyError, InvalidEntry) as error:
        raise GradingError(_advice(str(getattr(error, "orig", error)), course)) from error
    except OSError as error:
        said = str(error) if error.errno == errno.ENOSPC else error.strerror or str(error)
        where = error.filename or "the folder of the course"
        raise GradingError(_advice(said, course, f"{where}: {said}")) from error


def _advice(said, course, otherwise=None):
    """Return one line on an error of the disk or the gradebook, and what to do about it."""
    book = f"the gradebook {course.database() or course.directory.db_url}"
    if "not a database" in said or "malformed" in said or "no such table" in said:
        return (
            f"{book} is damaged ({said}): replace it with the newest copy from the folder backups "
            "beside it, then grade again with --force"
        )
    if "disk is full" in said or "No space left" in said:
        what = "the disk is full"
    elif "database is locked" in said:
        what = f"another program has locked {book} (formgrader?)"
    elif "readonly database" in said:
        what = f"{book} can't be written to"
    elif "unable to open" in said:
        what = f"{book} can't be opened"
    else:
        what = otherwise or f"{book}: {said}"
    what = printable(what.splitlines()[0])
    return f"{what}. Nothing that was graded is lost: fix this, then run the command again"
