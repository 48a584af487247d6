"""Control groups: the kernel counts what a submission holds, whatever it consists of.

Version 2 needs a group that is delegated to the user, as systemd does, or root. Version 1 needs
folders that the user may write to. If no group can be made, `NoGroups` says why, and the grader
checks /proc a few times a second instead (`process_tree`).
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
# `delegate` sets it for the process that it starts, so it tries only once.
TRIED = "CNNEDU_DELEGATED"


class NoGroups(Exception):
    """Control groups can't be made here; says why."""


def find():
    """Return the `_Parent` in which submissions get their groups; `NoGroups` if there is none."""
    places = _places()
    parent = _Version2(places[""]) if "memory" not in places and "" in places else None
    parent = parent or (_Version1(places) if "memory" in places else None)
    if parent is None:
        raise NoGroups("this machine has no control groups for memory")
    return parent


def delegate(command):
    """Continue as `command` in a group that systemd delegates to an ordinary user.

    It returns if systemd gives no such group, or if there is nothing to gain; else it never does.
    """
    if os.geteuid() == 0 or TRIED in os.environ or not shutil.which("systemd-run"):
        return
    if "memory" in _places():  # version 1, in which systemd delegates nothing
        return
    scope = ["systemd-run", "--user", "--scope", "--quiet", "--collect"]
    scope += ["--property=Delegate=yes", "--"]
    environment = os.environ | {TRIED: "1"}
    quietly = {"stdin": subprocess.DEVNULL, "capture_output": True, "timeout": 10}
    with suppress(OSError, subprocess.SubprocessError):
        subprocess.run([*scope, "true"], check=True, env=environment, **quietly)
        os.execvpe(scope[0], [*scope, *command], environment)


class Group:
    """The group of one process and all its descendants."""

    def __init__(self, folders, version):
        self._folders = folders
        self._version = version

    def add(self, number):
        """Add a process, before it has children."""
        for folder in set(self._folders.values()):
            (folder / "cgroup.procs").write_text(str(number), encoding="utf-8")

    def out_of_memory(self):
        """Return whether a process in the group was killed because the group held too much."""
        name = "memory.events" if self._version == 2 else "memory.oom_control"
        return _entry(self._folders["memory"] / name, "oom_kill") > 0

    def seconds(self):
        """Return the processor time that the group has used."""
        if self._version == 2:
            return _entry(self._folders["memory"] / "cpu.stat", "usage_usec") / 1e6
        with suppress(KeyError, OSError):
            return int((self._folders["cpuacct"] / "cpuacct.usage").read_text("utf-8")) / 1e9
        return 0.0

    def kill(self):
        """Kill every process in the group."""
        folder = self._folders["pids"]
        # With a limit of 0, no process can be forked between two looks.
        with suppress(OSError):
            (folder / "pids.max").write_text("0", encoding="utf-8")
        for _ in range(100):
            numbers = _numbers(folder)
            if not numbers:
                return
            if (folder / "cgroup.kill").exists():  # version 2, since Linux 5.14
                with suppress(OSError):
                    (folder / "cgroup.kill").write_text("1", encoding="utf-8")
                    numbers = []
            for number in numbers:
                with suppress(ProcessLookupError):
                    os.kill(number, signal.SIGKILL)
            time.sleep(0.002)

    def remove(self):
        """Kill the processes and remove the group."""
        self.kill()
        for folder in set(self._folders.values()):
            _remove(folder)


class _Parent:
    """The group that holds those of the submissions."""

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
            # Some kernels don't count swap separately; some users get no shares of the processor.
            if controller in folders and (folders[controller] / file).exists():
                (folders[controller] / file).write_text(str(value), encoding="utf-8")
        return Group(folders, self.version)

    def folders(self):
        """Return the folders in which the groups are made, each once."""
        return sorted(set(self._folders.values()))

    def sweep(self):
        """Remove the groups that were left by children of the grader that were killed."""
        for folder in self.folders():
            for inner in folder.glob("*-*/"):
                if not Path(f"/proc/{inner.name.partition('-')[0]}").exists():
                    Group({"pids": inner}, self.version).remove()

    def remove(self):
        """Remove all groups in here, kill what still runs in them, and remove this group."""
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
            raise NoGroups("this machine has no control groups for the number of processes")
        try:
            super().__init__(folders)
        except OSError as error:
            self.remove()
            raise NoGroups(f"this user may not make control groups ({error.strerror})") from None

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
        if own.name == grader:  # an earlier instance moved this process there
            own = own.parent
        ours = self._is_ours(own)
        parent = own if ours else _mounted("cgroup2")[""][0]
        self._grader = own / grader if ours else None
        self._folders = dict.fromkeys(CONTROLLERS, parent / name)
        try:
            if ours:
                # A group may not hold processes beside groups with limits.
                self._grader.mkdir(exist_ok=True)
                (self._grader / "cgroup.procs").write_text(str(os.getpid()), encoding="utf-8")
            self._enable(parent)
            super().__init__(self._folders)
            self._enable(parent / name)
        except OSError as error:
            self.remove()
            busy = error.errno == errno.EBUSY
            why = "there are other processes in its group" if busy else error.strerror
            raise NoGroups(f"this user may not make control groups ({why})") from None

    def remove(self):
        """Remove all that was made here, and move this process back to where it came from."""
        super().remove()
        if self._grader:
            own = self._grader.parent
            for controller in CONTROLLERS:
                with suppress(OSError):
                    (own / "cgroup.subtree_control").write_text(f"-{controller}", encoding="utf-8")
            for number in _numbers(self._grader):
                with suppress(OSError):
                    (own / "cgroup.procs").write_text(str(number), encoding="utf-8")
            _remove(self._grader)

    @staticmethod
    def _is_ours(own):
        """Return whether a group is delegated to us: we may write to it and are alone in it."""
        return os.access(own / "cgroup.procs", os.W_OK) and set(_numbers(own)) <= {os.getpid()}

    @staticmethod
    def _enable(folder):
        given = (folder / "cgroup.controllers").read_text("utf-8").split()
        for controller in CONTROLLERS:
            if controller in given:
                (folder / "cgroup.subtree_control").write_text(f"+{controller}", encoding="utf-8")
            elif controller != "cpu":  # nice to have; older versions of systemd don't delegate it
                raise OSError(0, f"the controller {controller} isn't delegated to it")

    def settings(self, limits):
        """Yield (controller, file, value) of one submission's limits."""
        yield "memory", "memory.max", limits.memory
        yield "memory", "memory.swap.max", 0
        yield "memory", "memory.oom.group", 1
        yield "pids", "pids.max", limits.processes
        yield "cpu", "cpu.weight", SHARES


def _places():
    """Return {controller: folder of this process's group}; version 2 has the key ""."""
    mounted = _mounted("cgroup") | _mounted("cgroup2")
    places = {}
    for line in OWN.read_text("utf-8", "surrogateescape").splitlines() if OWN.exists() else []:
        _, controllers, path = line.split(":", 2)
        for controller in controllers.split(","):
            if controller in mounted:
                folder, root = mounted[controller]
                places[controller] = folder / os.path.relpath(path, root)
    return places


def _mounted(kind):
    """Return {controller: (where it is mounted, the group that is shown there)}."""
    found = {}
    for line in MOUNTS.read_text("utf-8", "surrogateescape").splitlines():
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
        return [int(number) for number in (folder / "cgroup.procs").read_text("utf-8").split()]
    return []


def _entry(path, name):
    """Return the number after a name in a file of several lines; 0 if it isn't there."""
    with suppress(OSError):
        for line in path.read_text("utf-8").splitlines():
            if line.split()[0] == name:
                return int(line.split()[1])
    return 0


def _remove(folder):
    """Remove a group; its last processes may take a moment to end."""
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
