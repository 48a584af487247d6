"""Time how grading grows on a Dask cluster.

    python benchmarks/grading_scale.py [--tasks 3000] [--submissions 100] [--stored 10000]

The cluster is a scheduler and two workers, each in a process of its own. A worker waits instead of
executing a submission, for as long as the execution takes (or `--seconds`). All the rest is real:
the job and the result that travel, the scheduler, the one process that reads submissions and writes
scores to the gradebook and files to the disk. The rows are

- the cluster alone, with a hundredth, a tenth and all of `--tasks`, as many of them under way as
  the grader has;
- the whole grader, with a tenth, a third and all of `--submissions`, and its report;
- `--more` submissions, with a hundredth, a tenth and all of `--stored` in the gradebook already.

With `--seconds 0.1` workers are never short, and what else takes time shows. The processor's time
is the scheduler's in the rows of the cluster and the grader's in the others.
"""

import argparse
import contextlib
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import deque
from pathlib import Path

import psutil

from cnnedu.grading import assignment, report, submission
from cnnedu.grading.batch import Grader
from cnnedu.grading.course import Course
from cnnedu.grading.execute import execute
from cnnedu.grading.forkserver import Limits
from cnnedu.grading.pools import Cluster, jobs_in
from cnnedu.grading.servers import Servers
from harness.course import course_with_solutions

NAME = "01_convolution_by_hand"


class Waiting(Cluster):
    """A cluster whose workers wait instead of working, and return the same result each time."""

    def __init__(self, address, seconds, result):
        super().__init__(address)
        self._seconds = seconds
        self._result = result

    @contextlib.contextmanager
    def running(self, confined, imports, used):
        """Yield the function that grades submissions, as `Cluster.running` does."""
        (self._shared,) = self._client.scatter([self._result], broadcast=True, hash=False)
        with super().running(confined, imports, used) as run:
            yield run

    def send(self, job):
        """Send a job; return its future."""
        return self._client.submit(_wait, job, self._shared, self._seconds, pure=False)

    def _submit(self, word, assignment, confined, used):
        return {name: self.send(job) for name, job in jobs_in(word, assignment).items()}


def _wait(job, result, seconds):
    time.sleep(seconds)
    return result


@contextlib.contextmanager
def cluster(threads):
    """Start a scheduler and two workers with `threads` in all; yield (address, scheduler)."""
    quiet = os.environ | {"DASK_DISTRIBUTED__DASHBOARD__ENABLED": "false"}
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as started:
        address = Path(folder, "address")
        log = started.enter_context(open(Path(folder, "log"), "w", encoding="utf-8"))

        def start(module, *options):
            program = [sys.executable, "-m", f"distributed.cli.{module}", "--no-dashboard"]
            program += ["--host", "127.0.0.1", "--scheduler-file", str(address), *options]
            process = subprocess.Popen(program, cwd=folder, env=quiet, stdout=log, stderr=log)
            started.callback(process.wait)
            started.callback(process.kill)
            return process

        scheduler = start("dask_scheduler", "--port", "0")
        for _ in range(2):
            start("dask_worker", "--no-nanny", "--nthreads", str(threads // 2))
        from distributed import Client

        while not address.exists():
            time.sleep(0.1)
        with Client(scheduler_file=str(address), timeout="60s") as client:
            client.wait_for_workers(2, timeout=120)
            found = client.scheduler.address
        yield found, psutil.Process(scheduler.pid)


def example(folder):
    """Return a job of the exercise, its result, and the seconds it takes to execute."""
    course = Course(course_with_solutions(folder, NAME, 1).folder, NAME)
    exercises = assignment.read_exercises(course)
    with course.gradebook() as gradebook:
        shared = assignment.read(course, exercises, gradebook, Limits())
    job = submission.prepare(course.submissions()[0], shared).jobs[NAME]
    with contextlib.closing(Servers()) as servers:
        servers.start([None, *job.exercise.imports])
        begun = time.perf_counter()
        for _ in range(3):
            result = execute(job, servers)
        seconds = (time.perf_counter() - begun) / 3
    return job, result, seconds


def tasks(address, scheduler, job, result, seconds, number):
    """Send `number` jobs, as many under way at a time as the grader has; return the row."""
    pool = Waiting(address, seconds, result)
    with pool.running(True, [], ()):
        begun, used = time.perf_counter(), _processor(scheduler)
        waiting = deque()
        for _ in range(number):
            waiting.append(pool.send(job))
            if len(waiting) > 2 * pool.workers:
                waiting.popleft().result()
        while waiting:
            waiting.popleft().result()
        took = time.perf_counter() - begun
        used = _processor(scheduler) - used
    return _row("cluster alone", number, took, used, scheduler)


def submissions(address, scheduler, folder, result, seconds, number):
    """Let the grader grade `number` submissions; return the rows of grading and of its report."""
    course = course_with_solutions(folder, NAME, number)
    pool = Waiting(address, seconds, result)
    graded = Course(course.folder, NAME)
    begun, used = time.perf_counter(), _own_processor()
    count = sum(1 for _ in Grader(graded, pool=pool).grade())
    middle, middle_used = time.perf_counter(), _own_processor()
    report.table(report.questions(graded))
    end, end_used = time.perf_counter(), _own_processor()
    if count != number or not list(folder.glob(f"grading/autograded/s*/{NAME}/*.ipynb")):
        raise SystemExit("some were not graded")
    return [
        _row("the grader", number, middle - begun, middle_used - used, scheduler),
        _row("its report", number, end - middle, end_used - middle_used, scheduler),
    ]


def stored(address, scheduler, folder, result, seconds, number, more):
    """Let the grader grade `more` submissions beside `number` stored ones; return the row."""
    course = course_with_solutions(folder, NAME, more)
    fill(folder / "grading/gradebook.db", number)
    pool = Waiting(address, seconds, result)
    graded = Course(course.folder, NAME)
    graded.gradebook().close()
    begun, used = time.perf_counter(), _own_processor()
    count = sum(1 for _ in Grader(graded, pool=pool).grade())
    took, used = time.perf_counter() - begun, _own_processor() - used
    return _row(f"{more} more after", number, took, used, scheduler, count)


def fill(database, number):
    """Store `number` graded submissions in nbgrader's tables."""
    names = [(f"stored{n:06}",) for n in range(number)]
    with contextlib.closing(sqlite3.connect(database)) as db, db:
        (assignment,) = db.execute("SELECT id FROM assignment").fetchone()
        (notebook,) = db.execute("SELECT id FROM notebook").fetchone()
        cells = db.execute("SELECT id, type FROM base_cell").fetchall()
        db.executemany("INSERT INTO student (id) VALUES (?)", names)
        db.executemany(
            f"INSERT INTO submitted_assignment VALUES ('a' || ?1, '{assignment}', ?1, NULL, NULL)",
            names,
        )
        db.executemany(
            f"INSERT INTO submitted_notebook VALUES ('n' || ?1, 'a' || ?1, '{notebook}', 0, NULL)",
            names,
        )
        for cell, kind in cells:
            table, values = ("grade", "2, NULL, NULL, 0")
            if kind != "GradeCell":
                table, values = ("comment", "NULL, NULL")
            db.executemany(
                f"INSERT INTO {table} VALUES ('{cell[:20]}' || ?1, 'n' || ?1, '{cell}', {values})",
                names,
            )


def _own_processor():
    """Return the processor time of this process and of its children that have ended."""
    return sum(os.times()[:4])


def _processor(process):
    times = process.cpu_times()
    return times.user + times.system


def _row(what, number, took, used, scheduler, count=None):
    count = count or number
    return {
        "what": what,
        "number": number,
        "seconds": round(took, 1),
        "per_second": round(count / took, 1),
        "processor_ms_each": round(1000 * used / count, 2),
        "grader_mb": round(psutil.Process().memory_info().rss / 2**20),
        "scheduler_mb": round(scheduler.memory_info().rss / 2**20),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--tasks", type=int, default=3000, help="for the cluster alone (default: 3000)"
    )
    parser.add_argument(
        "--submissions", type=int, default=100, help="for the whole grader (default: 100)"
    )
    parser.add_argument(
        "--stored", type=int, default=10000, help="in the gradebook already (default: 10000)"
    )
    parser.add_argument("--more", type=int, default=50, help="beside the stored (default: 50)")
    parser.add_argument("--threads", type=int, default=64, help="of all workers (default: 64)")
    parser.add_argument(
        "--seconds", type=float, help="a worker's wait for each submission (default: measured)"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        job, result, seconds = example(Path(folder))
    seconds = seconds if options.seconds is None else options.seconds
    print(f"a worker waits {seconds:.2f} s for each submission; {options.threads} at a time")
    rows = []
    with cluster(options.threads) as (address, scheduler):
        for number in (options.tasks // 100, options.tasks // 10, options.tasks):
            rows.append(tasks(address, scheduler, job, result, seconds, number))
            print(_shown(rows[-1]), flush=True)
        for number in (options.submissions // 10, options.submissions // 3, options.submissions):
            with tempfile.TemporaryDirectory() as folder:
                rows += submissions(address, scheduler, Path(folder), result, seconds, number)
            print(*map(_shown, rows[-2:]), sep="\n", flush=True)
        for number in (options.stored // 100, options.stored // 10, options.stored):
            with tempfile.TemporaryDirectory() as folder:
                where = address, scheduler, Path(folder)
                rows.append(stored(*where, result, seconds, number, options.more))
            print(_shown(rows[-1]), flush=True)
    print(json.dumps({"benchmark": "grading_scale", "cores": os.cpu_count(), "rows": rows}))


def _shown(row):
    return (
        f"{row['what']:<14}{row['number']:>7}: {row['seconds']:>7.1f} s, {row['per_second']:>6.1f}"
        f" a second, {row['processor_ms_each']:>6.2f} ms of processor each; memory: grader"
        f" {row['grader_mb']} MB, scheduler {row['scheduler_mb']} MB"
    )


if __name__ == "__main__":
    main()
