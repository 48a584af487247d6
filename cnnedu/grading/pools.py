"""Where submissions are executed: in processes on this machine, or on a Dask cluster.

A pool takes submissions and yields, as soon as each is done, what its `ChildProcess` reported.
"""

import contextlib
import json
import os
import select
import time
from dataclasses import dataclass, replace
from functools import cache, partial

from cnnedu.grading import child_process, safe_markdown, sandbox, submission
from cnnedu.grading.child_process import ChildProcess, NoWord
from cnnedu.grading.confined_process import GRACE
from cnnedu.grading.execute import MOST_CELLS_LONG, execute
from cnnedu.grading.forkserver import START, ServerLost
from cnnedu.grading.inside import values
from cnnedu.grading.servers import Servers

PATIENCE = "5s"  # for a Dask scheduler to answer
PATIENCE_ALONE = 4  # how many timeouts a submission may wait for processors when it runs alone


class NoCluster(Exception):
    """The Dask cluster can't be used; says why."""


@dataclass
class Done:
    """What came of one submission.

    Args:
        submission: the `Submission`.
        report: its `Report`, or None.
        why: why there is no report.
        disk: what is wrong with the disk, which is not the submission's fault.
        server: what is wrong with the fork servers, which isn't its fault either.
        seconds: how long it took.
    """

    submission: object
    report: object = None
    why: str = ""
    disk: str = ""
    server: str = ""
    seconds: float = 0


class Local:
    """Executes on this machine, each submission in a `ChildProcess` of its own."""

    def __init__(self, workers=None):
        self.workers = workers or len(os.sched_getaffinity(0))
        self.remarks = []

    def check(self, confined):
        """Raise `NoSandbox` if submissions are to be confined and the programs for it are missing.

        Whether the programs work shows when the fork servers start.
        """
        if confined:
            sandbox.check_programs()

    @contextlib.contextmanager
    def running(self, confined, allowed, used):
        """Start the fork servers; give a function that takes submissions and yields `Done`.

        Args:
            confined: whether submissions run in the sandbox.
            allowed: the sets of allowed modules, None for the judge's.
            used: the modules that the notebooks import.
        """
        with contextlib.closing(Servers(confined, used)) as servers:
            if servers.no_groups:
                self.remarks.append(
                    f"There are no control groups ({servers.no_groups}): memory is checked five "
                    "times a second instead of counted by the kernel."
                )
            servers.launch(allowed)  # they import while the gradebook is read
            yield partial(self._run, servers, allowed)

    def _run(self, servers, allowed, assignment, submissions, alone=False):
        """Grade submissions side by side, or one after the other; yield a `Done` for each."""
        most = 1 if alone else self.workers
        assignment = replace(assignment, patience=PATIENCE_ALONE if alone else 1)
        running = {}
        # What rendering compiles at its first cell is compiled here, not in every child.
        safe_markdown.harmless_markdown("*Once*, [for](all) `children`.")
        # No score is written before it is known that code can run here at all.
        try:
            servers.start(allowed)
        except ServerLost:
            if servers.confined:
                sandbox.check()  # says what is missing
            raise
        for one in submissions:
            while len(running) >= most:
                yield from _collect(running, servers)
            servers.start(allowed)  # those that were killed
            task = partial(everything, one, assignment, servers)
            running[one.student] = one, ChildProcess(task, longest(assignment))
        while running:
            yield from _collect(running, servers)


class Cluster:
    """Executes on the workers of a Dask cluster, each of which has a sandbox of its own.

    Submissions are read and written on this machine, each in a `ChildProcess`.
    """

    remarks = ()

    def __init__(self, address):
        try:
            from distributed import Client
        except ImportError:
            raise NoCluster("--scheduler needs Dask: `pip install cnnedu[dask]`") from None
        try:
            self._client = Client(address, timeout=PATIENCE)
        except (OSError, ValueError) as error:
            raise NoCluster(f"no Dask scheduler answers at {address} ({error})") from None
        self.workers = sum(self._client.nthreads().values())
        if not self.workers:
            raise NoCluster(f"the scheduler at {address} has no workers: start some")

    def check(self, confined):
        """Raise `NoSandbox` if a worker can't confine submissions."""
        if confined:
            self._client.run(sandbox.check)

    @contextlib.contextmanager
    def running(self, confined, allowed, used):
        """Give the function that takes submissions and yields `Done`, as `Local.running` does."""
        try:
            yield partial(self._run, confined, used)
        finally:
            self._client.close()

    def _run(self, confined, used, assignment, submissions, alone=False):
        """Grade submissions; only a few are held here at a time, never the whole class."""
        waiting = iter(submissions)
        reading, executing, writing = {}, {}, {}
        most = 1 if alone else 2 * self.workers
        assignment = replace(assignment, patience=PATIENCE_ALONE if alone else 1)
        cores = len(os.sched_getaffinity(0))
        while True:
            while len(reading) + len(executing) + len(writing) < most and len(reading) < cores:
                one = next(waiting, None)
                if one is None:
                    break
                task = partial(_jobs, one, assignment)
                reading[one.student] = one, ChildProcess(task, longest(assignment))
            if not (reading or executing or writing):
                return
            for one, child in _ended(reading):
                try:
                    word = child.end()
                except NoWord as reason:
                    yield Done(one, why=str(reason))
                    continue
                futures = self._submit(word, assignment.of(one.student), confined, used)
                executing[one.student] = one, word, futures
            for one, word, futures in list(executing.values()):
                if len(writing) < cores and all(future.done() for future in futures.values()):
                    del executing[one.student]
                    task = _write_task(one, assignment, word, futures)
                    writing[one.student] = one, ChildProcess(task, longest(assignment))
            for one, child in _ended(writing):
                yield replace(done(one, child.end), seconds=child.age)

    def _submit(self, word, assignment, confined, used):
        """Send the jobs in a child's word to the cluster; return their futures."""
        # If a worker dies, its job is done again elsewhere: it has no effect but its result.
        settings = {"pure": False, "retries": 2}
        return {
            name: self._client.submit(_execute_there, job, confined, used, **settings)
            for name, job in jobs_in(word, assignment).items()
        }


def longest(assignment):
    """Return how many seconds one submission may take in all."""
    total = 2 * START
    for each in assignment.exercises.values():
        runs, tests = max(len(each.imports), 1), len(each.tests)
        total += runs * (MOST_CELLS_LONG * assignment.timeout + 3 * GRACE)
        total += 2 * tests * (assignment.timeout + 2 * GRACE)
    return total * assignment.patience


def done(one, end):
    """Return the `Done` of a submission, from the function that returns its child's word."""
    try:
        said = json.loads(end())
        if said.keys() == {"report"}:
            report = submission.Report.checked(said["report"])
            return Done(one, report)
        ((kind, why),) = said.items()
        if kind not in ("disk", "server"):
            raise ValueError(kind)
        return Done(one, **{kind: str(why)})
    except NoWord as reason:
        return Done(one, why=str(reason))
    except (ValueError, TypeError, AttributeError, RecursionError):
        return Done(one, why="its report can't be read (a part is missing or of the wrong type)")


def everything(one, assignment, servers, made):
    """Read, execute and write a submission; return the word."""
    assignment = assignment.of(one.student)
    prepared = submission.prepare(one, assignment)
    results = {}
    for name, job in prepared.jobs.items():
        try:
            results[name] = execute(job, servers, made)
        except ServerLost as reason:
            return json.dumps({"server": str(reason)}).encode()
    word = _written(one, assignment, prepared, results)
    servers.remove_groups()  # their processes have had time to end by now
    return word


def _written(one, assignment, prepared, results):
    try:
        report = submission.finish(one, assignment, prepared, results)
    except submission.DiskError as error:
        return json.dumps({"disk": str(error)}).encode()
    return json.dumps({"report": report.plain()}).encode()


def _collect(running, servers):
    """Wait until a child has sent something; yield a `Done` for each that has ended."""
    for one, child in _ended(running, child_process.LOOK):
        ended = replace(done(one, child.end), seconds=child.age)
        if servers.lost_since(time.monotonic() - ended.seconds):
            ended.server = ended.server or "a fork server ended"
        if servers.groups:
            servers.groups.sweep()  # a child that was killed has left its groups
        yield ended


def _ended(children, patience=child_process.LOOK / 10):
    """Wait for children, at most `patience` seconds; take out and return those that have ended."""
    sockets = [sock for _, child in children.values() for sock in (child.words, child.made)]
    ready = select.select(sockets, [], [], patience)[0]
    ended = [one.student for one, child in children.values() if child.listen(ready)]
    return [children.pop(student) for student in ended]


def _jobs(one, assignment, made):
    """Return a submission's jobs as bytes; it makes no process."""
    return _encoded(submission.prepare(one, assignment.of(one.student)))


def _encoded(prepared):
    jobs = {
        name: {"cells": json.dumps(job.cells).encode(), "files": job.files}
        for name, job in prepared.jobs.items()
    }
    return values.encode(jobs)


def jobs_in(word, assignment):
    """Return {name: `Job`} from what `_jobs` returned."""
    return {
        name: submission.job(name, json.loads(job["cells"]), job["files"], assignment)
        for name, job in values.decode(word).items()
    }


def _write_task(one, assignment, word, futures):
    """Return the task that writes a submission with what the cluster has sent."""
    results, problems = {}, []
    for name, future in futures.items():
        try:
            results[name] = future.result()
        except Exception as error:  # whatever it is, it concerns this submission alone
            problems.append(f"it could not be executed: {error or type(error).__name__}")

    def task(made):
        own = assignment.of(one.student)
        prepared = submission.prepare(one, own)
        if _encoded(prepared) != word:
            problems.append("it changed while it was being graded: grade it again")
            results.clear()
        prepared.report.problems += problems
        return _written(one, own, prepared, results)

    return task


@cache
def _servers_there(confined, used):
    """Return this worker's fork servers; they end with it."""
    return Servers(confined, used)


def _execute_there(job, confined, used):
    servers = _servers_there(confined, used)
    servers.start([None, *job.exercise.imports])
    try:
        return execute(job, servers)
    finally:
        servers.remove_groups()
