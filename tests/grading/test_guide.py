"""The commands of the instructor's guide, in its order, take a class from release to feedback."""

import csv
import re
import shlex
import shutil
import subprocess
import zipfile

import nbformat
import pytest
from classroom import platforms
from grading.graded_course import configure, course_in, fill_in, gradebook

from harness.course import ROOT, Course, student_cells

NAME = "01_convolution_by_hand"
GUIDE = (ROOT / "docs/grading.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def taught(tmp_path_factory, confined):
    """Run all commands of the guide; return the course and a student's folder."""
    folder = tmp_path_factory.mktemp("course")
    course = Course(folder)
    exchange = tmp_path_factory.mktemp("exchange")
    exchange.chmod(0o777)
    setting = f'c.Exchange.root = "{exchange}"'
    configure(course, setting)
    student = course_in(tmp_path_factory.mktemp("student"))
    (student.folder / "nbgrader_config.py").write_text(f"c = get_config()\n{setting}")
    blocks = re.findall(r"```bash\n(.*?)```", GUIDE, re.DOTALL)
    for number, block in enumerate(blocks):
        who = student if number % 2 else course
        for line in block.splitlines():
            if line.startswith("nbgrader submit"):
                solve(course, student.folder)
            if line.startswith("cnnedu scores"):
                before_the_scores(course)
            program, *words = shlex.split(line)
            if program == "nbgrader":
                who.nbgrader(*words)
            else:
                done = who.run(program, *words)
                assert done.returncode == 0, f"{line}\n{done.stderr}{done.stdout}"
    return course, student


def solve(course, folder):
    path = folder / NAME / f"{NAME}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    fill_in(notebook, student_cells(course.solution(NAME)) | {"01-by-hand": "by_hand = [[0]]"})
    nbformat.write(notebook, path)


def before_the_scores(course):
    """Grade the open question by hand, and download Moodle's worksheet."""
    with gradebook(course) as book:
        (submission,) = book.assignment_submissions(NAME)
        grade = book.find_grade("01-fog", NAME, NAME, submission.student.id)
        grade.manual_score, grade.needs_manual_grade = 0.5, False
        book.db.commit()
        name = submission.student.id
    with open(course.folder / "grading/worksheet.csv", "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            (
                ("Identifier", "Full name", "Email address", "Grade", "Last modified (grade)"),
                ("Participant 70", "No One", "none@school.example", "", "-"),
                ("Participant 71", "Zoë_O'Brien, Jr.", f"{name}@school.example", "", "-"),
            )
        )


def test_the_guide_takes_eleven_commands():
    lines = [
        line
        for block in re.findall(r"```bash\n(.*?)```", GUIDE, re.DOTALL)
        for line in block.split("\n")
    ]
    assert len(list(filter(None, lines))) == 11


def test_the_student_gets_points_and_feedback(taught):
    course, student = taught
    (row,) = (course.folder / "grading/scores.csv").read_text("utf-8-sig").splitlines()[1:]
    assert ",9.0,12.0," in row
    (page,) = student.folder.glob(f"{NAME}/feedback/*/{NAME}.html")
    text = re.sub(r"<[^>]+>", "", page.read_text("utf-8"))
    assert "the answer has shape" in text or "by_hand" in text
    assert "HIDDEN TESTS" not in text
    assert (course.folder / "grading/points.png").stat().st_size > 5000


def test_moodle_gets_the_score_and_the_feedback(taught):
    course, student = taught
    data = (course.folder / "grading/import-worksheet.csv").read_bytes()
    assert platforms.moodle_worksheet(data) == {70: None, 71: 9.5}
    zipped = (course.folder / "grading/feedback.zip").read_bytes()
    (page,) = student.folder.glob(f"{NAME}/feedback/*/{NAME}.html")
    assert platforms.moodle_feedback(zipped, {70, 71}) == {71: {f"{NAME}.html": page.read_bytes()}}


def taken_by_git(folder):
    """Return what `git add` would take, the course's own files aside."""
    shutil.copy(ROOT / ".gitignore", folder)
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    command = ["git", "status", "--porcelain", "--untracked-files=all", "-z"]
    told = subprocess.run(command, cwd=folder, capture_output=True, check=True).stdout
    own = (".gitignore", "nbgrader_config.py", "solutions/", "exercises/")
    names = [name[3:] for name in told.decode().split("\0") if name]
    assert any(name.startswith("solutions/") for name in names)
    return [name for name in names if not name.startswith(own)]


def test_git_takes_nothing_about_students(taught):
    """Not after a whole class, an export of the grades and an archive from a learning platform."""
    course, _ = taught
    archive = course.folder / f"grading/downloaded/{NAME}/archive"
    archive.mkdir(parents=True)
    with zipfile.ZipFile(archive / "all.zip", "w") as file:
        path = course.folder / f"exercises/{NAME}/{NAME}.ipynb"
        file.write(path, f"bob_2026-01-02-10-00-00_attempt_{NAME}.ipynb")
    pattern = r".*/(?P<student_id>\w+)_\d.*_attempt_(?P<file_id>.*)"
    configure(course, f"c.FileNameCollectorPlugin.named_regexp = r'{pattern}'")
    course.nbgrader("zip_collect", NAME, "--force")
    assert (course.folder / f"grading/submitted/bob/{NAME}/{NAME}.ipynb").exists()
    course.nbgrader("export")
    assert (course.folder / "grading/grades.csv").exists()
    assert not taken_by_git(course.folder)


def test_nor_what_nbgrader_and_instructors_put_beside_it(tmp_path):
    (tmp_path / "solutions").mkdir()
    (tmp_path / "solutions/x.ipynb").touch()
    for name in (
        *("submitted/ada/x.ipynb", "autograded/ada/x.ipynb", "feedback/ada/x.html"),
        *("downloaded/x/archive/all.zip", "gradebook.db", "gradebook.db-journal"),
        *("gradebook.db.grading", "backups/gradebook-2026.db", "grades.csv", "scores.csv"),
        *("students.csv", "points.png", ".nbgrader.log", "grading/anything"),
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert not taken_by_git(tmp_path)
