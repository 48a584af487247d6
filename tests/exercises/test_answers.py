"""Known wrong answers lose the points of their cell and no others; right ones lose none."""

from pathlib import Path

import pytest

from cnnedu.grading import sandbox
from harness.course import answer_cells, student_cells

ANSWERS = Path(__file__).parent / "answers"
EXERCISES = sorted(folder.name for folder in ANSWERS.iterdir())


def lost(path):
    """Return what the first line of an answer file says it loses: a grade_id, or "nothing"."""
    return path.read_text(encoding="utf-8").split(":")[0].removeprefix("# loses ").strip()


@pytest.fixture(scope="module")
def graded(course):
    """Grade all answer files of all exercises, each as a student of its own.

    `cnnedu grade` does it; `tests/grading` compares its scores with nbgrader's own.
    """
    try:
        sandbox.check()
        options = []
    except sandbox.NoSandbox:
        options = ["--unsandboxed"]  # these answers are our own
    for name in EXERCISES:
        course.nbgrader("generate_assignment", name)
        for path in ANSWERS.glob(f"{name}/*.py"):
            answers = student_cells(course.solution(name)) | answer_cells(path)
            course.submit(name, path.stem, answers)
        done = course.grade(name, *options)
        assert done.exit_code == 0, done.output
    return course


@pytest.mark.parametrize(
    "path", sorted(ANSWERS.glob("*/*.py")), ids=lambda path: f"{path.parent.name[:2]}-{path.stem}"
)
def test_answer_loses_just_what_it_should(graded, path):
    name = path.parent.name
    tests = {
        cell.metadata["nbgrader"]["grade_id"]: cell.metadata["nbgrader"]["points"]
        for cell in graded.solution(name).cells
        if cell.metadata.get("nbgrader", {}).get("grade") and cell.cell_type == "code"
    }
    expected = {grade_id: 0 if grade_id == lost(path) else p for grade_id, p in tests.items()}
    given = graded.scores(name, path.stem)
    assert {grade_id: given[grade_id] for grade_id in tests} == expected


@pytest.mark.parametrize("name", EXERCISES)
def test_every_graded_cell_is_failed_by_a_wrong_answer(name, course):
    cells = course.solution(name).cells
    marks = [c.metadata.get("nbgrader", {}) for c in cells if c.cell_type == "code"]
    graded_cells = {mark["grade_id"] for mark in marks if mark.get("grade")}
    failed = {lost(path) for path in ANSWERS.glob(f"{name}/wrong_*.py")}
    assert failed == graded_cells
    assert len(list(ANSWERS.glob(f"{name}/wrong_*.py"))) >= 5
    assert len(list(ANSWERS.glob(f"{name}/right_*.py"))) >= 2
