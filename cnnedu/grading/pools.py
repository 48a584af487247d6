"""Where submissions are executed: in processes of this machine, or on a Dask cluster."""

import contextlib
import os
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from cnnedu.grading import sandbox
from cnnedu.grading.execute import Servers, execute

PATIENCE = "5s"  # for a Dask scheduler to answer


class NoCluster(Exception):
    """The Dask cluster can't be used; says why."""


class Local:
    """Executes on this machine; the threads only wait for the sandboxes."""

    def __init__(self, workers=None):
        self.workers = workers or len(os.sched_getaffinity(0))

    def check(self, confined):
        """Raise `NoSandbox` if submissions are to be confined and can't be."""
        if confined:
            sandbox.check()

    @contextlib.contextmanager
    def running(self, confined, imports, used):
        """Start the fork servers; give the function that takes a job and returns its future.

        Args:
            confined: whether submissions run in the sandbox.
            imports: the sets of allowed modules, None for the judge's.
            used: the modules that the notebooks import.
        """
        servers = Servers(confined, used)
        with contextlib.closing(servers), ThreadPoolExecutor(self.workers) as threads:
            # They end when the thread that started them does: so here, in the main one.
            for allowed in imports:
                servers[allowed]
            # No score is written before it is known that code can run here at all.
            servers.wait_until_ready()
            yield lambda job: threads.submit(execute, job, servers)


class Cluster:
    """Executes on the workers of a Dask cluster, each of which has a sandbox of its own."""

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
        """Give the function that sends a job to the cluster, as `Local.running` does."""
        # A job is done once more elsewhere if its worker dies; it has no effects but its result.
        settings = {"pure": False, "retries": 2}
        try:
            yield lambda job: self._client.submit(_execute_there, job, confined, used, **settings)
        finally:
            self._client.close()


@cache
def _servers_there(confined, used):
    """Return this worker's fork servers; they end with it."""
    return Servers(confined, used)


def _execute_there(job, confined, used):
    return execute(job, _servers_there(confined, used))
