"""Students' folders with strange names are graded in full, or left out with a reason."""

import csv
import json
import os
import shutil

import nbformat
import pytest
from broken_submissions import STRANGE_IDS
from grading.graded_course import course_in, totals

from harness.course import student_cells

NAME = "00_start_here"
FULL = 2
HONEST = ("ada", "honest_right", "zoe")
NO_STUDENTS = (".ipynb_checkpoints", "__MACOSX")


def submitted(course):
    return course.folder / "grading/submitted"


def readable(text):
    """Return whether nothing in a text acts on a terminal; a progress bar may restart its line."""
    return all(c.isprintable() or c in "\n\r" for c in text)


@pytest.fixture(scope="module")
def batch(course):
    """Grade right work under each strange name, beside honest neighbours, in one run."""
    course.nbgrader("generate_assignment", NAME)
    right = student_cells(course.solution(NAME))
    for student in (*HONEST, *NO_STUDENTS):
        course.submit(NAME, student, right)
    first = os.fsencode(submitted(course))
    for name in STRANGE_IDS.values():
        shutil.copytree(os.path.join(first, b"ada"), os.path.join(first, name))
    course.done = course.grade(NAME, "--unsandboxed", "--csv", "scores.csv")
    course.points = totals(course, NAME)
    return course


def reasons(course):
    """Return {printed name: why it failed}."""
    section = course.done.stdout.partition("Failed, and why:\n")[2].partition("\n\n")[0]
    return dict(line.strip("\n")[2:].rsplit(": the folder's", 1) for line in section.splitlines())


def test_the_run_ends_normally(batch):
    assert isinstance(batch.done.exception, SystemExit)
    assert batch.done.exit_code == 1  # some have failed
    total = len(STRANGE_IDS) + len(HONEST)
    counts = dict(line.split() for line in batch.done.stdout.splitlines()[:2])
    assert {name: int(count) for name, count in counts.items()} == {
        "graded": len(batch.points),
        "failed": total - len(batch.points),
    }
    assert len(reasons(batch)) == total - len(batch.points)


@pytest.mark.parametrize("what", STRANGE_IDS)
def test_right_work_gets_its_points_or_a_reason(batch, what):
    student = os.fsdecode(STRANGE_IDS[what])
    printed = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in student)
    if student in batch.points:
        assert batch.points[student] == FULL
        assert printed not in reasons(batch)
        graded = batch.folder / "grading/autograded" / student / NAME / f"{NAME}.ipynb"
        assert nbformat.read(graded, as_version=4).cells
    else:
        assert "rename it" in reasons(batch)[printed]


@pytest.mark.parametrize(
    "what",
    [
        *("hidden", "like the folder above", "like a partial", "hidden as nbgrader's own"),
        *("of 250 characters", "of 255 bytes", "of 250 characters of two bytes"),
        *("a formula", "an option", "a pattern", "as the wildcard", "of one space"),
        *("in two forms of Unicode, composed", "in two forms of Unicode, decomposed"),
        *("with spaces around", "ends like a status"),
    ],
)
def test_harmless_names_are_graded(batch, what):
    assert batch.points[os.fsdecode(STRANGE_IDS[what])] == FULL


@pytest.mark.parametrize("student", HONEST)
def test_neighbours_keep_their_points(batch, student):
    assert batch.points[student] == FULL


@pytest.mark.parametrize("name", NO_STUDENTS)
def test_folders_that_programs_leave_behind_are_not_students(batch, name):
    assert name not in batch.points
    assert name not in batch.done.stdout
    assert not (batch.folder / "grading/autograded" / name).exists()


def test_no_name_acts_on_the_terminal_or_adds_a_line(batch):
    assert readable(batch.done.stdout)
    assert readable(batch.done.stderr)
    assert "honest_right  10 of 10" not in batch.done.stdout.split("\n")
    assert not [line for line in batch.done.stdout.split("\n") if line.startswith("honest_right")]


def test_the_csv_has_one_row_for_each_graded_student(batch):
    raw = (batch.folder / "scores.csv").read_bytes().decode()
    assert readable(raw)
    rows = list(csv.DictReader(raw.splitlines()))
    assert len(rows) == len(batch.points)
    assert len({row["student_id"] for row in rows}) == len(rows)
    for row in rows:
        assert None not in row
        assert float(row["score"]) == FULL
        assert row["state"] == "graded"
        assert row["student_id"].strip()[:1] not in tuple("=+-@＝") or row["student_id"] == " "


@pytest.mark.parametrize("name", ["*", "[a-z]*?"])
def test_a_name_like_a_pattern_means_that_one_student(batch, name):
    done = batch.grade(NAME, "--unsandboxed", "--force", "--student", name)
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines()[0].split() == ["graded", "1"]


def test_the_folder_of_the_course_may_look_like_a_pattern(batch, tmp_path):
    folder = tmp_path / "course [2026] *"
    shutil.copytree(batch.folder / "solutions" / NAME, folder / "solutions" / NAME)
    shutil.copytree(batch.folder / "exercises", folder / "exercises")
    shutil.copy(batch.folder / "nbgrader_config.py", folder)
    (folder / "grading/submitted").mkdir(parents=True)
    shutil.copy(batch.folder / "grading/gradebook.db", folder / "grading")
    shutil.copytree(submitted(batch) / "zoe", folder / "grading/submitted/zoe")
    done = course_in(folder).grade(NAME, "--unsandboxed")
    assert done.exit_code == 0, done.output
    assert json.loads((folder / f"grading/autograded/zoe/{NAME}/{NAME}.ipynb").read_text("utf-8"))
