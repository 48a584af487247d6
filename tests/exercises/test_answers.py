"""Known wrong answers get no points from the grader, right ones all of them.

`test_draws.py` judges every answer by the same checks, without the grader, and shows that a wrong
answer spoils no other cell. So one submission here hands in a wrong answer to each cell, and the
grader sees FEW of a cell's wrong answers; `make fuzz` shows it all of them.
"""

import ast
from collections import defaultdict

import pytest
from exercises.draw import ANSWERS, FEW, answers_in, lost

from cnnedu.grading import sandbox
from harness.course import answer_cells, student_cells

EXERCISES = sorted(folder.name for folder in ANSWERS.iterdir())


def imports(path):
    """Return what an answer file imports: (whether PyTorch is among it, how many names)."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    lines = [ast.unparse(node) for node in nodes if isinstance(node, (ast.Import, ast.ImportFrom))]
    return any("torch" in line for line in lines), len(lines)


def students():
    """Return {file: student who hands it in}: each right answer alone, wrong ones together."""
    right, wrong, found = defaultdict(list), defaultdict(list), {}
    for path in sorted(ANSWERS.glob("*/*.py")):
        if lost(path) == "nothing":
            right[path.parent.name].append(path)
        else:
            wrong[path.parent.name, lost(path)].append(path)
    for paths in right.values():
        some = {min(paths, key=imports), max(paths, key=imports)}
        found |= {path: path.stem for path in sorted(paths if FEW is None else some)}
    for paths in wrong.values():
        found |= {path: f"wrong{number:03}" for number, path in enumerate(paths[:FEW])}
    return found


STUDENTS = students()


@pytest.fixture(scope="module")
def graded(course):
    """Grade all answer files of all exercises.

    `cnnedu grade` does it; `tests/grading` compares its scores with nbgrader's own.
    """
    try:
        sandbox.check()
        options = []
    except sandbox.NoSandbox:
        options = ["--unsandboxed"]  # these answers are our own
    for name in EXERCISES:
        course.nbgrader("generate_assignment", name)
        handed_in = defaultdict(dict)
        for path in STUDENTS:
            if path.parent.name == name:
                handed_in[STUDENTS[path]] |= answer_cells(path)
        for student, answers in handed_in.items():
            course.submit(name, student, student_cells(course.solution(name)) | answers)
        done = course.grade(name, *options)
        assert done.exit_code == 0, done.output
    return course


@pytest.mark.parametrize(
    "path", STUDENTS, ids=lambda path: f"{path.parent.name.partition('_')[0]}-{path.stem}"
)
def test_answer_gets_the_points_it_should(graded, path):
    name = path.parent.name
    tests = {
        cell.metadata["nbgrader"]["grade_id"]: cell.metadata["nbgrader"]["points"]
        for cell in graded.solution(name).cells
        if cell.metadata.get("nbgrader", {}).get("grade") and cell.cell_type == "code"
    }
    given = graded.scores(name, STUDENTS[path])
    if lost(path) == "nothing":
        assert {grade_id: given[grade_id] for grade_id in tests} == tests
    else:
        assert lost(path) in tests
        assert given[lost(path)] == 0


@pytest.mark.parametrize("name", EXERCISES)
def test_every_graded_cell_is_failed_by_a_wrong_answer(name, course):
    cells = course.solution(name).cells
    marks = [c.metadata.get("nbgrader", {}) for c in cells if c.cell_type == "code"]
    graded_cells = {mark["grade_id"] for mark in marks if mark.get("grade")}
    failed = {lost(path) for path in ANSWERS.glob(f"{name}/wrong_*.py")}
    assert failed == graded_cells
    assert len(list(ANSWERS.glob(f"{name}/right_*.py"))) >= 5


@pytest.mark.parametrize("name", EXERCISES)
def test_a_wrong_answer_fills_in_one_cell(name):
    cells = {path.stem: len(answers_in(path)) for path in ANSWERS.glob(f"{name}/wrong_*.py")}
    assert cells == dict.fromkeys(cells, 1)
