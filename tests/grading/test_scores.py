"""The table of scores: everybody is in it, spreadsheets can read it, nbgrader's export agrees."""

import csv
import io

import pytest
from grading.graded_course import copy_of, gradebook

from harness.course import student_cells

NAME = "00_start_here"
QUESTIONS = ("00-chalk-tests", "00-negative-tests")
NAMES = {"ada": ("Łovelace", "Ada"), "zoe": ("Ångström", "Zoë"), "bob": ("", "")}


@pytest.fixture(scope="module")
def registered(course):
    """Three students; two have handed in right work, and one nothing. Only ada's is graded."""
    course.nbgrader("generate_assignment", NAME)
    with gradebook(course) as book:
        for student, (last, first) in NAMES.items():
            book.add_student(student, last_name=last, first_name=first)
    right = student_cells(course.solution(NAME))
    for student in ("ada", "bob"):
        course.submit(NAME, student, right)
    course.grade(NAME, "--unsandboxed", "--student", "ada")
    return course


@pytest.fixture
def copy(registered, tmp_path):
    return copy_of(registered, tmp_path / "course")


def table(course, *options):
    """Grade; return {student: row of the CSV file}."""
    done = course.grade(NAME, "--unsandboxed", "--csv", "grading/scores.csv", *options)
    assert done.exit_code == 0, done.output
    return rows(course.folder / "grading/scores.csv", "utf-8-sig")


def rows(path, encoding):
    text = path.read_text(encoding=encoding)
    return {row["student_id"]: row for row in csv.DictReader(io.StringIO(text))}


def test_whoever_handed_in_nothing_has_no_points_as_in_nbgrader_s_export(copy):
    ours = table(copy)
    copy.nbgrader("export")
    theirs = rows(copy.folder / "grading/grades.csv", "utf-8")
    assert set(ours) == set(theirs) == set(NAMES)
    assert ours["zoe"]["state"] == "nothing handed in"
    assert [float(ours["zoe"][name]) for name in QUESTIONS] == [0, 0]
    for student, row in theirs.items():
        assert [float(ours[student][name]) for name in ("score", "max_score", "late_penalty")] == [
            float(row[name]) for name in ("score", "max_score", "late_submission_penalty")
        ]


def test_what_is_not_graded_yet_is_not_called_missing(copy):
    row = table(copy, "--student", "ada")["bob"]
    assert row["state"] == "not graded"
    assert [row[name] for name in ("score", *QUESTIONS)] == ["", "", ""]
    assert float(table(copy)["bob"]["score"]) == 2


def test_no_penalty_makes_a_score_negative(copy):
    table(copy)
    with gradebook(copy) as book:
        for student in ("ada", "bob"):
            book.find_submission_notebook(NAME, NAME, student).late_submission_penalty = 100
        book.db.commit()
    ours = table(copy)
    copy.nbgrader("export")
    theirs = rows(copy.folder / "grading/grades.csv", "utf-8")
    assert float(ours["ada"]["score"]) == float(theirs["ada"]["score"]) == 0


def test_spreadsheets_see_that_it_is_in_utf_8(copy):
    assert table(copy)["zoe"]["last_name"] == "Ångström"
    assert (copy.folder / "grading/scores.csv").read_bytes().startswith(b"\xef\xbb\xbfstudent_id,")


@pytest.mark.parametrize(("option", "name"), [("--csv", "scores.csv"), ("--picture", "points.png")])
def test_a_report_that_breaks_off_leaves_the_old_one(copy, request, option, name):
    path = copy.folder / "grading" / name
    assert copy.grade(NAME, "--unsandboxed", option, str(path)).exit_code == 0
    before = path.read_bytes()
    request.getfixturevalue("full_disk")
    done = copy.grade(NAME, "--unsandboxed", option, str(path))
    assert done.exit_code == 1
    assert f"{name} can't be written: No space left on device" in done.stderr
    assert path.read_bytes() == before
    assert list(path.parent.glob(f"*{name}*")) == [path]
