"""The commands of the instructor's guide, in its order, take a class from release to feedback."""

import re

import nbformat
import pytest
from grading.graded_course import configure, course_in, fill_in

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
            program, *words = line.split()
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


def test_the_guide_takes_ten_commands():
    lines = [
        line
        for block in re.findall(r"```bash\n(.*?)```", GUIDE, re.DOTALL)
        for line in block.split("\n")
    ]
    assert len(list(filter(None, lines))) == 10


def test_the_student_gets_points_and_feedback(taught):
    course, student = taught
    (row,) = (course.folder / "scores.csv").read_text("utf-8").splitlines()[1:]
    assert ",8.0,12.0," in row
    (page,) = student.folder.glob(f"{NAME}/feedback/*/{NAME}.html")
    text = re.sub(r"<[^>]+>", "", page.read_text("utf-8"))
    assert "the answer has shape" in text or "by_hand" in text
    assert "HIDDEN TESTS" not in text
    assert (course.folder / "points.png").stat().st_size > 5000
