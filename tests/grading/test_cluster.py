"""Grading on a Dask cluster: a real scheduler and two workers, each in its own process."""

import os
import subprocess
import sys
import time

import pytest

from cnnedu.grading import pools
from harness.course import student_cells

NAME = "00_start_here"


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory):
    """Start a cluster; return its address."""
    folder = tmp_path_factory.mktemp("cluster")
    address = folder / "address"
    tool = [sys.executable, "-m", "distributed.cli"]
    started = []

    def start(*arguments):
        log = open(folder / f"{len(started)}.log", "w")
        quiet = {"DASK_DISTRIBUTED__DASHBOARD__ENABLED": "false"}
        started.append(
            subprocess.Popen(
                [*tool[:2], *arguments],
                cwd=folder,
                stdout=log,
                stderr=log,
                env=os.environ | quiet,
            )
        )

    start(
        "distributed.cli.dask_scheduler",
        *("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(address)),
    )
    for _ in range(2):
        start(
            "distributed.cli.dask_worker",
            *("--scheduler-file", str(address), "--no-dashboard", "--no-nanny"),
            *("--nthreads", "1", "--host", "127.0.0.1", "--death-timeout", "60"),
        )
    from distributed import Client

    deadline = time.monotonic() + 60
    while not address.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    with Client(scheduler_file=str(address), timeout="30s") as client:
        client.wait_for_workers(2, timeout=60)
        found = client.scheduler.address
    yield found
    for process in started:
        process.kill()
        process.wait()


def test_a_cluster_gives_the_same_scores(course, scheduler, confined):
    course.nbgrader("generate_assignment", NAME)
    right = student_cells(course.solution(NAME))
    for number in range(4):
        wrong = {"00-chalk": "chalk = 64"} if number % 2 else {}
        course.submit(NAME, f"s{number}", right | wrong)
    done = course.grade(NAME, "--scheduler", scheduler)
    assert done.exit_code == 0, done.output
    for number in range(4):
        expected = {"00-chalk-tests": 1 - number % 2, "00-negative-tests": 1}
        assert course.scores(NAME, f"s{number}") == expected


def test_without_a_scheduler_there_is_one_line(course, monkeypatch):
    monkeypatch.setattr(pools, "PATIENCE", "0.5s")
    done = course.grade(NAME, "--scheduler", "tcp://127.0.0.1:9")
    assert done.exit_code == 1
    assert "no Dask scheduler answers at tcp://127.0.0.1:9" in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr
