"""The fork servers of this machine, and the control groups of the processes that they fork."""

import threading
import time

from cnnedu.grading import cgroups
from cnnedu.grading.forkserver import ForkServer


class Servers:
    """The fork servers of this machine, one for each set of allowed modules and the judge's.

    Args:
        confined: whether they run in the sandbox.
        used: the modules that the notebooks import, which the servers import in advance.
    """

    def __init__(self, confined=True, used=()):
        self.confined = confined
        self.used = used
        self._servers = {}
        self._lost = 0.0  # when one was last found to have ended
        self._lock = threading.Lock()
        self._made = threading.local()
        self.groups = self.no_groups = None
        try:
            self.groups = cgroups.find()
        except cgroups.NoGroups as reason:
            self.no_groups = str(reason)

    def __getitem__(self, allowed):
        return self._servers[allowed]

    def launch(self, imports):
        """Start those for these sets of modules that aren't running."""
        self._note_lost()
        for allowed in imports:
            server = self._servers.get(allowed)
            if server is None or not server.alive:
                self._servers[allowed] = ForkServer(allowed, self.confined, self.used)

    def lost_since(self, moment):
        """Return whether a server has ended since a time of `time.monotonic`.

        Everything that it forked ended with it.
        """
        self._note_lost()
        return self._lost > moment

    def start(self, imports):
        """Start those that aren't running, and wait until they are ready."""
        with self._lock:
            self.launch(imports)
            for allowed in imports:
                self._servers[allowed].wait_until_ready()

    def group(self, limits):
        """Return a new control group, or None where there are none."""
        if self.groups is None:
            return None
        group = self.groups.group(limits)
        self._made.__dict__.setdefault("groups", []).append(group)
        return group

    def remove_groups(self):
        """Remove the control groups that this thread has made; their processes were killed."""
        for group in self._made.__dict__.pop("groups", []):
            group.remove()

    def close(self):
        """End them all."""
        for server in self._servers.values():
            server.close()
        self._servers.clear()
        if self.groups:
            self.groups.remove()

    def _note_lost(self):
        if not all(server.alive for server in self._servers.values()):
            self._lost = time.monotonic()
