"""Where submissions are executed: in processes of this machine, or on a Dask cluster.

A pool takes submissions and yields, for each as soon as it is done, what its `Fence` said last.
"""

import contextlib
import json
import os
import select
from dataclasses import dataclass, replace
from functools import cache, partial

from cnnedu.grading import fence, sandbox, submission
from cnnedu.grading.execute import MOST_CELLS_LONG, execute
from cnnedu.grading.fence import Fence, NoWord
from cnnedu.grading.forkserver import START, ServerLost
from cnnedu.grading.inside import values
from cnnedu.grading.process import GRACE
from cnnedu.grading.servers import Servers

PATIENCE = "5s"  # for a Dask scheduler to answer
PATIENCE_ALONE = 4  # how many times the time a submission may wait for processors when it is alone


class NoCluster(Exception):
    """The Dask cluster can't be used; says why."""


@dataclass
class Done:
    """What came of one submission.

    Args:
        submission: the `Submission`.
        report: its `Report`, or None.
        why: there is no report.
        disk: what is wrong with the disk, which is not the submission's fault.
        server: what is wrong with the fork servers, which isn't either.
        seconds: it took.
    """

    submission: object
    report: object = None
    why: str = ""
    disk: str = ""
    server: str = ""
    seconds: float = 0


class Local:
    """Executes on this machine, each submission behind a `Fence` of its own."""

    def __init__(self, workers=None):
        self.workers = workers or len(os.sched_getaffinity(0))
        self.servers = None

    def check(self, confined):
        """Raise `NoSandbox` if submissions are to be confined and the programs for it are missing.

        Whether they work shows when the fork servers start.
        """
        if confined:
            sandbox.check_programs()

    @contextlib.contextmanager
    def running(self, confined, imports, used):
        """Start the fork servers; give the function that takes submissions and yields `Done`.

        Args:
            confined: whether submissions run in the sandbox.
            imports: the sets of allowed modules, None for the judge's.
            used: the modules that the notebooks import.
        """
        self.servers = Servers(confined, used)
        with contextlib.closing(self.servers):
            # They import while the gradebook is read.
            self.servers.launch(imports)
            yield lambda *work, **how: self._run(imports, *work, **how)

    def _run(self, imports, assignment, submissions, alone=False):
        """Grade submissions side by side, or one after the other; yield a `Done` for each."""
        most = 1 if alone else self.workers
        assignment = replace(assignment, patience=PATIENCE_ALONE if alone else 1)
        running = {}
        # No score is written before it is known that code can run here at all.
        try:
            self.servers.start(imports)
        except ServerLost:
            if self.servers.confined:
                sandbox.check()  # says what is missing
            raise
        for one in submissions:
            while len(running) >= most:
                yield from self._collect(running)
            self.servers.start(imports)  # those that were killed
            running[one.student] = self._begin(assignment, one)
        while running:
            yield from self._collect(running)

    def _begin(self, assignment, one):
        task = partial(everything, one, assignment, self.servers)
        return one, Fence(task, longest(assignment))

    def _collect(self, running):
        """Wait until something has come from a child; yield what has ended."""
        fences = [fenced for _, fenced in running.values()]
        sockets = [sock for fenced in fences for sock in (fenced.words, fenced.made)]
        ready = select.select(sockets, [], [], fence.LOOK)[0]
        for student, (one, fenced) in list(running.items()):
            if fenced.listen(ready):
                del running[student]
                yield replace(done(one, fenced.end), seconds=fenced.age)
        if self.servers.groups:
            self.servers.groups.sweep()


class Cluster:
    """Executes on the workers of a Dask cluster, each of which has a sandbox of its own.

    Reading a submission and writing it happen here, behind a `Fence`.
    """

    servers = None

    def __init__(self, address):
        try:
            from distributed import Client
        except ImportError:
            raise NoCluster("for --scheduler install Dask: `pip install cnnedu[dask]`") from None
        try:
            self._client = Client(address, timeout=PATIENCE)
        except (OSError, ValueError) as error:
            raise NoCluster(f"no Dask scheduler answers at {address} ({error})") from None
        self.workers = sum(self._client.nthreads().values())
        if not self.workers:
            raise NoCluster(f"the scheduler at {address} has no workers yet: start some")

    def check(self, confined):
        """Raise `NoSandbox` if a worker can't confine submissions."""
        if confined:
            self._client.run(sandbox.check)

    @contextlib.contextmanager
    def running(self, confined, imports, used):
        """Give the function that takes submissions and yields `Done`, as `Local.running` does."""
        try:
            yield lambda *work, **how: self._run(confined, used, *work, **how)
        finally:
            self._client.close()

    def _run(self, confined, used, assignment, submissions, alone=False):
        """Grade submissions; a few wait here, never the whole class."""
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
                reading[one.student] = one, Fence(task, longest(assignment))
            if not (reading or executing or writing):
                return
            for one, fenced in _ended(reading):
                try:
                    word = fenced.end()
                except NoWord as reason:
                    yield Done(one, why=str(reason))
                    continue
                futures = self._submit(word, assignment, confined, used)
                executing[one.student] = one, word, futures
            for one, word, futures in list(executing.values()):
                if len(writing) < cores and all(future.done() for future in futures.values()):
                    del executing[one.student]
                    task = _write_task(one, assignment, word, futures)
                    writing[one.student] = one, Fence(task, longest(assignment))
            for one, fenced in _ended(writing):
                yield replace(done(one, fenced.end), seconds=fenced.age)

    def _submit(self, word, assignment, confined, used):
        """Send the jobs in a child's word to the cluster; return their futures."""
        # A job is done once more elsewhere if its worker dies; it has no effects but its result.
        settings = {"pure": False, "retries": 2}
        return {
            name: self._client.submit(_execute_there, job, confined, used, **settings)
            for name, job in jobs_in(word, assignment).items()
        }


def longest(assignment):
    """Return how many seconds everything together may take for one submission."""
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
        return Done(one, why="its last word isn't one")


def everything(one, assignment, servers, made):
    """Read, execute and write a submission; return the word."""
    prepared = submission.prepare(one, assignment)
    results = {}
    for name, job in prepared.jobs.items():
        try:
            results[name] = execute(job, servers, made)
        except ServerLost as reason:
            return json.dumps({"server": str(reason)}).encode()
    word = _written(one, assignment, prepared, results)
    servers.remove_groups()  # now that their processes have had the time to end
    return word


def _written(one, assignment, prepared, results):
    try:
        report = submission.finish(one, assignment, prepared, results)
    except submission.DiskError as error:
        return json.dumps({"disk": str(error)}).encode()
    return json.dumps({"report": report.plain()}).encode()


def _ended(fences):
    """Take out those whose child has ended; return them with their submissions."""
    sockets = [sock for _, fenced in fences.values() for sock in (fenced.words, fenced.made)]
    ready = select.select(sockets, [], [], fence.LOOK / 10)[0]
    found = [one.student for one, fenced in fences.values() if fenced.listen(ready)]
    return [fences.pop(student) for student in found]


def _jobs(one, assignment, made):
    """Return a submission's jobs as bytes; no process is made."""
    return _encoded(submission.prepare(one, assignment))


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
        except Exception as error:  # whatever it is, it is this submission's alone
            problems.append(f"it could not be executed: {error or type(error).__name__}")

    def task(made):
        prepared = submission.prepare(one, assignment)
        if _encoded(prepared) != word:
            problems.append("it was changed while it was graded: grade it once more")
            results.clear()
        prepared.report.problems += problems
        return _written(one, assignment, prepared, results)

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
