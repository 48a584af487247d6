"""Students' folders with strange names are graded in full, or left out with a reason."""

import csv
import json
import os
import re
import shutil

import nbformat
import pytest
from broken_submissions import STRANGE_IDS
from grading.graded_course import course_in, gradebook, totals

from harness.course import student_cells

NAME = "00_start_here"
FULL = 2
HONEST = ("ada", "honest_right", "zoe")
# What programs leave; the last two may be students', but the gradebook doesn't know them.
NO_STUDENTS = (".ipynb_checkpoints", "__MACOSX", "._ada", "Thumbs.db", ".git", ".stversions")


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
    with gradebook(course) as book:
        for name in map(os.fsdecode, STRANGE_IDS.values()):
            if name.startswith("."):
                book.add_student(name)
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
    assert name not in (batch.folder / "scores.csv").read_text("utf-8-sig")
    assert not (batch.folder / "grading/autograded" / name).exists()


def test_what_is_no_student_s_is_said_once(batch):
    (line,) = [line for line in batch.done.stdout.splitlines() if "no students" in line]
    assert set(line.partition(": ")[2].partition(". If")[0].split(", ")) == set(NO_STUDENTS)
    assert batch.done.stdout.count("__MACOSX") == 1


def test_a_hidden_folder_is_a_student_s_if_the_instructor_says_so(batch, tmp_path):
    course = course_in(shutil.copytree(batch.folder, tmp_path / "course", symlinks=True))
    done = course.grade(NAME, "--unsandboxed", "--student", ".stversions")
    assert done.exit_code == 0, done.output
    assert totals(course, NAME)[".stversions"] == FULL
    assert ".stversions" not in course.grade(NAME, "--unsandboxed", "--student", "ada").stdout


def test_no_name_acts_on_the_terminal_or_adds_a_line(batch):
    assert readable(batch.done.stdout)
    assert readable(batch.done.stderr)
    assert "honest_right  10 of 10" not in batch.done.stdout.split("\n")
    assert not [line for line in batch.done.stdout.split("\n") if line.startswith("honest_right")]


def test_the_csv_has_one_row_for_each_graded_student(batch):
    raw = (batch.folder / "scores.csv").read_bytes().decode("utf-8-sig")
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


def moved(course, folder):
    """Return a copy of a released course with one submission, in another folder."""
    shutil.copytree(course.folder / "solutions" / NAME, folder / "solutions" / NAME)
    shutil.copytree(course.folder / "exercises", folder / "exercises")
    shutil.copy(course.folder / "nbgrader_config.py", folder)
    (folder / "grading/submitted").mkdir(parents=True)
    shutil.copy(course.folder / "grading/gradebook.db", folder / "grading")
    shutil.copytree(submitted(course) / "zoe", folder / "grading/submitted/zoe")
    return course_in(folder)


PATTERN = "nbgrader takes .* for a pattern, so .* rename the folder"


@pytest.mark.parametrize(
    ("name", "says"),
    [("course [2026] *", PATTERN), ("cours d'été 2026", ""), ("a#b & $c; 'd'", "")],
)
def test_the_folder_of_the_course_may_have_any_name(batch, tmp_path, name, says):
    course = moved(batch, tmp_path / name)
    # What nbgrader ignores is ignored there, too.
    ignored = submitted(course) / f"zoe/{NAME}/__pycache__/data.txt"
    ignored.parent.mkdir()
    ignored.write_bytes(b"x")
    done = course.grade(NAME, "--unsandboxed")
    assert done.exit_code == 0, done.output
    graded = course.folder / f"grading/autograded/zoe/{NAME}"
    assert json.loads((graded / f"{NAME}.ipynb").read_text("utf-8"))
    assert not (graded / "__pycache__").exists()
    assert bool(re.search(PATTERN, done.stdout)) == bool(says)
    if not says:
        course.nbgrader("generate_assignment", NAME, "--force")
        course.nbgrader("generate_feedback", NAME)
        assert (course.folder / f"grading/feedback/zoe/{NAME}/{NAME}.html").exists()


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("course [2026]", PATTERN),
        ("what?", "nbgrader opens no gradebook in .*what.: rename the folder, without . and %"),
        ("100%41", "nbgrader opens no gradebook in .*: rename the folder"),
        (b"caf\xe9", r"the path .*caf\\udce9 is not in UTF-8"),
    ],
)
def test_advice_for_a_folder_that_nbgrader_can_t_use_is_not_to_use_it(batch, tmp_path, name, says):
    """There, `nbgrader generate_assignment` would fail again, or make a gradebook elsewhere."""
    folder = tmp_path / os.fsdecode(name)
    shutil.copytree(batch.folder / "solutions" / NAME, folder / "solutions" / NAME)
    shutil.copy(batch.folder / "nbgrader_config.py", folder)
    before = sorted(tmp_path.rglob("*"))
    done = course_in(folder).grade(NAME, "--unsandboxed")
    assert isinstance(done.exception, SystemExit)
    assert re.search(f"Error: {says}", done.stderr)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("name", ["", "..", "nowhere", "[a-z]*", "*", f"{NAME} ", "a+b", "x\ny"])
def test_a_wrong_assignment_is_one_line_and_nothing_is_left_there(batch, tmp_path, name):
    course = moved(batch, tmp_path / "course")
    before = {path: path.stat().st_size for path in sorted(course.folder.rglob("*"))}
    done = course.grade(name, "--unsandboxed")
    assert isinstance(done.exception, SystemExit), done.exception
    assert done.exit_code == 1
    (line,) = [line for line in done.stderr.splitlines() if line.startswith("Error: ")]
    assert "assignment" in line
    assert {path: path.stat().st_size for path in sorted(course.folder.rglob("*"))} == before


def test_a_course_without_anything_is_one_line_and_nothing_is_left_there(batch, tmp_path):
    shutil.copy(batch.folder / "nbgrader_config.py", tmp_path)
    done = course_in(tmp_path).grade(NAME, "--unsandboxed")
    assert f"there is no assignment {NAME}: its folder" in done.stderr
    assert [path.name for path in tmp_path.rglob("*")] == ["nbgrader_config.py"]


@pytest.mark.parametrize("encoding", ["", "latin-1", "cp1252"])
def test_a_name_is_the_same_in_every_locale(batch, tmp_path, encoding):
    """In the locale C, without Python's UTF-8 mode, file names are read as ASCII."""
    course = moved(batch, tmp_path / "course")
    place = submitted(course) / "zoe"
    place.rename(place.with_name("zoë"))
    path = submitted(course) / f"zoë/{NAME}/{NAME}.ipynb"
    path.write_text(path.read_text("utf-8").replace("chalk = ", "chalk = 64 #"), "utf-8")
    locale = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    before = totals(course, NAME)
    done = course.run(
        *("cnnedu", "grade", NAME, "--unsandboxed", "--student", "zoë", "--csv", "scores.csv"),
        **(locale if not encoding else {"PYTHONIOENCODING": encoding}),
    )
    assert "Traceback" not in done.stderr
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[0].split() == ["graded", "1"]
    assert "chalk" in done.stdout  # the table of questions holds signs beyond these encodings
    # The student has handed in before, as another test says, under this very name.
    assert set(totals(course, NAME)) == set(before)
    assert totals(course, NAME)["zoë"] == 1
    assert (course.folder / f"grading/autograded/zoë/{NAME}/{NAME}.ipynb").exists()
