"""Control groups: the kernel itself counts what one submission holds, whatever it is made of.

Version 2 where this process's own group is delegated to its user (systemd does that) or the user is
root; version 1 where that is what there is and its folders can be written. Where no group can be
made, `NoGroups` says why, and the grader looks at /proc from time to time instead (`family`).
"""

import errno
import os
import secrets
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

MOUNTS = Path("/proc/self/mountinfo")
OWN = Path("/proc/self/cgroup")
PREFIX = "cnnedu-"
SHARES = 100  # of the processor, for each submission alike
CONTROLLERS = ("memory", "pids", "cpu")  # of version 2
# Set by `delegated` for the process that it starts, so that it tries only once.
TRIED = "CNNEDU_DELEGATED"


class NoGroups(Exception):
    """No control group can be made here; says why."""


def find():
    """Return the `Parent` under which submissions get their groups; `NoGroups` if there is none."""
    places = _places()
    parent = _Version2(places[""]) if "memory" not in places and "" in places else None
    parent = parent or (_Version1(places) if "memory" in places else None)
    if parent is None:
        raise NoGroups("this machine has no control groups for memory")
    return parent


def delegate(command):
    """Go on as `command` in a group of one's own, if systemd gives one to an ordinary user.

    Returns where it doesn't, or where nothing is to be gained; else it never returns.
    """
    if os.geteuid() == 0 or TRIED in os.environ or not shutil.which("systemd-run"):
        return
    if "memory" in _places():  # of version 1, where systemd gives nothing
        return
    scope = ["systemd-run", "--user", "--scope", "--quiet", "--collect"]
    scope += ["--property=Delegate=yes", "--"]
    environment = os.environ | {TRIED: "1"}
    quietly = {"stdin": subprocess.DEVNULL, "capture_output": True, "timeout": 10}
    with suppress(OSError, subprocess.SubprocessError):
        subprocess.run([*scope, "true"], check=True, env=environment, **quietly)
        os.execvpe(scope[0], [*scope, *command], environment)


class Group:
    """The group of one process and all that descend from it."""

    def __init__(self, folders, version):
        self._folders = folders
        self._version = version

    def add(self, number):
        """Put a process in, before it has children."""
        for folder in set(self._folders.values()):
            (folder / "cgroup.procs").write_text(str(number))

    def out_of_memory(self):
        """Return whether a process in here was killed because the group held too much."""
        name = "memory.events" if self._version == 2 else "memory.oom_control"
        return _entry(self._folders["memory"] / name, "oom_kill") > 0

    def seconds(self):
        """Return the processor time used in here."""
        if self._version == 2:
            return _entry(self._folders["memory"] / "cpu.stat", "usage_usec") / 1e6
        with suppress(KeyError, OSError):
            return int((self._folders["cpuacct"] / "cpuacct.usage").read_text()) / 1e9
        return 0.0

    def kill(self):
        """Kill every process in here."""
        folder = self._folders["pids"]
        # No process can be added between two looks that find the same ones: the limit is 0.
        with suppress(OSError):
            (folder / "pids.max").write_text("0")
        for _ in range(100):
            numbers = _numbers(folder)
            if not numbers:
                return
            if (folder / "cgroup.kill").exists():  # version 2, since Linux 5.14
                with suppress(OSError):
                    (folder / "cgroup.kill").write_text("1")
                    numbers = []
            for number in numbers:
                with suppress(ProcessLookupError):
                    os.kill(number, signal.SIGKILL)
            time.sleep(0.002)

    def remove(self):
        """Take the group away; its processes are killed."""
        self.kill()
        for folder in set(self._folders.values()):
            _remove(folder)


class _Parent:
    """The group in which those of the submissions are made."""

    def __init__(self, folders):
        self._folders = folders
        for folder in set(folders.values()):
            _remove_left_over(folder.parent)
            folder.mkdir(exist_ok=True)

    def group(self, limits):
        """Return a new `Group` with these `Limits`."""
        name = f"{os.getpid()}-{secrets.token_hex(8)}"
        folders = {controller: folder / name for controller, folder in self._folders.items()}
        for folder in set(folders.values()):
            folder.mkdir()
        for controller, file, value in self.settings(limits):
            # Not every kernel counts swap apart; not every user is given shares of the processor.
            if controller in folders and (folders[controller] / file).exists():
                (folders[controller] / file).write_text(str(value))
        return Group(folders, self.version)

    def folders(self):
        """Return where the groups are made, each place once."""
        return sorted(set(self._folders.values()))

    def sweep(self):
        """Take away what children that were killed have left of theirs."""
        for folder in self.folders():
            for inner in folder.glob("*-*/"):
                if not Path(f"/proc/{inner.name.partition('-')[0]}").exists():
                    Group({"pids": inner}, self.version).remove()

    def remove(self):
        """Take away all groups that were made here, with what still runs in them, and this one."""
        for folder in self.folders():
            for inner in folder.glob("*/"):
                Group({"pids": inner}, self.version).remove()
            _remove(folder)


class _Version1(_Parent):
    version = 1

    def __init__(self, places):
        name = f"{PREFIX}{os.getpid()}"
        wanted = ("memory", "pids", "cpuacct", "cpu")
        folders = {kind: places[kind] / name for kind in wanted if kind in places}
        if "pids" not in folders:
            raise NoGroups("this machine has no control groups for numbers of processes")
        try:
            super().__init__(folders)
        except OSError as error:
            self.remove()
            raise NoGroups(f"this user may make no control groups ({error.strerror})") from None

    def settings(self, limits):
        """Yield (controller, file, value) of one submission's limits."""
        yield "memory", "memory.limit_in_bytes", limits.memory
        yield "memory", "memory.memsw.limit_in_bytes", limits.memory
        yield "pids", "pids.max", limits.processes
        yield "cpu", "cpu.shares", SHARES


class _Version2(_Parent):
    version = 2

    def __init__(self, own):
        name = f"{PREFIX}{os.getpid()}"
        grader = f"{name}-grader"
        if own.name == grader:  # where this process went for an earlier one of these
            own = own.parent
        ours = self._is_ours(own)
        parent = own if ours else _mounted("cgroup2")[""][0]
        self._grader = own / grader if ours else None
        self._folders = dict.fromkeys(CONTROLLERS, parent / name)
        try:
            if ours:
                # A group that has groups with limits in it may hold no process itself.
                self._grader.mkdir(exist_ok=True)
                (self._grader / "cgroup.procs").write_text(str(os.getpid()))
            self._enable(parent)
            super().__init__(self._folders)
            self._enable(parent / name)
        except OSError as error:
            self.remove()
            busy = error.errno == errno.EBUSY
            why = "other processes are in its own" if busy else error.strerror
            raise NoGroups(f"this user may make no control groups ({why})") from None

    def remove(self):
        """Take away all that was made here, and go back to where this process came from."""
        super().remove()
        if self._grader:
            own = self._grader.parent
            for controller in CONTROLLERS:
                with suppress(OSError):
                    (own / "cgroup.subtree_control").write_text(f"-{controller}")
            for number in _numbers(self._grader):
                with suppress(OSError):
                    (own / "cgroup.procs").write_text(str(number))
            _remove(self._grader)

    @staticmethod
    def _is_ours(own):
        """Return whether a group was delegated to us: we may write to it, and are alone in it."""
        return os.access(own / "cgroup.procs", os.W_OK) and set(_numbers(own)) <= {os.getpid()}

    @staticmethod
    def _enable(folder):
        given = (folder / "cgroup.controllers").read_text().split()
        for controller in CONTROLLERS:
            if controller in given:
                (folder / "cgroup.subtree_control").write_text(f"+{controller}")
            elif controller != "cpu":  # nice to have; older systemd doesn't delegate it
                raise OSError(0, f"the controller {controller} isn't given to it")

    def settings(self, limits):
        """Yield (controller, file, value) of one submission's limits."""
        yield "memory", "memory.max", limits.memory
        yield "memory", "memory.swap.max", 0
        yield "memory", "memory.oom.group", 1
        yield "pids", "pids.max", limits.processes
        yield "cpu", "cpu.weight", SHARES


def _places():
    """Return {controller: folder of this process's own group}; that of version 2 is ""."""
    mounted = _mounted("cgroup") | _mounted("cgroup2")
    places = {}
    for line in OWN.read_text().splitlines() if OWN.exists() else []:
        _, controllers, path = line.split(":", 2)
        for controller in controllers.split(","):
            if controller in mounted:
                folder, root = mounted[controller]
                places[controller] = folder / os.path.relpath(path, root)
    return places


def _mounted(kind):
    """Return {controller: (where it is mounted, which group is shown there)}."""
    found = {}
    for line in MOUNTS.read_text().splitlines():
        before, _, after = line.partition(" - ")
        system, _, options = after.split(" ", 2)
        root, folder = before.split(" ")[3:5]
        if system == kind:
            for controller in [""] if kind == "cgroup2" else options.split(","):
                found[controller] = (Path(folder), root)
    return found


def _numbers(folder):
    """Return the numbers of the processes in a group."""
    with suppress(OSError):
        return [int(number) for number in (folder / "cgroup.procs").read_text().split()]
    return []


def _entry(path, name):
    """Return the number that stands behind a name in a file of several lines."""
    with suppress(OSError):
        for line in path.read_text().splitlines():
            if line.split()[0] == name:
                return int(line.split()[1])
    return 0


def _remove(folder):
    """Remove a group; its last processes may take a moment to be gone."""
    for _ in range(500):
        with suppress(OSError):
            folder.rmdir()
        if not folder.exists():
            return
        time.sleep(0.002)


def _remove_left_over(folder):
    """Remove the groups of graders that were killed."""
    for old in folder.glob(f"{PREFIX}*"):
        number = old.name.removeprefix(PREFIX).partition("-")[0]
        if number.isdigit() and not Path(f"/proc/{number}").exists():
            for inner in [*old.glob("*/"), old]:
                with suppress(OSError):
                    inner.rmdir()
