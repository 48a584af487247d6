"""Attacks and broken submissions, graded in one batch with honest neighbours.

One mode grades all of them. The others grade what the kernel must stop, or what a notebook's text
doesn't hold: for the rest it makes no difference who grades. `make fuzz` grades all in all modes.
"""

import contextlib
import os
import re
import shutil
import socket
import stat
import subprocess
import tempfile
import threading
import time
from pathlib import Path

import nbformat
import psutil
import pytest
from broken_submissions import ALL, NAME
from grading.graded_course import configure, status
from grading.modes import modes

from harness.course import ROOT, Course, answer_cells, student_cells

ATTACKS = sorted(Path(__file__).with_name("attacks").glob("*.py"))
MODES = modes()
# The beginnings of the names of attacks on processes, memory, files, rights and the network.
ON_THE_KERNEL = (
    *("channel_by_", "control_groups", "delete_", "descriptors_", "devices", "escape_by_"),
    *("fill_the_disk", "fork", "gradebook", "huge_file", "infinite_loop", "install_packages"),
    *("instructor_s_paths", "keyring", "kill_", "leave_", "left_by_", "links", "many_files"),
    *("memory_", "more_rights", "neighbours_", "network", "other_", "outlive", "priorities"),
    *("processes_", "raise_limits", "shared_places", "signals_", "solutions_folder", "spinning_"),
    *("stop_itself", "strange_sockets", "system_calls_", "thread", "write_"),
)
HONEST = {
    "aaron_right": ("right_plain_loops", 10),
    "honest_right": ("right_vectorised", 10),
    "zoe_half": ("wrong_flipped_kernel", 6),
}
SECRET = "a-secret-of-the-instructor"
# What the attack on the network is aimed at; a free port takes its place.
PORT, SOCKET = "48765", "cnnedu-attack"


def says(path, what, default):
    """Return what the head of an attack says about `what`, such as how it ends."""
    found = re.search(rf"^# {what}: (.*)$", path.read_text("utf-8"), re.MULTILINE)
    return found[1] if found else default


class Listener:
    """A server on this machine that counts the connections to it."""

    def __init__(self):
        self.visits = 0
        self.servers = [socket.create_server(("127.0.0.1", 0)), socket.socket(socket.AF_UNIX)]
        self.port = str(self.servers[0].getsockname()[1])
        self.servers[1].bind(f"\0{SOCKET}{self.port}")
        self.servers[1].listen()
        for server in self.servers:
            threading.Thread(target=self._serve, args=(server,), daemon=True).start()

    def _serve(self, server):
        while True:
            try:
                server.accept()
            except OSError:
                return
            self.visits += 1

    def aimed(self, source):
        """Return the source of an attack, aimed at this server."""
        return source.replace(PORT, self.port).replace(SOCKET, SOCKET + self.port)

    def close(self):
        for server in self.servers:
            server.close()


class Memory:
    """Watches the memory of the grader and its children, without the sandboxes."""

    def __enter__(self):
        self.most = 0
        self.strangers = set(psutil.pids())
        self.over = threading.Event()
        self.looking = threading.Thread(target=self._look)
        self.looking.start()

    def __exit__(self, *error):
        self.over.set()
        self.looking.join()

    def _look(self):
        # How much is shared takes long to tell: now and then, and whenever more is resident.
        resident, next_ = 0, 0.0
        while not self.over.wait(0.1):
            graders = list(self._graders())
            now = sum(read(process.memory_info, "rss") for process in graders)
            if now > resident or time.monotonic() > next_:
                resident, next_ = max(now, resident), time.monotonic() + 1
                held = sum(read(process.memory_full_info, "pss") for process in graders)
                self.most = max(self.most, held)

    def _graders(self):
        """Yield the grader and its children."""
        for number in set(psutil.pids()) - self.strangers:
            with contextlib.suppress(psutil.Error):
                process = psutil.Process(number)
                if {"grade", NAME} <= set(process.cmdline()):
                    yield process


def read(memory, part):
    """Return a part of what a process holds, or 0 if it has ended."""
    try:
        return getattr(memory(), part)
    except psutil.Error:
        return 0


def snapshot(folder):
    """Return {path: (mode, size, last change)} of everything in a folder."""
    found = {}
    for path in folder.rglob("*"):
        state = path.lstat()
        found[str(path)] = (state.st_mode, state.st_size, state.st_mtime_ns)
    return found


def is_tampered(folder):
    """Return whether a submission is more than a folder with a notebook that can be read."""
    if not stat.S_ISDIR(folder.lstat().st_mode) or os.listdir(folder) != [f"{NAME}.ipynb"]:
        return True
    state = (folder / f"{NAME}.ipynb").lstat()
    return not stat.S_ISREG(state.st_mode) or state.st_nlink > 1 or not state.st_mode & 0o400


@pytest.fixture(scope="module", params=MODES, ids=str)
def batch(request, confined):
    """Grade everything in one run; return the course, with the run and its state before."""
    mode = request.param
    everything = mode is MODES[0] or "CNNEDU_THOROUGH" in os.environ
    # pytest's own folders are closed to other users, and each new run closes them again.
    top = Path(tempfile.mkdtemp(prefix="cnnedu-attacks-"))
    top.chmod(0o711)
    home, course = top / "home", top / "course"
    home.mkdir()
    course.mkdir()
    course = Course(course)
    configure(course, "c.Execute.timeout = 1")
    # One broken submission has a file in place of this folder, one a folder in place of the file.
    table = course.folder / f"solutions/{NAME}/data/table.txt"
    table.parent.mkdir()
    table.write_text("given out")
    course.nbgrader("generate_assignment", NAME)
    right = student_cells(course.solution(NAME))
    for who, (answer, _) in HONEST.items():
        path = ROOT / f"tests/exercises/answers/{NAME}/{answer}.py"
        course.submit(NAME, who, right | answer_cells(path))
    course.listener = Listener()
    course.attacks = [path for path in ATTACKS if everything or path.stem.startswith(ON_THE_KERNEL)]
    for path in course.attacks:
        free = [course.listener.aimed(source) for source in free_cells(path)]
        course.submit(NAME, path.stem, answer_cells(path), free)
    course.broken = []
    for name, (tamper, *_) in ALL.items():
        course.submit(NAME, name, right)
        folder = course.folder / "grading/submitted" / name
        tamper(folder / NAME)
        if everything or is_tampered(folder / NAME):
            course.broken.append(name)
        else:
            shutil.rmtree(folder)
    for folder in (course.folder, home):
        mode.own(folder)
    course.before = {part: snapshot(course.folder / part) for part in ("solutions", "exercises")}
    course.before["grading/submitted"] = snapshot(course.folder / "grading/submitted")
    course.memory = Memory()
    with mode.command() as before, course.memory:
        course.done = course.run(
            *("cnnedu", "grade", NAME, "--memory", "0.6"),
            before=before,
            HOME=str(home),
            SECRET=SECRET,
        )
    course.listener.close()
    course.home = home
    yield course
    subprocess.run(["rm", "-rf", top], check=True)  # thousands of files: Python takes longer


def free_cells(path):
    """Return the cells of an attack that belong to no question."""
    import jupytext

    cells = jupytext.read(path).cells
    return [c.source for c in cells if c.cell_type == "code" and "grade_id" not in c.metadata]


def points(course, who):
    scores = course.scores(NAME, who)
    return sum(score for name, score in scores.items() if name != "01-fog")


def told(course, who):
    state = status(course, NAME, who)
    return "; ".join([state["why"], *state["evidence"]])


def test_the_run_ends_normally(batch):
    assert batch.done.returncode == 1, batch.done.stderr  # some have failed
    assert "Error: " not in batch.done.stderr, batch.done.stderr[-500:]
    assert "Traceback" not in batch.done.stderr
    assert len(batch.attacks) + len(batch.broken) >= 50


def test_the_grader_stays_under_a_gigabyte(batch):
    assert 50 * 2**20 < batch.memory.most < 2**30


def test_honest_neighbours_get_exactly_their_points(batch):
    for who, (_, deserved) in HONEST.items():
        assert points(batch, who) == deserved, who
        assert status(batch, NAME, who)["state"] == "needs a human"  # the question graded by hand
        assert not told(batch, who)


def wrongly_ended(batch, who, states, says, deserved):
    """Return [points, state, what is told] of a submission if one of them isn't as it should be."""
    found = [points(batch, who), status(batch, NAME, who)["state"], told(batch, who)]
    as_it_should = found[0] in deserved and found[1] in states and re.search(says, found[2])
    return None if as_it_should else found


def test_no_attack_gains_a_point(batch):
    wrong = {}
    for path in batch.attacks:
        expected = says(path, "ends", "graded")
        states = ("graded", "failed", "needs a human") if expected == "any" else (expected,)
        wrong[path.stem] = wrongly_ended(batch, path.stem, states, says(path, "says", ""), (0,))
    assert not {who: found for who, found in wrong.items() if found}


def test_broken_submissions_end_with_a_reason_and_their_points(batch):
    wrong = {}
    for name in batch.broken:
        _, state, reason, expected = ALL[name]
        deserved = expected if isinstance(expected, tuple) else (expected,)
        wrong[name] = wrongly_ended(batch, name, state.split("|"), reason, deserved)
        assert "Error" not in told(batch, name), name
    assert not {who: found for who, found in wrong.items() if found}


def test_nothing_was_changed_outside_the_grader_s_own_folders(batch):
    for part, before in batch.before.items():
        assert snapshot(batch.folder / part) == before
    assert not list(batch.home.rglob("PWNED*"))
    assert not Path("/tmp/PWNED").exists()
    assert not Path("/dev/shm/PWNED").exists()
    assert {path.name for path in batch.folder.iterdir()} == {
        "exercises",
        "grading",
        "nbgrader_config.py",
        "solutions",
    }


def test_nothing_is_left_running(batch):
    left = [p.cmdline() for p in psutil.process_iter(["cmdline"]) if p.info["cmdline"]]
    assert not [command for command in left if "31415" in command]
    assert not [command for command in left if str(batch.folder) in " ".join(command)]


def test_nobody_reached_the_network(batch):
    assert batch.listener.visits == 0


def test_what_the_instructor_opens_holds_no_trace(batch):
    for path in batch.attacks:
        stored = batch.folder / f"grading/autograded/{path.stem}/{NAME}/{NAME}.ipynb"
        for cell in nbformat.read(stored, as_version=4).cells:
            for output in cell.get("outputs", []):
                shown = {k: v for k, v in output.items() if k not in ("traceback", "evalue")}
                assert not re.search(f"PWNED|{SECRET}", str(shown)), path.stem


def test_every_submission_is_where_formgrader_looks(batch):
    submitted = os.listdir(batch.folder / "grading/submitted")
    for who in submitted:
        path = batch.folder / f"grading/autograded/{who}/{NAME}/{NAME}.ipynb"
        assert nbformat.read(path, as_version=4).cells, who
    assert len(submitted) == len(batch.attacks) + len(batch.broken) + len(HONEST)
