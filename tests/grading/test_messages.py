"""Whatever gets in the grader's way: one line says so, nothing is lost, nothing is left behind."""

import contextlib
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from dataclasses import dataclass

import psutil
import pytest
from grading.graded_course import configure, copy_of, course_in, status, totals
from grading.modes import USER, Mode

from cnnedu.grading import course as graded
from cnnedu.grading import pools, sandbox
from cnnedu.grading.servers import Servers
from harness.course import student_cells

NAME = "00_start_here"
FULL = 2
STUDENTS = ("s0", "s1", "s2")
UNSANDBOXED = "UNSANDBOXED: strangers' code runs with all your rights."
BAR = re.compile(r"\d+%\|.*submission", re.IGNORECASE)


@dataclass
class Run:
    """What a command has printed; `lines` are the lines on stderr beyond the usual ones."""

    code: int
    stdout: str
    stderr: str

    @property
    def lines(self):
        lines = [line for line in re.split(r"[\r\n]+", self.stderr) if line.strip()]
        return [line for line in lines if line != UNSANDBOXED and not BAR.search(line)]

    def check_one_line(self, says):
        assert self.code == 1
        assert len(self.lines) == 1, self.stderr
        assert self.lines[0].startswith("Error: ")
        assert re.search(says, self.lines[0])
        return self


def grade(course, *options, name=NAME):
    """Grade without the sandbox and in this process."""
    done = course.grade(name, "--unsandboxed", *options)
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Run(done.exit_code, done.stdout, done.stderr)


def grade_behind(before, course, *options, environment=None):
    """Grade without the sandbox, with the words `before` in front of the command."""
    command = ["grade", NAME, "--unsandboxed", *options]
    done = course.run("cnnedu", *command, before=before, **(environment or {}))
    return Run(done.returncode, done.stdout, done.stderr)


def scores(course):
    return totals(course, NAME)


@pytest.fixture(scope="module")
def half_graded(course):
    """Three right submissions; one of them is graded."""
    for path in (course.folder / "solutions").iterdir():
        if path.name != NAME:
            shutil.rmtree(path)
    course.nbgrader("generate_assignment", NAME)
    course.right = student_cells(course.solution(NAME))
    for student in STUDENTS:
        course.submit(NAME, student, course.right)
    assert grade(course, "--student", "s0").code == 0
    return course


@pytest.fixture
def copy(half_graded, tmp_path):
    """Give every test a copy of its own."""
    return copy_of(half_graded, tmp_path / "course")


@pytest.fixture
def fresh(half_graded, tmp_path):
    """Give a copy without submissions."""
    made = copy_of(half_graded, tmp_path / "course")
    shutil.rmtree(made.folder / "grading/submitted")
    shutil.rmtree(made.folder / "grading/autograded")
    (before,) = (made.folder / "grading/backups").glob("*.db")
    before.replace(made.folder / "grading/gradebook.db")
    made.right = half_graded.right
    return made


def check_that_nothing_is_lost(course, *options):
    """Check that scores are kept, and that the same command now grades the rest."""
    assert scores(course)["s0"] == FULL
    assert grade(course, *options).code == 0
    assert scores(course) == dict.fromkeys(STUDENTS, FULL)


# What gets in the way.


def file_in_place_of(path):
    """Return a context that puts a file in the place of a folder, and removes it in the end."""

    def block(course):
        place = course.folder / path
        aside = course.folder / "aside"
        if place.exists():
            place.rename(aside)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("a file")
        yield
        place.unlink()
        if aside.exists():
            aside.rename(place)

    return contextlib.contextmanager(block)


@pytest.mark.parametrize(
    "path",
    [
        "grading/autograded/.cnnedu",
        "grading/autograded/s1",
        "grading/backups",
    ],
)
def test_a_file_in_place_of_a_folder_is_one_line(copy, path):
    with file_in_place_of(path)(copy):
        grade(copy).check_one_line(f"{re.escape(path)}.*(Not a directory|File exists).*fix this")
    check_that_nothing_is_lost(copy)


def test_a_file_in_place_of_all_targets_is_one_line(copy):
    with file_in_place_of("grading/autograded")(copy):
        grade(copy).check_one_line("autograded.*Not a directory")
    check_that_nothing_is_lost(copy)


def test_a_damaged_gradebook_is_one_line_that_says_how_to_repair_it(copy):
    assert grade(copy, "--student", "s1").code == 0  # there is a backup with s0's scores in it
    book = copy.folder / "grading/gradebook.db"
    whole = book.read_bytes()
    for damaged in (b"no database" * 100, whole[: len(whole) // 2]):
        book.write_bytes(damaged)
        grade(copy).check_one_line(r"gradebook\.db is damaged.*backups.*--force")
    newest = sorted((copy.folder / "grading/backups").glob("*.db"))[-1]
    shutil.copy(newest, book)
    check_that_nothing_is_lost(copy, "--force")


def test_a_damaged_gradebook_drives_out_no_good_copy(copy):
    """The damage is where nothing is read at first."""
    book = copy.folder / "grading/gradebook.db"
    with contextlib.closing(sqlite3.connect(book)) as opened:
        opened.execute("CREATE TABLE padding (x)")
        opened.execute("INSERT INTO padding VALUES (randomblob(500000))")
        opened.executemany("INSERT INTO padding VALUES (?)", [("x" * 1000,)] * 100)
        opened.commit()
    whole = book.read_bytes()
    backups = set((copy.folder / "grading/backups").glob("*"))
    book.write_bytes(whole[:-8192] + b"\xff" * 8192)
    grade(copy).check_one_line(r"gradebook\.db is damaged.*backups.*--force")
    assert set((copy.folder / "grading/backups").glob("*")) == backups


def test_an_empty_gradebook_counts_as_missing(copy):
    (copy.folder / "grading/gradebook.db").write_bytes(b"")
    grade(copy).check_one_line("there is no gradebook .*nbgrader generate_assignment")


def test_a_locked_gradebook_is_one_line(copy):
    with contextlib.closing(sqlite3.connect(copy.folder / "grading/gradebook.db")) as formgrader:
        formgrader.execute("BEGIN EXCLUSIVE")
        grade(copy).check_one_line("another program has locked the gradebook .*run the command")
    check_that_nothing_is_lost(copy)


@pytest.mark.parametrize(
    ("path", "says"),
    [
        (".", "gradebook.db.*(can't be written|Read-only)"),
        ("grading/autograded", "autograded/s[12]/.*Read-only"),
    ],
)
def test_a_read_only_folder_is_one_line(copy, confined, path, says):
    place = str(copy.folder / path)
    before = ["bwrap", "--bind", "/", "/", "--dev-bind", "/dev", "/dev"]
    grade_behind([*before, "--ro-bind", place, place], copy).check_one_line(says)
    check_that_nothing_is_lost(copy)


def test_somebody_else_s_folder_is_one_line(copy, confined):
    """An ordinary user who may read everything here and write nothing."""
    if os.geteuid():
        pytest.skip("only root can become an ordinary user")
    mode = Mode(as_user=True, groups=False)
    mode.own(copy.folder)
    for path in [copy.folder, *copy.folder.rglob("*")]:
        os.lchown(path, 0, 0)
    with mode.command() as before:
        home = {"HOME": "/nonexistent", "PYTHONDONTWRITEBYTECODE": "1"}
        done = grade_behind(before, copy, environment=home)
    done.check_one_line("gradebook.db.*(can't be written|can't be opened|Permission denied)")
    assert not [path for path in copy.folder.rglob("*") if path.lstat().st_uid == USER]
    check_that_nothing_is_lost(copy)


@pytest.mark.parametrize("free", [0, 2**17])
def test_a_full_disk_is_one_line_and_nothing_is_lost(half_graded, tmp_path, caplog, free):
    """The disk is full from the start, or once the gradebook has been backed up."""
    disk = tmp_path / "disk"
    disk.mkdir()
    size = sum(path.stat().st_size for path in half_graded.folder.rglob("*")) + 2**20
    tmpfs = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", disk]
    if os.geteuid() or subprocess.run(tmpfs, capture_output=True).returncode:
        pytest.skip("only root can mount a small disk")
    try:
        course = copy_of(half_graded, disk / "course")
        book = (course.folder / "grading/gradebook.db").stat().st_size if free else 0
        state = os.statvfs(disk)
        filled = state.f_bavail * state.f_frsize - (free and book + 2**13)
        (disk / "filled").write_bytes(b"x" * max(filled, 0))
        grade(course).check_one_line("the disk is full.*Nothing that was graded is lost")
        assert not caplog.records  # which the command would show on stderr
        assert not list((course.folder / "grading/backups").glob("*.partial"))
        (disk / "filled").unlink()
        check_that_nothing_is_lost(course)
    finally:
        subprocess.run(["umount", disk], check=True)


@pytest.mark.parametrize(
    ("option", "path", "says"),
    [
        ("--csv", "/dev/full", "No space left"),
        ("--picture", "nowhere/points.png", "No such file"),
        ("--picture", "points.xyz", "'xyz' is not supported"),
    ],
)
def test_a_report_that_can_t_be_written_does_not_lose_the_run(copy, option, path, says):
    done = grade(copy, option, path, "--student", "s1").check_one_line(f"{path} can't be.*{says}")
    assert done.stdout.splitlines()[0].split() == ["graded", "1"]
    assert "00-chalk-tests" in done.stdout
    assert scores(copy) == dict.fromkeys(("s0", "s1"), FULL)


def test_a_reader_who_stops_listening_does_not_lose_the_reports(copy):
    command = ["cnnedu", "grade", NAME, "--unsandboxed", "--csv", "grading/scores.csv"]
    script = ["sh", "-c", '"$0" "$@" | true']
    done = copy.run(command[0], *command[1:], before=script)
    assert "Traceback" not in done.stderr
    assert (copy.folder / "grading/scores.csv").exists()


def test_on_another_system_it_is_one_line(copy, monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    grade(copy).check_one_line("Grading needs Linux")
    with pytest.raises(sandbox.NoSandbox, match="Grading needs Linux"):
        sandbox.check()


@pytest.mark.parametrize("memory", ["0", "-1", "inf", "lots"])
def test_memory_in_which_nothing_runs_is_refused(copy, memory):
    done = grade(copy, "--memory", memory)
    assert done.code == 2
    assert "Invalid value for '--memory'" in done.stderr
    assert scores(copy) == {"s0": FULL}


def test_one_report_that_can_t_be_written_does_not_lose_the_other(copy):
    done = grade(copy, "--csv", "nowhere/s.csv", "--picture", "points.png", "--student", "s0")
    done.check_one_line("nowhere")
    assert (copy.folder / "points.png").exists()


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        ("c.Foo = (", "nbgrader_config.py can't be read: SyntaxError"),
        ("c.Execute.timeout = 'long'", "nbgrader_config.py can't be read: TraitError.*timeout"),
        ("c.Execute.timeout = -1", "c.Execute.timeout is -1 .*give a number of seconds"),
    ],
)
def test_bad_settings_are_one_line(copy, setting, says):
    configure(copy, setting)
    grade(copy).check_one_line(says)


def test_a_damaged_source_version_is_one_line(copy):
    (copy.folder / f"solutions/{NAME}/{NAME}.ipynb").write_text("{")
    grade(copy).check_one_line(f"solutions/{NAME}/{NAME}.ipynb can't be read")
    assert scores(copy) == {"s0": FULL}


# The folder and the student's name.


@pytest.mark.parametrize("place", ["empty", "above", "inside"])
def test_a_wrong_folder_is_one_line_and_nothing_is_left_there(half_graded, tmp_path, place):
    top = tmp_path / "top"
    top.mkdir()
    if place != "empty":
        shutil.copytree(half_graded.folder, top / "course")
    folder = top / "course/exercises" if place == "inside" else top
    before = sorted(top.rglob("*"))
    done = grade(course_in(folder)).check_one_line(
        "is not a course: change to the folder that holds"
    )
    assert str(folder) in done.stderr
    assert sorted(top.rglob("*")) == before


@pytest.mark.parametrize("student", ["../x", "", "*", "s*", "[a-z]*", "./s0", "s0/", "S0", "s0\n"])
def test_only_exact_names_are_students(copy, student):
    done = grade(copy, "--force", "--student", student)
    done.check_one_line("there is no submission by .*give the exact name of one folder there")
    assert scores(copy) == {"s0": FULL}


# What students leave behind.

LEAVE = """
import os, signal, time

def ignore_signals():
    for number in range(1, 65):
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            pass

def leave_a_daemon():
    if os.fork() == 0:
        os.setsid()
        if os.fork():
            os._exit(0)
        ignore_signals()
        os.closerange(3, 100)
        os.execv("/bin/sleep", ["sleep", "{mark}"])
    os.wait()

leave_a_daemon()
"""
STUBBORN = """
ignore_signals()
while True:
    try:
        time.sleep(100)
    except BaseException:
        pass
"""


def test_without_the_sandbox_no_process_of_a_student_is_left_running(fresh, confined):
    mark = f"{os.getpid()}31416"
    leave = LEAVE.replace("{mark}", mark)
    ends = {"daemon": fresh.right["00-chalk"], "exits": "os._exit(0)", "stubborn": STUBBORN}
    for student, end in ends.items():
        fresh.submit(NAME, student, fresh.right | {"00-chalk": leave + end})
    fresh.submit(NAME, "honest", fresh.right)
    configure(fresh, "c.Execute.timeout = 1")
    # Without control groups, which would catch everything even without the sandbox.
    with Mode(as_user=False, groups=False).command() as before:
        done = grade_behind(before, fresh)
    left = [one for one in psutil.process_iter(["cmdline"]) if one.info["cmdline"]]
    left = [one for one in left if mark in one.info["cmdline"]]
    for one in left:
        one.kill()
    assert not left
    assert done.code == 1, done.stderr  # two have failed
    assert {who: scores(fresh)[who] for who in ("daemon", "honest")} == {
        "daemon": FULL,
        "honest": FULL,
    }


@pytest.mark.parametrize("section", ["Execute", "ExecutePreprocessor", "NotebookClient"])
def test_nbgrader_s_own_timeouts_are_honoured(fresh, section):
    configure(fresh, f"c.{section}.timeout = 1")
    assert graded.Course(fresh.folder, NAME).timeout() == 1
    if section != "ExecutePreprocessor":
        return
    fresh.submit(NAME, "endless", fresh.right | {"00-chalk": "while True:\n    pass"})
    grade(fresh)
    graded_notebook = fresh.folder / f"grading/autograded/endless/{NAME}/{NAME}.ipynb"
    assert "it took longer than 1 s" in graded_notebook.read_text("utf-8")
    assert scores(fresh) == {"endless": 1}  # the other question


def test_an_honest_warning_costs_no_points(fresh):
    """A check shows it on standard output: nbgrader takes anything on the other for a failure."""
    warned = "\n\ndef negative(x, right=negative):\n    import warnings\n"
    warned += "    warnings.warn('something is old')\n    return right(x)\n"
    right = fresh.right["00-negative"]
    fresh.submit(NAME, "warned", fresh.right | {"00-negative": right + warned})
    fresh.nbgrader("autograde", NAME)
    assert fresh.scores(NAME, "warned") == {"00-chalk-tests": 1, "00-negative-tests": 1}
    assert grade(fresh, "--force").code == 0
    assert fresh.scores(NAME, "warned") == {"00-chalk-tests": 1, "00-negative-tests": 1}


ASKS = "from cnnedu import kernels\nkernels.relu(np.ones(2))\n"  # of a module that isn't there
SLEEPS = "\nimport time\ntime.sleep(60)\n"


def test_a_cell_that_asks_for_an_absent_module_and_is_interrupted_keeps_its_function(
    fresh, confined
):
    """nbgrader interrupts it, too, and what it had defined by then stays."""
    configure(fresh, "c.Execute.timeout = 2")
    slow = fresh.right["00-negative"] + SLEEPS
    fresh.submit(NAME, "asks", fresh.right | {"00-negative": slow}, [ASKS])
    assert fresh.grade(NAME).exit_code == 0
    given = fresh.scores(NAME, "asks")
    assert given == {"00-chalk-tests": 1, "00-negative-tests": 1}


# The terminal.

FORGED = "honest: 10 of 10"
NASTY = f"\x1b]52;c;UFdORUQ=\x07\x1b[2J\x1b[H\n{FORGED}\r{FORGED}\u202e\x9b2J\u2028{FORGED}\x00"


def test_nothing_that_a_student_writes_acts_on_the_terminal(fresh):
    nasty = NASTY.replace("\x00", "")
    error = f"def negative(x):\n    raise ValueError({NASTY!r})"
    answers = {"00-negative": error, "00-chalk": f"chalk = {NASTY!r}\nprint(chalk)"}
    fresh.submit(NAME, "nasty", fresh.right | answers)
    folder = fresh.folder / "grading/submitted/nasty" / NAME
    (folder / f"link{nasty}").symlink_to("/etc/passwd")
    (folder / f"file{nasty}").mkdir()
    (folder / f"file{nasty}" / f"nbgrader_config{nasty}.py").write_text("")
    # One submission that fails, and one under a name of this kind.
    (fresh.folder / f"grading/submitted/broken/{NAME}").mkdir(parents=True)
    (fresh.folder / f"grading/submitted/broken/{NAME}/{NAME}.ipynb").symlink_to(f"x{nasty}")
    shutil.copytree(folder.parent, fresh.folder / f"grading/submitted/n{nasty}", symlinks=True)
    done = grade(fresh, "--csv", "scores.csv")
    assert done.code == 1
    shown = done.stdout + done.stderr
    assert FORGED in shown  # what was found is reported
    assert r"\x1b]52" in shown
    acting = {c for c in shown if not c.isprintable()} - {"\n"}
    assert acting <= {"\r"}  # from the progress bar
    assert "\r" not in done.stdout
    lines = re.split(r"[\r\n]", shown)
    assert not [line for line in lines if line.strip().startswith(FORGED)]
    raw = (fresh.folder / "scores.csv").read_bytes().decode("utf-8-sig")
    assert all(c.isprintable() or c in "\r\n" for c in raw)


# What is killed, and what is starved of processor time.

EIGHT = [f"e{number}" for number in range(8)]
VICTIMS = ("e1", "e2", "e4", "e5", "e6")


@pytest.fixture
def eight(fresh, monkeypatch):
    """Eight right submissions that take a while, those in which something is killed longest.

    Their runs have fork servers of their own: what is killed here, no other test should miss.
    """
    monkeypatch.setattr(pools, "Servers", Servers)
    for student in EIGHT:
        seconds = 1.2 if student in VICTIMS else 0.4
        slowly = f"import time\ntime.sleep({seconds})\n" + fresh.right["00-chalk"]
        fresh.submit(NAME, student, fresh.right | {"00-chalk": slowly})
    return fresh


def kill_while(monkeypatch, folder, victims, number):
    """Kill a process while it works on a submission of `victims` {student: how many times}.

    Args:
        monkeypatch: pytest's.
        folder: to count in.
        victims: {student: how many times}.
        number: returns the process's number, given the fork servers and the submission.
    """
    real = pools.everything

    def everything(one, assignment, servers, made):
        marks = len(list(folder.glob(f"{one.student}-*.killed")))
        if marks < victims.get(one.student, 0):
            (folder / f"{one.student}-{marks}.killed").touch()
            kill = (number(servers, one), signal.SIGKILL)
            threading.Timer(0.25, os.kill, kill).start()
        return real(one, assignment, servers, made)

    monkeypatch.setattr(pools, "everything", everything)


def check_eight(course, done, lost):
    assert scores(course) == {who: 0 if who in lost else FULL for who in EIGHT}
    assert done.code == 1
    assert f"{'failed':<14}{len(lost):>5}" in done.stdout
    for student in lost:
        assert status(course, NAME, student)["state"] == "failed"
        assert status(course, NAME, student)["why"] in done.stdout
    for student in set(EIGHT) - set(lost):
        assert status(course, NAME, student)["state"] == "graded"


def test_a_child_that_is_killed_is_tried_once_more(eight, tmp_path, monkeypatch):
    victims = {"e2": 1, "e5": 2}
    kill_while(monkeypatch, tmp_path, victims, lambda *_: os.getpid())
    done = grade(eight)
    assert len(list(tmp_path.glob("*.killed"))) == 3, done
    check_eight(eight, done, ["e5"])
    assert "was killed" in status(eight, NAME, "e5")["why"]


def test_a_fork_server_that_is_killed_is_started_again(eight, tmp_path, monkeypatch, confined):
    """All that it has forked dies with it; the submissions at work are run again.

    One victim is the judge's server; under another submission, the server dies twice.
    """

    def number(servers, one):
        of_judge = one.student == "e6"
        allowed = next(each for each in servers._servers if (each is None) == of_judge)
        return servers[allowed]._process.pid

    victims = {"e1": 1, "e4": 2, "e6": 1}
    kill_while(monkeypatch, tmp_path, victims, number)
    done = eight.grade(NAME)
    assert len(list(tmp_path.glob("*.killed"))) == 4
    check_eight(eight, Run(done.exit_code, done.stdout, done.stderr), ["e4"])


BUSY = """
import time
begun = time.process_time()
while time.process_time() < begun + 0.8:
    pass
"""
THREADS = """

def negative(x, right=negative):
    from multiprocessing.pool import ThreadPool
    with ThreadPool(16) as pool:
        return pool.map(right, [x] * 16)[3]
"""
SPIN = """
import os, time
for _ in range(60):
    try:
        if os.fork() == 0:
            while True:
                pass
    except OSError:
        break
time.sleep(1)
"""
GO = """
from cnnedu.cli import main
from cnnedu.grading.course import Course
Course.timeout = lambda self: {timeout}
main()
"""


@pytest.mark.parametrize("groups", [True, False], ids=["with-groups", "without-groups"])
def test_a_starved_submission_is_run_again_alone(fresh, confined, groups):
    """Sixty processes spin beside a cell that needs more than half of its timeout, and threads."""
    fresh.submit(NAME, "a_spinning", {}, [SPIN, *["time.sleep(1.2)"] * 4])
    fresh.submit(NAME, "b_busy", fresh.right | {"00-chalk": BUSY + fresh.right["00-chalk"]})
    threads = fresh.right | {"00-negative": fresh.right["00-negative"] + THREADS}
    for number in range(3):
        fresh.submit(NAME, f"c_threads{number}", threads)
    with Mode(as_user=False, groups=groups).command() as before:
        go = ["-c", GO.format(timeout=1.5), "grade", NAME, "--workers", "4"]
        done = fresh.run("python", *go, before=before)
    assert "Traceback" not in done.stderr
    found = scores(fresh)
    assert found.pop("a_spinning") == 0
    assert found == dict.fromkeys(found, FULL), done.stdout
    assert len(found) == 4
