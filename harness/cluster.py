"""A Dask cluster on this machine: a scheduler and its workers, each in a process of its own."""

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path


@contextlib.contextmanager
def cluster(workers):
    """Start a scheduler and workers of one thread each; yield the scheduler's address."""
    from distributed import Client

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

        start("dask_scheduler", "--port", "0")
        for _ in range(workers):
            start("dask_worker", "--no-nanny", "--nthreads", "1")
        while not address.exists():
            time.sleep(0.1)
        with Client(scheduler_file=str(address), timeout="120s") as client:
            client.wait_for_workers(workers, timeout=300)
            found = client.scheduler.address
        yield found
