"""What a student has replaced is graded again, with or without a new timestamp; the rest isn't."""

import json
import os
import shutil
import subprocess

import nbformat
import pytest
from grading.graded_course import copy_of, fill_in, status, totals

from cnnedu.grading import submitted_files
from cnnedu.grading.batch import Status
from cnnedu.grading.submitted_files import fingerprint
from harness.course import student_cells

NAME = "00_start_here"
STUDENTS = ("ada", "bob")
IGNORED = ["*.pyc", "__pycache__"]


@pytest.fixture(scope="module")
def graded(course):
    """Two wrong submissions with a timestamp, graded."""
    course.nbgrader("generate_assignment", NAME)
    course.right = student_cells(course.solution(NAME))
    for student in STUDENTS:
        course.submit(NAME, student, {})
        (folder(course, student) / "timestamp.txt").write_text("2026-01-02 12:00:00", "utf-8")
    assert grade(course).exit_code == 0
    return course


@pytest.fixture
def copy(graded, tmp_path):
    made = copy_of(graded, tmp_path / "course")
    made.right = graded.right
    return made


def folder(course, student):
    return course.folder / f"grading/submitted/{student}/{NAME}"


def grade(course, *options):
    return course.grade(NAME, "--unsandboxed", *options)


def replace(course, student):
    """Hand in the right answers instead, under the same names."""
    path = folder(course, student) / f"{NAME}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    fill_in(notebook, course.right)
    nbformat.write(notebook, path)


def unchanged(done):
    """Return how many submissions were left as they were, as the summary says."""
    lines = [line.split() for line in done.stdout.splitlines()]
    (said,) = [line[1] for line in lines if line[:1] == ["unchanged"]] or ["0"]
    return int(said)


def test_a_better_file_without_a_new_timestamp_is_graded(copy):
    replace(copy, "ada")
    done = grade(copy)
    assert done.exit_code == 0, done.output
    assert totals(copy, NAME) == {"ada": 2, "bob": 0}
    assert unchanged(done) == 1
    assert unchanged(grade(copy)) == 2
    assert "not graded again: their files are the same (--force" in grade(copy).stdout


def test_forced_or_failed_ones_are_not_called_unchanged(copy):
    assert unchanged(grade(copy, "--force")) == 0
    replace(copy, "ada")
    assert unchanged(grade(copy, "--failed-only")) == 0
    assert totals(copy, NAME)["ada"] == 0  # it was not asked for
    grade(copy)
    assert totals(copy, NAME)["ada"] == 2


CHANGES = {
    "another file": lambda path: (path / "data.txt").write_text("1", "utf-8"),
    "an older timestamp": lambda path: (path / "timestamp.txt").write_text("2025-01-01", "utf-8"),
    "a file less": lambda path: (path / "timestamp.txt").unlink(),
    "a link": lambda path: (path / "data").symlink_to("/etc/passwd"),
    "a file of the same size": lambda path: (path / "timestamp.txt").write_text(
        "2026-01-02 12:00:01", "utf-8"
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_any_change_of_the_files_counts(copy, what):
    CHANGES[what](folder(copy, "ada"))
    assert unchanged(grade(copy)) == 1


def test_what_programs_leave_behind_is_no_change(copy):
    place = folder(copy, "ada")
    for name in (".DS_Store", "Thumbs.db", "._data", ".ipynb_checkpoints/x.ipynb", "a.pyc"):
        (place / name).parent.mkdir(exist_ok=True)
        (place / name).write_bytes(b"x")
    os.utime(place / f"{NAME}.ipynb")
    assert unchanged(grade(copy)) == 2


def test_a_submission_that_was_no_folder_is_graded_when_it_is_one(copy):
    place = folder(copy, "ada")
    place.rename(copy.folder / "aside")
    place.write_bytes(b"no folder")
    assert grade(copy).exit_code == 1
    assert status(copy, NAME, "ada")["state"] == "failed"
    place.unlink()
    (copy.folder / "aside").rename(place)
    replace(copy, "ada")
    assert grade(copy).exit_code == 0
    assert totals(copy, NAME)["ada"] == 2


def old_status(course, student):
    """Have a student's status be as an earlier version of the program wrote it."""
    kept = status(course, NAME, student)
    kept.pop("unchanged", None)
    del kept["fingerprint"]
    (path,) = [
        path
        for path in (course.folder / f"grading/autograded/.cnnedu/{NAME}.status").glob("*.json")
        if json.loads(path.read_text("utf-8"))["student"] == student
    ]
    path.write_text(json.dumps(kept), "utf-8")
    return path


def test_a_status_without_a_fingerprint_goes_by_the_timestamp(copy):
    for student in STUDENTS:
        old_status(copy, student)
    done = grade(copy)
    assert done.exit_code == 0, done.output
    assert unchanged(done) == 2
    # From now on, the files are known.
    replace(copy, "ada")
    assert unchanged(grade(copy)) == 1
    assert totals(copy, NAME)["ada"] == 2
    old_status(copy, "bob")
    (folder(copy, "bob") / "timestamp.txt").write_text("2026-02-01 12:00:00", "utf-8")
    assert unchanged(grade(copy)) == 1


@pytest.mark.parametrize("text", ["[]", "{", "null", "[" * 10**5, '{"state": "graded", "new": 1}'])
def test_a_damaged_status_stops_nothing(copy, text):
    old_status(copy, "ada").write_text(text, "utf-8")
    done = grade(copy)
    assert done.exit_code == 0, done.output
    assert sum(int(line.split()[1]) for line in done.stdout.splitlines()[:2]) >= 2


def test_graded_by_nbgrader_is_told_apart(copy):
    shutil.rmtree(copy.folder / "grading/autograded/.cnnedu")
    assert grade(copy).stdout.splitlines()[0].split() == ["skipped", "2"]
    assert Status.of_earlier_run("ada", {}, True).state == "skipped"


# The fingerprint itself.


def test_strange_files_neither_stop_nor_mislead_it(tmp_path, monkeypatch):
    monkeypatch.setattr(submitted_files, "LARGEST_FILES", 2**20)
    outside = tmp_path / "outside"
    outside.mkdir()
    place = tmp_path / "submission"
    place.mkdir()
    os.mkfifo(place / "pipe")
    (place / "loop").symlink_to(".")
    (place / "outside").symlink_to(outside)
    (place / "devices").symlink_to("/dev/zero")
    with open(place / "huge", "wb") as file:
        os.truncate(file.fileno(), 2**40)
    at = os.open(place, os.O_RDONLY)
    for _ in range(3000):  # deeper than Python's stack, and than any path reaches
        os.mkdir("d", dir_fd=at)
        at, above = os.open("d", os.O_RDONLY, dir_fd=at), at
        os.close(above)
    os.close(at)
    first = fingerprint(place, IGNORED)
    (outside / "x").write_bytes(b"changes outside don't count")
    assert fingerprint(place, IGNORED) == first
    os.truncate(place / "huge", 2**40 + 1)
    assert fingerprint(place, IGNORED) != first
    subprocess.run(["rm", "-rf", place], check=True)  # Python's own would exceed its stack


def test_no_notebook_is_beyond_what_it_reads(tmp_path, monkeypatch):
    """A large file in front of it doesn't hide that a notebook has changed."""
    monkeypatch.setattr(submitted_files, "LARGEST_FILES", 1000)
    (tmp_path / "a.bin").write_bytes(b"x" * 5000)
    (tmp_path / "b.ipynb").write_bytes(b"one")
    first = fingerprint(tmp_path, IGNORED)
    (tmp_path / "b.ipynb").write_bytes(b"two")
    assert fingerprint(tmp_path, IGNORED) != first


def test_it_looks_at_so_many_files_and_no_more(tmp_path, monkeypatch):
    monkeypatch.setattr(submitted_files, "MOST_LOOKED_AT", 50)
    for number in range(10):
        for other in range(30):
            (tmp_path / f"{number}/{other}").mkdir(parents=True)
    opened = []
    monkeypatch.setattr(os, "scandir", lambda path, real=os.scandir: opened.append(1) or real(path))
    fingerprint(tmp_path, IGNORED)
    assert len(opened) <= 51
    *_, (_, number) = submitted_files.walk(tmp_path, IGNORED)
    assert number == 51


@pytest.mark.parametrize("change", ["moved", "renamed", "joined"])
def test_names_and_contents_can_t_be_mistaken_for_each_other(tmp_path, change):
    one, two = tmp_path / "one", tmp_path / "two"
    for place in (one, two):
        (place / "d").mkdir(parents=True)
        (place / "a").write_bytes(b"1")
        (place / "b").write_bytes(b"2")
    assert fingerprint(one, IGNORED) == fingerprint(two, IGNORED)
    if change == "joined":
        (two / "a").write_bytes(b"1b2")
        (two / "b").unlink()
    else:
        (two / "b").rename(two / {"moved": "d/b", "renamed": "c"}[change])
    assert fingerprint(one, IGNORED) != fingerprint(two, IGNORED)
