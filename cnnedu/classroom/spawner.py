"""JupyterHub's spawner: a server for each person, inside its walls."""

import functools
import shutil
import signal
import subprocess
import sys
from contextlib import suppress

from jupyterhub.spawner import LocalProcessSpawner
from traitlets import Instance, Unicode

from cnnedu.classroom import walls
from cnnedu.classroom.folder import Folder

MOST_TASKS = 512  # processes and threads of a server
PROGRAM = [sys.executable, "-m", "jupyterhub.singleuser"]


class WalledSpawner(LocalProcessSpawner):
    """Starts a server inside bubblewrap; no account on the machine is needed.

    The memory, processors and processes of a student's server are limited (`mem_limit`,
    `cpu_limit`) where systemd gives the user who runs the hub the right to do so.
    """

    folder = Instance(Folder, help="The folder of the class.").tag(config=True)
    course = Unicode(help="The folder of the course.").tag(config=True)

    @property
    def person(self):
        """The `Person` whose server this is."""
        return self.folder.person(self.user.name)

    def make_preexec_fn(self, name):
        """Return nothing to do: the walls change the user."""

    def user_env(self, env):
        """Return the variables of the server."""
        return env | walls.environment(self.person)

    async def start(self):
        """Start the server; give its owner the lessons that they don't have yet."""
        person = self.person
        try:
            self.folder.give_lessons(person.username, f"{self.course}/lessons")
        except OSError as error:  # the home is the student's own
            self.log.warning("%s gets no lessons: %s", person.username, error.strerror)
        inside = walls.command(self.folder, self.course, person, PROGRAM)
        # `cnnedu grade` on a teacher's server runs many submissions, and limits each.
        wanted = [] if person.teacher else limits(self.mem_limit, self.cpu_limit)
        self.cmd = [*wanted, *inside]
        return await super().start()

    async def poll(self):
        """Return None while the server runs; tell that of somebody off the roster to end."""
        status = await super().poll()
        if status is None and self.user.name not in self.folder.usernames():
            self.log.warning("%s is off the roster: the server is stopped", self.user.name)
            await self._signal(signal.SIGTERM)  # the next poll sees that it has ended
        return status


def limits(memory, cpus):
    """Return the words before a command that limit what it may use, or [] without systemd.

    Args:
        memory: bytes, or None.
        cpus: how many processors, or None.
    """
    if not _has_systemd():
        return []
    wanted = [f"--property=TasksMax={MOST_TASKS}", "--property=MemorySwapMax=0"]
    wanted += [f"--property=MemoryMax={memory:.0f}"] if memory else []
    wanted += [f"--property=CPUQuota={100 * cpus:.0f}%"] if cpus else []
    return ["systemd-run", "--user", "--scope", "--quiet", "--collect", *wanted, "--"]


@functools.cache
def _has_systemd():
    """Return whether systemd runs commands in groups of their own for this user."""
    trial = ["systemd-run", "--user", "--scope", "--quiet", "--collect", "true"]
    with suppress(OSError, subprocess.SubprocessError):
        quietly = {"stdin": subprocess.DEVNULL, "capture_output": True, "timeout": 10}
        return bool(shutil.which(trial[0])) and not subprocess.run(trial, **quietly).returncode
    return False
