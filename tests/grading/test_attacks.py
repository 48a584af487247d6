"""Attacks and broken submissions, graded in one batch with honest neighbours."""

import contextlib
import os
import re
import shutil
import socket
import tempfile
import threading
from pathlib import Path

import nbformat
import psutil
import pytest
from broken_submissions import ALL, NAME
from grading.graded_course import configure, status
from grading.modes import modes

from harness.course import ROOT, Course, answer_cells, student_cells

ATTACKS = sorted(Path(__file__).with_name("attacks").glob("*.py"))
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
        self.over = threading.Event()
        self.looking = threading.Thread(target=self._look)
        self.looking.start()

    def __exit__(self, *error):
        self.over.set()
        self.looking.join()

    def _look(self):
        while not self.over.wait(0.1):
            held = 0
            for process in psutil.process_iter(["cmdline"]):
                if {"grade", NAME} <= set(process.info["cmdline"] or ()):
                    with contextlib.suppress(psutil.Error):
                        held += process.memory_full_info().pss
            self.most = max(self.most, held)


def snapshot(folder):
    """Return {path: (mode, size, last change)} of everything in a folder."""
    found = {}
    for path in folder.rglob("*"):
        state = path.lstat()
        found[str(path)] = (state.st_mode, state.st_size, state.st_mtime_ns)
    return found


@pytest.fixture(scope="module", params=modes(), ids=str)
def batch(request, confined):
    """Grade everything in one run; return the course, with the run and its state before."""
    mode = request.param
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
    for path in ATTACKS:
        free = [course.listener.aimed(source) for source in free_cells(path)]
        course.submit(NAME, path.stem, answer_cells(path), free)
    for name, (tamper, *_) in ALL.items():
        course.submit(NAME, name, right)
        tamper(course.folder / "grading/submitted" / name / NAME)
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
    shutil.rmtree(top)


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
    assert len(ATTACKS) + len(ALL) >= 50


def test_the_grader_stays_under_a_gigabyte(batch):
    assert 50 * 2**20 < batch.memory.most < 2**30


@pytest.mark.parametrize("who", HONEST)
def test_honest_neighbours_get_exactly_their_points(batch, who):
    assert points(batch, who) == HONEST[who][1]
    assert status(batch, NAME, who)["state"] == "needs a human"  # the question graded by hand
    assert not told(batch, who)


@pytest.mark.parametrize("path", ATTACKS, ids=lambda path: path.stem)
def test_no_attack_gains_a_point(batch, path):
    assert points(batch, path.stem) == 0
    expected = says(path, "ends", "graded")
    state = status(batch, NAME, path.stem)["state"]
    assert state in (("graded", "failed", "needs a human") if expected == "any" else (expected,)), (
        told(batch, path.stem)
    )
    assert re.search(says(path, "says", ""), told(batch, path.stem))


@pytest.mark.parametrize("name", ALL)
def test_broken_submissions_end_with_a_reason_and_their_points(batch, name):
    _, state, reason, expected = ALL[name]
    assert status(batch, NAME, name)["state"] in state.split("|"), told(batch, name)
    assert re.search(reason, told(batch, name))
    assert points(batch, name) in (expected if isinstance(expected, tuple) else (expected,))
    assert "Error" not in told(batch, name)


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


@pytest.mark.parametrize("word", ["PWNED", SECRET])
def test_what_the_instructor_opens_holds_no_trace(batch, word):
    for path in ATTACKS:
        stored = batch.folder / f"grading/autograded/{path.stem}/{NAME}/{NAME}.ipynb"
        for cell in nbformat.read(stored, as_version=4).cells:
            for output in cell.get("outputs", []):
                shown = {k: v for k, v in output.items() if k not in ("traceback", "evalue")}
                assert word not in str(shown), path.stem


def test_every_submission_is_where_formgrader_looks(batch):
    submitted = os.listdir(batch.folder / "grading/submitted")
    for who in submitted:
        path = batch.folder / f"grading/autograded/{who}/{NAME}/{NAME}.ipynb"
        assert nbformat.read(path, as_version=4).cells, who
    assert len(submitted) == len(ATTACKS) + len(ALL) + len(HONEST)
