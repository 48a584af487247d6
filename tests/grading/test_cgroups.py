"""Control groups: this machine's real ones, and a folder that behaves like version 2.

An ordinary user's groups are tested in a scope of systemd. If no group can be made at all, the
tests of real groups are skipped; if CI is set, they fail.
"""

import errno
import functools
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from grading.graded_course import until

from cnnedu import cli
from cnnedu.grading import cgroups
from cnnedu.grading.forkserver import Limits

LIMITS = Limits(memory=48 * 2**20, processes=8)
PATIENCE = 20
# Each waits until it is in its group, then begins.
PROGRAMS = {
    "sleeps": "",
    "spins": "while True: pass",
    "hoards": "if os.fork() == 0:\n    hoard = []\n    while True: hoard.append(b'x' * 2**22)",
    "forks": "while True:\n    try: os.fork()\n    except OSError: pass",
}
SCOPE = "systemd-run --user --scope --quiet --collect --property=Delegate=yes --".split()


@functools.cache
def systemd_gives_one():
    """Return whether systemd would delegate a group to this process, as it does to the grader."""
    if not os.geteuid() or cgroups.TRIED in os.environ or not shutil.which(SCOPE[0]):
        return False
    return not subprocess.run([*SCOPE, "true"], capture_output=True).returncode


@pytest.fixture
def parent():
    before = cgroups.OWN.read_text()
    try:
        parent = cgroups.find()
    except cgroups.NoGroups as reason:
        if systemd_gives_one():
            pytest.skip("test_all_of_this_holds_in_a_scope_of_systemd does it")
        (pytest.fail if os.environ.get("CI") else pytest.skip)(str(reason))
    yield parent
    parent.remove()
    assert not [folder for folder in parent.folders() if folder.exists()]
    assert cgroups.OWN.read_text() == before


@pytest.fixture
def start(parent):
    """Start a process by its name in `PROGRAMS`; return it and its group."""
    started = []

    def start(name):
        source = f"import os, time\ninput()\n{PROGRAMS[name]}\ntime.sleep(1000)"
        command = [sys.executable, "-I", "-S", "-c", source]
        process = subprocess.Popen(command, stdin=subprocess.PIPE)
        started.append(process)
        group = parent.group(LIMITS)
        group.add(process.pid)
        process.stdin.write(b"\n")
        process.stdin.flush()
        return process, group

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdin.close()


def processes(group):
    return cgroups._numbers(group._folders["pids"])


def folders(group):
    return [folder for folder in set(group._folders.values()) if folder.exists()]


def test_a_process_that_holds_too_much_is_killed_and_noticed(start):
    _, honest = start("sleeps")
    _, group = start("hoards")
    assert until(group.out_of_memory)
    assert not honest.out_of_memory()
    assert len(processes(honest)) == 1
    group.remove()
    assert not folders(group)


def test_a_fork_bomb_reaches_its_limit_and_is_removed(start):
    first, group = start("forks")
    assert until(lambda: len(processes(group)) == LIMITS.processes)
    time.sleep(0.1)
    assert len(processes(group)) == LIMITS.processes
    assert not group.out_of_memory()
    group.remove()
    assert not folders(group)
    assert first.wait(PATIENCE) == -signal.SIGKILL


def test_processor_time_is_counted_for_each_group(start):
    _, idle = start("sleeps")
    _, busy = start("spins")
    assert until(lambda: busy.seconds() > 3 * idle.seconds() + 0.3)


def test_kill_keeps_the_group_and_spares_the_others(start):
    process, group = start("spins")
    _, other = start("sleeps")
    group.kill()
    assert process.wait(PATIENCE) == -signal.SIGKILL
    assert folders(group)
    assert processes(other)


def test_removing_twice_does_no_harm(start):
    _, group = start("sleeps")
    group.remove()
    group.remove()
    assert not folders(group)


def test_the_groups_of_a_child_that_was_killed_are_swept_away(parent, start):
    _, ours = start("sleeps")
    theirs = [folder / f"{a_dead_number()}-0123" for folder in parent.folders()]
    for folder in theirs:
        folder.mkdir()
    parent.sweep()
    assert folders(ours)
    assert not [folder for folder in theirs if folder.exists()]


def test_the_groups_of_a_grader_that_was_killed_are_removed_by_the_next(parent):
    left = [folder.with_name(f"cnnedu-{a_dead_number()}") for folder in parent.folders()]
    for folder in left:
        (folder / "1-0123").mkdir(parents=True)
    cgroups.find()
    assert not [folder for folder in left if folder.exists()]


def test_removing_the_parent_removes_everything(parent, start):
    process, group = start("spins")
    parent.remove()
    assert not folders(group)
    assert process.wait(PATIENCE) == -signal.SIGKILL


# Only for a user to whom systemd gives groups of version 2.
if systemd_gives_one() and "memory" not in cgroups._places():

    def test_all_of_this_holds_in_a_scope_of_systemd():
        tests = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", __file__]
        environment = os.environ | {cgroups.TRIED: "1", "CI": "true"}
        done = subprocess.run([*SCOPE, *tests], env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout


def a_dead_number():
    """Return the number of a process that has ended."""
    process = subprocess.Popen(["true"])
    process.wait()
    return process.pid


class Kernel:
    """Version 2 in a folder: its files, and its rules on where processes may be.

    Args:
        top: the folder.
        own: this process's group, such as "/user/scope".
        others: {group: numbers of the other processes there}.
        controllers: the controllers that each group passes on to its groups.
        root: whether the top is the machine's own, which may hold processes beside groups.
        mine: the group below which this user may write.
    """

    def __init__(self, top, own, others, controllers, root, mine):
        self.top, self.root, self.mine = top, root, mine
        self.plain = {name: getattr(Path, name) for name in ("mkdir", "rmdir", "write_text")}
        self.where = top.with_name("own")
        self._files(top, "cpuset cpu io memory pids".split())
        for group in {own, *others}:
            for path in reversed([top / group[1:], *(top / group[1:]).parents]):
                if path.is_relative_to(top) and path != top and not path.exists():
                    self._put(path.parent, "cgroup.subtree_control", " ".join(controllers))
                    self.plain["mkdir"](path)
                    self._files(path, controllers)
        self._put(top / own[1:], "cgroup.subtree_control", "")
        for group, numbers in {**others, own: [os.getpid(), *others.get(own, [])]}.items():
            self._put(top / group[1:], "cgroup.procs", "\n".join(map(str, numbers)))
        self._note()

    def may(self, path):
        return path.is_relative_to(self.top / self.mine[1:])

    def mkdir(self, path, mode=0o777, parents=False, exist_ok=False):
        if not self.may(path.parent):
            raise PermissionError(errno.EACCES, "Permission denied")
        if not (exist_ok and path.exists()):
            self.plain["mkdir"](path)
            self._files(path, self._words(path.parent, "cgroup.subtree_control"))

    def rmdir(self, path):
        if not path.exists():
            raise FileNotFoundError
        if list(path.glob("*/")) or self._words(path, "cgroup.procs"):
            raise OSError(errno.EBUSY, "Device or resource busy")
        shutil.rmtree(path)

    def write(self, path, text):
        group, name = path.parent, path.name
        if not path.exists() or not self.may(path):
            raise PermissionError(errno.EACCES, "Permission denied")
        if name == "cgroup.procs":
            self._move(group, text)
        elif name == "cgroup.subtree_control":
            self._change(group, text[0], text[1:])
        elif name == "cgroup.kill":
            for each in [group, *group.rglob("*/")]:
                self._put(each, "cgroup.procs", "")
        else:
            self._put(group, name, text)

    def _move(self, group, number):
        if "memory" in self._words(group, "cgroup.subtree_control") and not self._free(group):
            raise OSError(errno.EBUSY, "Device or resource busy")
        for each in [self.top, *self.top.rglob("*/")]:
            numbers = set(self._words(each, "cgroup.procs")) - {number}
            numbers |= {number} if each == group else set()
            self._put(each, "cgroup.procs", "\n".join(sorted(numbers)))
        self._note()

    def _change(self, group, sign, controller):
        now = set(self._words(group, "cgroup.subtree_control"))
        inner = list(group.glob("*/"))
        if sign == "+":
            if controller not in self._words(group, "cgroup.controllers"):
                raise FileNotFoundError(errno.ENOENT, "No such file or directory")
            full = self._words(group, "cgroup.procs") and not self._free(group)
            if controller == "memory" and full:
                raise OSError(errno.EBUSY, "Device or resource busy")
            now |= {controller}
        else:
            if any(controller in self._words(each, "cgroup.subtree_control") for each in inner):
                raise OSError(errno.EBUSY, "Device or resource busy")
            now -= {controller}
        self._put(group, "cgroup.subtree_control", " ".join(sorted(now)))
        for each in inner:
            self._files(each, now)

    def _free(self, group):
        return self.root and group == self.top

    def _files(self, group, controllers):
        """Make those files of a group that are missing."""
        kinds = {
            "": ("procs", "subtree_control", "controllers", "kill"),
            "memory": ("max", "swap.max", "oom.group", "events"),
            "pids": ("max",),
            "cpu": ("weight",),
        }
        for controller in ("", *controllers):
            for name in kinds.get(controller, ()):
                path = group / f"{controller or 'cgroup'}.{name}"
                path.exists() or self.plain["write_text"](path, "")
        self._put(group, "cgroup.controllers", " ".join(sorted(controllers)))

    def _note(self):
        """Write down which group this process is in."""
        for each in [self.top, *self.top.rglob("*/")]:
            if str(os.getpid()) in self._words(each, "cgroup.procs"):
                path = str(each.relative_to(self.top)).lstrip(".")
                self.plain["write_text"](self.where, f"0::/{path}\n")

    def _put(self, group, name, text):
        self.plain["write_text"](group / name, text)

    @staticmethod
    def _words(group, name):
        return (group / name).read_text().split()

    def state(self):
        """Return {(group, file): words}: the processes and controllers of all groups."""
        names = ("cgroup.procs", "cgroup.subtree_control")
        groups = [self.top, *self.top.rglob("*/")]
        return {(each, name): set(self._words(each, name)) for each in groups for name in names}


@pytest.fixture
def kernel(tmp_path, monkeypatch):
    """Return a function that makes a `Kernel`, which this process then takes for the real one."""

    def make(own, others=None, controllers=("cpu", "memory", "pids"), root=True, mine="/"):
        top = tmp_path / "cgroup"
        top.mkdir()
        fake = Kernel(top, own, others or {}, controllers, root, mine)
        mounts = tmp_path / "mountinfo"
        mounts.write_text(f"31 23 0:27 / {top} rw,nosuid shared:9 - cgroup2 cgroup2 rw\n")
        monkeypatch.setattr(cgroups, "MOUNTS", mounts)
        monkeypatch.setattr(cgroups, "OWN", fake.where)
        plain, inside = fake.plain, lambda path: path.is_relative_to(top)

        def mkdir(path, *how, **more):
            return (fake.mkdir if inside(path) else plain["mkdir"])(path, *how, **more)

        def rmdir(path):
            return (fake.rmdir if inside(path) else plain["rmdir"])(path)

        def write_text(path, text, *how, **more):
            if inside(path):
                return fake.write(path, text)
            return plain["write_text"](path, text, *how, **more)

        for name, action in (("mkdir", mkdir), ("rmdir", rmdir), ("write_text", write_text)):
            monkeypatch.setattr(Path, name, action)
        access = os.access
        monkeypatch.setattr(
            os, "access", lambda path, mode: fake.may(path) if inside(path) else access(path, mode)
        )
        return fake

    return make


def text(group, name):
    return (group._folders["memory"] / name).read_text()


# The grader's group, the other processes, whether the top is the machine's own, the group below
# which the grader may write; then where its groups should go.
PLACES = {
    "root beside others": ("/", {"/": [2, 3]}, True, "/", "/"),
    "root in a session": ("/user/session", {"/": [2], "/user/session": [4]}, True, "/", "/"),
    "root alone in a service": ("/system/service", {"/": [2]}, True, "/", "/system/service"),
    "a user's own scope": ("/user/scope", {"/": [2]}, True, "/user/scope", "/user/scope"),
    "alone in a container": ("/", {}, False, "/", "/"),
}


@pytest.mark.parametrize("place", PLACES)
def test_version_2_makes_groups_with_limits_and_leaves_nothing_behind(kernel, place):
    own, others, root, mine, where = PLACES[place]
    fake = kernel(own, others, root=root, mine=mine)
    before = fake.state()
    parent = cgroups.find()
    assert parent.folders() == [fake.top / where[1:] / f"cnnedu-{os.getpid()}"]
    group = parent.group(LIMITS)
    assert text(group, "memory.max") == str(LIMITS.memory)
    assert text(group, "memory.swap.max") == "0"
    assert text(group, "memory.oom.group") == "1"
    assert text(group, "pids.max") == str(LIMITS.processes)
    group.add(99)
    assert processes(group) == [99]
    group.remove()
    assert not folders(group)
    parent.group(LIMITS).add(98)
    parent.remove()
    if where == "/" and root:  # others may rely on the top's controllers by now
        before[fake.top, "cgroup.subtree_control"] = {"cpu", "memory", "pids"}
    assert fake.state() == before


def test_a_second_parent_of_one_process_finds_its_place_too(kernel):
    fake = kernel("/user/scope", {"/": [2]}, mine="/user/scope")
    before = fake.state()
    first = cgroups.find()
    # A fork server of the first.
    fake._put(first._grader, "cgroup.procs", f"{os.getpid()}\n77")
    second = cgroups.find()
    assert second.folders() == first.folders()
    second.remove()
    first.remove()
    before[fake.top / "user/scope", "cgroup.procs"] |= {"77"}
    assert fake.state() == before


@pytest.mark.parametrize(
    ("own", "others", "root", "mine", "why"),
    [
        ("/user/session", {"/": [2], "/user/session": [4]}, True, "/none", "Permission denied"),
        ("/user/scope", {"/user/scope": [4]}, True, "/user/scope", "Permission denied"),
        ("/", {"/": [2]}, False, "/", "there are other processes in its group"),
    ],
    ids=["not delegated", "not alone", "a container that holds others"],
)
def test_version_2_says_why_there_are_no_groups(kernel, own, others, root, mine, why):
    fake = kernel(own, others, root=root, mine=mine)
    before = fake.state()
    with pytest.raises(cgroups.NoGroups, match=why):
        cgroups.find()
    assert fake.state() == before


@pytest.mark.parametrize("missing", ["memory", "pids"])
def test_a_missing_controller_is_named(kernel, missing):
    given = {"cpu", "memory", "pids"} - {missing}
    fake = kernel("/user/scope", {"/": [2]}, given, mine="/user/scope")
    before = fake.state()
    with pytest.raises(cgroups.NoGroups, match=missing):
        cgroups.find()
    assert fake.state() == before


def test_shares_of_the_processor_are_nice_to_have(kernel):
    kernel("/user/scope", {"/": [2]}, ("memory", "pids"), mine="/user/scope")
    group = cgroups.find().group(LIMITS)
    assert text(group, "pids.max") == str(LIMITS.processes)
    assert not (group._folders["cpu"] / "cpu.weight").exists()


def test_version_2_reports_memory_and_seconds(kernel):
    fake = kernel("/", {"/": [2]})
    group = cgroups.find().group(LIMITS)
    folder = group._folders["memory"]
    fake._put(folder, "memory.events", "low 0\nhigh 0\nmax 7\noom 1\noom_kill 0\n")
    fake._put(folder, "cpu.stat", "usage_usec 1500000\nuser_usec 1000000\n")
    assert not group.out_of_memory()
    assert group.seconds() == 1.5
    fake._put(folder, "memory.events", "low 0\nhigh 0\nmax 7\noom 1\noom_kill 2\n")
    assert group.out_of_memory()


def test_a_kernel_without_control_groups_has_none(tmp_path, monkeypatch):
    monkeypatch.setattr(cgroups, "OWN", tmp_path / "none")
    with pytest.raises(cgroups.NoGroups, match="no control groups for memory"):
        cgroups.find()


def test_a_kernel_that_does_not_count_swap_apart_will_do(tmp_path, monkeypatch):
    """Version 1, as Debian had it: there is no `memory.memsw.limit_in_bytes`."""
    places = {kind: tmp_path / kind for kind in ("memory", "pids")}
    monkeypatch.setattr(cgroups, "_places", lambda: places)
    for place in places.values():
        place.mkdir()
    group = cgroups.find().group(LIMITS)
    assert not [path for folder in group._folders.values() for path in folder.iterdir()]


@pytest.fixture
def systemd(tmp_path, monkeypatch):
    """Be an ordinary user of version 2; return a function that makes a `systemd-run`."""

    def make(script):
        program = tmp_path / "systemd-run"
        program.write_text(f"#!/bin/sh\necho $# >> {tmp_path}/calls\n{script}\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
        monkeypatch.delenv(cgroups.TRIED, raising=False)
        monkeypatch.setattr(os, "geteuid", lambda: 1000)
        monkeypatch.setattr(cgroups, "_places", lambda: {"": Path("/sys/fs/cgroup")})
        gone_on = []
        monkeypatch.setattr(os, "execvpe", lambda *arguments: gone_on.append(arguments))
        return gone_on

    make.calls = tmp_path / "calls"
    return make


def test_the_grader_goes_on_in_a_group_of_its_own_once(systemd, monkeypatch):
    gone_on = systemd("exit 0")
    cgroups.delegate(["/bin/cnnedu", "grade", "a b"])
    ((program, words, environment),) = gone_on
    assert program == "systemd-run"
    assert words[words.index("--") + 1 :] == ["/bin/cnnedu", "grade", "a b"]
    monkeypatch.setattr(os, "environ", environment)
    cgroups.delegate(["/bin/cnnedu"])
    assert len(gone_on) == 1


def test_without_delegation_the_grader_goes_on_where_it_is(systemd):
    gone_on = systemd("echo no bus >&2; exit 1")
    cgroups.delegate(["cnnedu"])
    assert systemd.calls.exists()
    assert not gone_on


def test_a_systemd_that_does_not_answer_is_not_waited_for(systemd, monkeypatch):
    gone_on = systemd("exec sleep 100")
    run = subprocess.run
    short = lambda *words, **how: run(*words, **how | {"timeout": 0.2})  # noqa: E731
    monkeypatch.setattr(subprocess, "run", short)
    cgroups.delegate(["cnnedu"])
    assert systemd.calls.exists()
    assert not gone_on


@pytest.mark.parametrize("who", ["root", "a user of version 1"])
def test_systemd_is_not_asked_if_there_is_nothing_to_gain(systemd, monkeypatch, who):
    systemd("exit 0")
    if who == "root":
        monkeypatch.setattr(os, "geteuid", lambda: 0)
    else:
        monkeypatch.setattr(cgroups, "_places", lambda: {"memory": Path("/sys/fs/cgroup/memory")})
    cgroups.delegate(["cnnedu"])
    assert not systemd.calls.exists()


def test_words_input_and_exit_code_pass_through(systemd):
    """Run a real process: its number stays the same, and it asks systemd once."""
    systemd('while [ "$1" != -- ]; do shift; done; shift; exec "$@"')
    program = systemd.calls.with_name("cnnedu")
    program.write_text(
        f"#!{sys.executable}\n"
        "import os, sys\n"
        "from cnnedu.grading import cgroups\n"
        "os.geteuid = lambda: 1000\n"
        "cgroups._places = dict\n"
        "print(os.getpid(), flush=True)\n"
        "cgroups.delegate(sys.argv)\n"
        "print(sys.argv[1:], sys.stdin.read())\n"
        "raise SystemExit(7)\n"
    )
    program.chmod(0o755)
    done = subprocess.run([program, "a b", "$X"], input="hello", capture_output=True, text=True)
    first, second, said = done.stdout.splitlines()
    assert first == second
    assert said == "['a b', '$X'] hello"
    assert done.returncode == 7
    assert len(systemd.calls.read_text().splitlines()) == 2


def test_only_the_command_itself_is_replaced(tmp_path, monkeypatch):
    """A process that calls it, such as pytest's, is not."""
    monkeypatch.setattr(cgroups, "delegate", lambda command: pytest.fail("it would be replaced"))
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(cli.main, ["grade", "none"])
    assert done.exit_code == 1
    assert "Error" in done.output
