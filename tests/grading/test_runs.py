"""Runs that are cut short, repeated or simultaneous lose nothing and write nothing twice."""

import csv
import json
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from filelock import FileLock
from grading.graded_course import copy_of, totals
from PIL import Image

from cnnedu.grading import batch, child_process, persist, pools, seccomp
from cnnedu.grading import course as graded
from harness.course import student_cells

NAME = "00_start_here"
STUDENTS = [f"student{number:02}" for number in range(12)]
WRONG = {"00-chalk": "chalk = 64"}


@pytest.fixture(scope="module")
def released(course):
    """Release the warm-up to twelve students, of whom every third has one wrong answer."""
    course.nbgrader("generate_assignment", NAME)
    right = student_cells(course.solution(NAME))
    for number, student in enumerate(STUDENTS):
        course.submit(NAME, student, right | (WRONG if number % 3 == 0 else {}))
    return course


@pytest.fixture
def class_of_twelve(released, tmp_path):
    """Give every test a copy of its own."""
    return copy_of(released, tmp_path / "course")


def grade(course, *options, name=NAME):
    """Grade without the sandbox: these tests are about what is written."""
    return course.grade(name, "--unsandboxed", *options)


def scores(course):
    return totals(course, NAME)


WRITTEN = ("write_status", "put_in_place")  # the steps after the scores
EXPECTED = {student: 1 + (number % 3 > 0) for number, student in enumerate(STUDENTS)}


def test_after_a_kill_at_any_moment_the_next_run_goes_on(class_of_twelve):
    program = [Path(sys.executable).parent / "cnnedu", "grade", NAME, "--unsandboxed"]
    finished = class_of_twelve.folder / "grading/autograded"
    seen = 0
    for wanted in (1, 4, 8):
        running = subprocess.Popen(
            program, cwd=class_of_twelve.folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        while running.poll() is None and len(list(finished.glob(f"*/{NAME}"))) < wanted:
            time.sleep(0.001)
        running.send_signal(signal.SIGKILL)
        running.communicate()
        done = [path.parent.name for path in finished.glob(f"*/{NAME}")]
        # Folders in place are complete, and the gradebook agrees.
        for student in done:
            assert json.loads((finished / student / NAME / f"{NAME}.ipynb").read_text("utf-8"))
            assert scores(class_of_twelve)[student] == EXPECTED[student]
        assert len(done) >= max(seen, wanted)
        seen = len(done)
    assert seen < len(STUDENTS)
    last = grade(class_of_twelve)
    assert last.exit_code == 0, last.stderr
    assert scores(class_of_twelve) == EXPECTED
    assert not list(finished.glob("*/.*"))


def test_scores_and_folder_appear_together_or_not_at_all(class_of_twelve, monkeypatch):
    """Stop between any two steps of writing: the next run completes everything."""
    for name in ("to_disk", "write_scores", "_penalise", "write_status", "put_in_place"):
        real = getattr(persist, name)

        def stop(*arguments, **named):
            raise KeyboardInterrupt

        monkeypatch.setattr(persist, name, stop)
        course = graded.Course(class_of_twelve.folder, NAME)
        with pytest.raises(KeyboardInterrupt):
            list(batch.Grader(course, confined=False).grade(student=STUDENTS[0], force=True))
        monkeypatch.setattr(persist, name, real)
        assert not (class_of_twelve.folder / f"grading/autograded/{STUDENTS[0]}/{NAME}").exists()
        written = scores(class_of_twelve).get(STUDENTS[0], 0)
        assert written == (EXPECTED[STUDENTS[0]] if name in WRITTEN else 0)
    list(batch.Grader(course, confined=False).grade(student=STUDENTS[0]))
    assert scores(class_of_twelve)[STUDENTS[0]] == EXPECTED[STUDENTS[0]]


def test_a_second_grader_is_turned_away(class_of_twelve):
    with FileLock(class_of_twelve.folder / "grading/gradebook.db.grading"):
        second = grade(class_of_twelve)
    assert second.exit_code == 1
    assert "another grader is using" in second.stderr
    assert not scores(class_of_twelve)


def test_a_full_disk_is_reported_and_nothing_is_lost(class_of_twelve):
    assert grade(class_of_twelve, "--student", STUDENTS[1]).exit_code == 0
    before = scores(class_of_twelve)

    def small_files():
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    program = [Path(sys.executable).parent / "cnnedu", "grade", NAME, "--unsandboxed"]
    done = subprocess.run(
        program,
        cwd=class_of_twelve.folder,
        capture_output=True,
        text=True,
        preexec_fn=small_files,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert done.returncode == 1
    assert "Nothing that was graded is lost" in done.stderr
    assert "Traceback" not in done.stderr
    assert scores(class_of_twelve) == before
    assert grade(class_of_twelve).exit_code == 0
    assert scores(class_of_twelve) == EXPECTED


def test_gradebook_is_backed_up_before_each_run(class_of_twelve):
    for _ in range(2):
        assert grade(class_of_twelve, "--student", STUDENTS[0]).exit_code == 0
    copies = sorted((class_of_twelve.folder / "grading/backups").glob("*.db"))
    assert len(copies) == 2
    with sqlite3.connect(copies[0]) as first:
        assert first.execute("SELECT count(*) FROM submitted_assignment").fetchone() == (0,)
    with sqlite3.connect(copies[1]) as second:
        assert second.execute("SELECT count(*) FROM submitted_assignment").fetchone() == (1,)


def test_a_few_submissions_are_in_memory_not_the_whole_class(class_of_twelve, monkeypatch):
    alive, seen = set(), []

    class Counted(child_process.ChildProcess):
        def __init__(self, *arguments):
            super().__init__(*arguments)
            alive.add(self)
            seen.append(len(alive))

        def end(self):
            alive.discard(self)
            return super().end()

    monkeypatch.setattr(pools, "ChildProcess", Counted)
    course = graded.Course(class_of_twelve.folder, NAME)
    list(batch.Grader(course, confined=False, pool=pools.Local(3)).grade())
    assert len(seen) == len(STUDENTS)
    assert max(seen) == 3


def test_a_large_gradebook_is_not_read_from_end_to_end(class_of_twelve):
    assert grade(class_of_twelve, "--student", STUDENTS[0]).exit_code == 0
    with sqlite3.connect(class_of_twelve.folder / "grading/gradebook.db") as gradebook:
        for table, column in graded.INDEXES.items():
            question = f"EXPLAIN QUERY PLAN SELECT * FROM {table} WHERE {column} = 'x'"
            assert f"USING INDEX cnnedu_{table}" in gradebook.execute(question).fetchone()[3]


def test_what_is_graded_is_skipped_unless_forced_or_failed(class_of_twelve):
    broken = class_of_twelve.folder / f"grading/submitted/{STUDENTS[2]}/{NAME}/{NAME}.ipynb"
    whole = broken.read_bytes()
    broken.write_bytes(whole[:100])
    first = grade(class_of_twelve)
    assert first.exit_code == 1
    assert f"{STUDENTS[2]}: {NAME}.ipynb is not a notebook" in first.stdout

    def change_times():
        folder = class_of_twelve.folder / "grading/autograded"
        return {path.parent.name: path.stat().st_mtime_ns for path in folder.glob(f"*/{NAME}")}

    before = change_times()
    broken.write_bytes(whole)
    assert grade(class_of_twelve, "--failed-only").exit_code == 0
    after = change_times()
    assert [who for who in STUDENTS if before[who] != after[who]] == [STUDENTS[2]]
    assert scores(class_of_twelve) == EXPECTED
    assert grade(class_of_twelve, "--force", "--student", STUDENTS[5]).exit_code == 0
    assert [who for who in STUDENTS if after[who] != change_times()[who]] == [STUDENTS[5]]


def test_report_and_csv_show_each_question(class_of_twelve):
    done = grade(class_of_twelve, "--csv", "scores.csv", "--picture", "points.png")
    assert done.exit_code == 0, done.output
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("00-chalk-tests")]
    assert line.split()[1:5] == ["0.67", "1", "8", "4"]
    assert "4 × chalk: that is the number of all pixels" in line
    with open(class_of_twelve.folder / "scores.csv", encoding="utf-8-sig") as file:
        rows = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    assert rows == EXPECTED
    assert Image.open(class_of_twelve.folder / "points.png").size[0] > 500


def test_without_the_sandbox_it_says_so_loudly(class_of_twelve):
    assert "UNSANDBOXED" in grade(class_of_twelve, "--student", STUDENTS[0]).stderr


def test_without_bubblewrap_it_refuses_and_says_how_to_get_it(class_of_twelve, tmp_path):
    done = class_of_twelve.run("cnnedu", "grade", NAME, PATH=str(tmp_path))
    assert done.returncode == 1
    assert "apt-get install bubblewrap" in done.stderr
    assert not scores(class_of_twelve)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nowhere"], "has no assignment nowhere"),
        ([NAME, "--student", "nobody"], "no submission by nobody"),
    ],
)
def test_bad_input_gets_one_line(class_of_twelve, arguments, says):
    name, *options = arguments
    done = grade(class_of_twelve, *options, name=name)
    assert done.exit_code == 1
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_where_no_process_can_be_confined_nothing_is_graded(class_of_twelve, confined, monkeypatch):
    """Some systems let bubblewrap make namespaces but refuse them to the programs inside."""
    real = seccomp.number
    monkeypatch.setattr(seccomp, "number", lambda name: real(name) + 10**6)
    monkeypatch.setattr(seccomp, "program", lambda: b"")
    done = class_of_twelve.grade(NAME)
    assert done.exit_code == 1
    assert "keyctl" in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr
    assert not scores(class_of_twelve)
