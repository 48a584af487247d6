"""Grade an assignment: sanitise one by one, execute side by side, record one by one."""

import errno
import sqlite3
import time
import warnings
from collections import deque
from dataclasses import asdict, dataclass, field, replace

import filelock
import nbformat
import sqlalchemy.exc

from cnnedu.grading import exercise, record, sanitise
from cnnedu.grading.course import GradingError
from cnnedu.grading.execute import Result
from cnnedu.grading.forkserver import Ended, Limits
from cnnedu.grading.outputs import failure
from cnnedu.grading.pools import Local

# What PyTorch imports at the first step of an optimiser: two seconds that every submission paid.
LATE_PARTS = ("torch.optim", "torch._dynamo")


@dataclass
class Status:
    """How grading one submission went.

    Args:
        state: "graded", "needs a human", "failed" or "skipped".
        why: what failed, or why a human is needed.
        evidence: what looks like cheating.
    """

    student: str
    state: str
    why: str = ""
    score: float = 0
    most: float = 0
    evidence: list[str] = field(default_factory=list)
    seconds: float = 0


@dataclass
class _Work:
    """A submission on its way."""

    submission: object
    notebooks: dict = field(default_factory=dict)
    futures: dict = field(default_factory=dict)
    files: dict = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    evidence: list[str] = field(default_factory=list)


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
        self.names = course.notebooks()
        self.pool = pool or Local()
        self.pool.check(confined)
        self._confined = confined
        self._limits = Limits(memory=int(memory * 2**30))

    def grade(self, student="*", force=False, failed_only=False):
        """Grade what is not graded yet; yield a `Status` for each submission.

        Args:
            student: one student's name, or all.
            force: whether to grade once more what is graded already.
            failed_only: whether to grade once more, and only, what failed.
        """
        lock = filelock.FileLock(f"{self.course.database() or self.course.root}.grading", timeout=0)
        try:
            # nbgrader's own queries cause SQLAlchemy to warn of things that do no harm.
            with lock, warnings.catch_warnings():
                warnings.simplefilter("ignore", sqlalchemy.exc.SAWarning)
                yield from self._grade(student, force, failed_only)
        except filelock.Timeout:
            raise GradingError("another grader is at work on this gradebook: wait for it") from None
        except (OSError, sqlite3.Error, sqlalchemy.exc.SQLAlchemyError) as error:
            raise GradingError(_explained(error)) from error
        except Ended as error:
            raise GradingError(str(error)) from None

    def _grade(self, student, force, failed_only):
        submissions = self.course.submissions(student)
        self.course.back_up()
        imports, used = self._prepare()
        with (
            self.course.gradebook() as gradebook,
            self.pool.running(self._confined, imports, used) as self._submit,
        ):
            self._given = {
                name: sanitise.given_out(
                    gradebook, name, self.course.assignment, self._exercises[name].order
                )
                for name in self.names
            }
            waiting = deque()
            for submission in submissions:
                status = record.read_status(self.course.status_folder(), submission.student)
                if self._is_done(submission, status, force, failed_only):
                    yield Status(**status) if status else Status(submission.student, "skipped")
                    continue
                waiting.append(self._start(submission))
                # A few wait in memory, not the whole class.
                while len(waiting) > 2 * self.pool.workers:
                    yield self._finish(waiting.popleft(), gradebook)
            while waiting:
                yield self._finish(waiting.popleft(), gradebook)

    def _prepare(self):
        """Read the instructor's versions; return which modules they allow and which they import."""
        self._exercises = {}
        for name in self.names:
            path = self.course.source(name)
            if not path.exists():
                raise GradingError(f"the source version {path} is missing")
            self._exercises[name] = exercise.read(nbformat.read(path, as_version=4))
        folder = self.course.source(self.names[0]).parent
        given, _ = sanitise.files_in(folder, self.course.directory.ignore)
        excluded = self.course.converter.exclude_overwriting.get(self.course.assignment, [])
        self._given_files = {name: data for name, data in given.items() if name not in excluded}
        used = dict.fromkeys(name for e in self._exercises.values() for name in e.used)
        if "torch" in used:
            used |= dict.fromkeys(LATE_PARTS)
        imports = dict.fromkeys(i for e in self._exercises.values() for i in e.imports)
        return [None, *imports], tuple(used)

    def _is_done(self, submission, status, force, failed_only):
        if failed_only:
            return status.get("state") != "failed"
        if force or not submission.target.exists():
            return False
        new, old = map(self.course.timestamp, (submission.source, submission.target))
        return not (new and old and new > old)

    def _start(self, submission):
        """Sanitise a submission and hand its notebooks over to be executed."""
        work = _Work(submission)
        folder = submission.source
        if not folder.is_symlink():
            ignored = self.course.directory.ignore
            work.files, work.evidence = sanitise.files_in(folder, ignored)
        for name in self.names:
            try:
                self._start_notebook(work, name)
            except sanitise.Refused as refusal:
                self._refuse(work, name, str(refusal))
            except Exception as error:  # one submission's oddity is not the others' loss
                self._refuse(work, name, f"{name} can't be read: {type(error).__name__}: {error}")
        work.files |= self._given_files
        return work

    def _refuse(self, work, name, reason):
        """Put a notebook that says why, with the tests that nobody solved, in the place."""
        work.problems.append(reason)
        empty = sanitise.placeholder(reason)
        ready = sanitise.sanitise(empty, name, self._given[name], self.course.converter)
        work.notebooks[name] = ready.notebook

    def _start_notebook(self, work, name):
        folder = work.submission.source
        if folder.is_symlink() or not folder.is_dir():
            raise sanitise.Refused("the submission is no folder, but a link or a file")
        notebook = sanitise.read(folder / f"{name}.ipynb")
        converter = self.course.converter
        ready = sanitise.sanitise(notebook, name, self._given[name], converter)
        job = sanitise.job(
            ready.notebook, self._exercises[name], work.files, self._given_files, self._timeout()
        )
        job = replace(job, limits=self._limits)
        work.evidence += ready.evidence
        work.notebooks[name] = ready.notebook
        work.futures[name] = self._submit(job)

    def _timeout(self):
        settings = self.course.converter.config.get("Execute", {})
        return settings.get("timeout") or 30

    def _finish(self, work, gradebook):
        """Wait for a submission's results and record them."""
        begun = time.monotonic()
        submission = work.submission
        for name, future in work.futures.items():
            try:
                self._fill(work, name, future.result())
            except Exception as error:  # whatever it is, it is this submission's alone
                work.problems.append(f"it could not be executed: {error or type(error).__name__}")
        for name in work.notebooks.keys() - work.futures.keys():
            self._fill(work, name, Result())
        record.write_files(submission, work.notebooks, work.files, self.course)
        score, most, by_hand = record.write_scores(
            submission, work.notebooks, gradebook, self.course, failed=bool(work.problems)
        )
        state = "failed" if work.problems else "needs a human" if by_hand else "graded"
        status = Status(
            submission.student,
            state,
            "; ".join([*work.problems, *work.notes]),
            score,
            most,
            work.evidence,
            time.monotonic() - begun,
        )
        record.write_status(self.course.status_folder(), submission.student, asdict(status))
        record.put_in_place(submission)
        return status

    def _fill(self, work, name, result):
        """Put the outputs into the notebook; a test that was not judged has failed."""
        for position, cell in enumerate(work.notebooks[name].cells):
            if cell.cell_type != "code":
                continue
            mark = cell.metadata.get("nbgrader", {})
            judged = mark.get("grade") and not mark.get("solution")
            outputs = result.outputs.get(position)
            if outputs is None:
                outputs = [failure("NotGraded", "this was not executed")] if judged else []
            # A warning costs no points; nbgrader gives none for a cell with output on stderr.
            cell.outputs = [
                output for output in outputs if not (judged and output.get("name") == "stderr")
            ]
        if result.ended:
            work.problems.append(f"the notebook was stopped: {result.ended}")
        if result.slow:
            work.notes.append(f"{len(result.slow)} of its cells took too long")


def _explained(error):
    """Return what is wrong with the disk or the gradebook, and that nothing is lost."""
    full = getattr(error, "errno", None) == errno.ENOSPC or "disk is full" in str(error)
    what = "the disk is full" if full else f"{type(error).__name__}: {error}".splitlines()[0]
    return f"{what}. Nothing that was graded is lost: mend it and run the command again"
