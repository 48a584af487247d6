"""`cnnedu exercise`, `check` and `progress` as a reader uses them, in a folder of the reader's."""

import json
import shutil
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner

from cnnedu.cli import main
from cnnedu.study import notebooks, progress
from harness.course import ROOT, answer_cells

NAME = "00_start_here"
COPY = Path("work", NAME, f"{NAME}.ipynb")
ANSWERS = ROOT / "tests/exercises/answers" / NAME


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words):
    return CliRunner().invoke(main, words)


def solve(*answers):
    """Copy exercise 00 and fill in answers from the tests' files; return the notebook's path."""
    if not COPY.exists():
        assert run("exercise", "00").exit_code == 0
    notebook = nbformat.read(COPY, as_version=4)
    for name in answers:
        filled = answer_cells(ANSWERS / f"{name}.py")
        for cell in notebook.cells:
            grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
            cell.source = filled.get(grade_id, cell.source)
    nbformat.write(notebook, COPY)
    return COPY


def test_an_exercise_is_copied_as_it_is_released():
    result = run("exercise", "00")
    assert result.exit_code == 0 and str(COPY) in result.output
    assert COPY.read_bytes() == (ROOT / "exercises" / NAME / f"{NAME}.ipynb").read_bytes()


def test_a_copy_that_is_there_is_never_overwritten():
    solve("wrong_bits")
    mine = COPY.read_bytes()
    result = run("exercise", "00")
    assert result.exit_code == 1
    assert "is there already and stays as it is" in result.output
    assert COPY.read_bytes() == mine


def test_git_ignores_the_folder_of_copies():
    assert "work/*" in (ROOT / ".gitignore").read_text("utf-8").splitlines()


def test_a_copy_goes_where_it_is_asked_for(folder):
    assert run("exercise", "00", "--into", "mine/deeper").exit_code == 0
    assert (folder / "mine/deeper" / NAME / f"{NAME}.ipynb").exists()
    (folder / "file").touch()
    result = run("exercise", "00", "--into", "file")
    assert result.exit_code == 1 and result.output.startswith("Error: file can't be written to")


@pytest.mark.parametrize(
    ("number", "name"),
    [
        ("03", "03_stride_padding_shapes"),
        ("3", "03_stride_padding_shapes"),
        ("7B", "07b_a_network_of_your_own"),
        ("07", "07_backpropagation_through_convolution"),
        ("18", "18_capstone"),
        ("11b_debugging_training", "11b_debugging_training"),
    ],
)
def test_an_exercise_is_found_by_its_number(number, name):
    assert notebooks.name_of(number) == name


@pytest.mark.parametrize("command", ["exercise", "check"])
def test_an_unknown_number_is_answered_with_the_known_ones(command):
    result = run(command, "1b")
    assert result.exit_code == 1
    assert "There is no exercise '1b'; there are 00, 01, 02" in result.output


def test_check_says_what_is_missing_and_leaves_the_notebook_alone():
    solve("wrong_sign")
    before = COPY.read_bytes()
    result = run("check", "00")
    lines = result.output.splitlines()
    assert result.exit_code == 1
    assert lines[0] == str(COPY)
    assert lines[1].startswith("not yet  chalk (1 point): `chalk` has no value yet")
    assert lines[2].startswith("not yet  negative (1 point): You changed the sign")
    assert "0 of 2 points pass their checks." in lines
    assert COPY.read_bytes() == before and not COPY.with_suffix(".ipynb.tmp").exists()


def test_check_counts_what_is_right():
    solve("wrong_sign", "right_xor")
    result = run("check", "00")
    assert result.exit_code == 0
    assert "right    negative (1 point)" in result.output
    assert "2 of 2 points pass their checks." in result.output


def test_check_names_the_cell_that_stopped_and_goes_on():
    solve("right_xor")
    notebook = nbformat.read(COPY, as_version=4)
    cell = next(c for c in notebook.cells if "chalk = " in c.source)
    cell.source = "chalk = smily().sum()"
    nbformat.write(notebook, COPY)
    result = run("check", "00")
    assert result.exit_code == 1
    assert "NameError: name 'smily' is not defined" in result.output
    assert "right    negative" in result.output


def test_check_takes_a_path_and_knows_open_questions(folder):
    name = "03_stride_padding_shapes"
    shutil.copy(ROOT / "solutions" / name / f"{name}.ipynb", folder / "mine.ipynb")
    result = run("check", "mine.ipynb")
    assert result.exit_code == 0, result.output
    assert "by hand  frame (2 points): written" in result.output
    assert "14 of 14 points pass their checks.\nA person grades 2 more." in result.output


@pytest.mark.parametrize("content", [None, "", "[]", '{"cells": 3, "metadata": {}}'])
def test_what_is_no_notebook_is_said_in_one_line(folder, content):
    if content is not None:
        (folder / "odd.ipynb").write_text(content)
    result = run("check", "odd.ipynb")
    assert result.exit_code == 1
    assert "Error: odd.ipynb isn't a notebook that can be read" in result.output


def test_without_a_copy_check_says_how_to_get_one():
    result = run("check", "00")
    assert result.exit_code == 1
    assert "There is no 00_start_here.ipynb here: `cnnedu exercise 00` brings" in result.output


def saved_lesson(folder, answers):
    """Store lesson 00 as Jupyter does for a reader who answered this many of its questions."""
    path = folder / "lessons" / f"{NAME}.ipynb"
    path.parent.mkdir(exist_ok=True)
    notebook = json.loads((ROOT / "lessons" / f"{NAME}.ipynb").read_text("utf-8"))
    code = ["".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == "code"]
    texts = [text for source in code for text in progress._questions(source)]
    models = {
        f"model{number}": {"state": {"questions": [{"text": text}], "answers": [given]}}
        for number, text in enumerate(texts)
        for given in [0 if number < answers else None]
    }
    models["another"] = {"state": {"position": [0, 1]}}
    notebook["metadata"]["language_info"]["version"] = "3.11.7"
    notebook["metadata"]["widgets"] = {progress.WIDGETS: {"state": models}}
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return len(texts)


def first(folder):
    return progress.steps(folder)[0]


def test_the_stored_lessons_count_as_not_read_yet():
    step = first(ROOT)
    assert not step.opened and step.questions > 0 and step.title == "Start here"


def test_a_lesson_is_read_when_all_its_questions_are_answered(folder):
    count = saved_lesson(folder, 1)
    step = first(folder)
    assert (step.opened, step.answered, step.is_read) == (True, 1, False)
    assert "Next: go on with lesson 00, Start here." in run("progress").output
    saved_lesson(folder, count)
    assert first(folder).is_read
    result = run("progress").output
    assert "Next: exercise 00, Start here (`cnnedu exercise 00`)." in result
    assert f"✓ {count} of {count}" in result


def test_an_exercise_is_solved_when_its_stored_checks_pass(folder):
    solve("wrong_sign", "right_xor")
    assert first(folder).passed == 0  # nobody has run it yet
    notebook = nbformat.read(COPY, as_version=4)
    checks = [cell for cell in notebook.cells if "e00.check" in cell.source]
    for number, cell in enumerate(checks, 1):
        cell.execution_count = number
    failure = nbformat.v4.new_output("error", ename="CheckFailed", evalue="", traceback=[])
    checks[1].outputs = [failure]
    nbformat.write(notebook, COPY)
    assert (first(folder).passed, first(folder).is_solved) == (1, False)
    checks[1].outputs = []
    nbformat.write(notebook, COPY)
    assert first(folder).is_solved
    assert "✓ 2 of 2" in run("progress").output


def test_half_a_notebook_counts_as_none(folder):
    saved_lesson(folder, 1)
    path = folder / "lessons" / f"{NAME}.ipynb"
    path.write_text(path.read_text("utf-8")[:-100])
    assert not first(folder).opened
    assert run("progress").exit_code == 0


def test_when_all_is_done_it_says_so(monkeypatch):
    done = [progress.Step(name, "Title", True, 3, 3, 2, 2) for name in notebooks.fresh()]
    monkeypatch.setattr(progress, "steps", lambda folder: done)
    assert "You have read every lesson, and every check passes." in run("progress").output


def spoilt(cell):
    """Write a notebook with one cell, and its name."""
    empty = {"cell_type": "code", "source": "", "outputs": [], "metadata": {}}
    notebook = {"cells": [empty | cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    Path("spoilt.ipynb").write_text(json.dumps(notebook))
    return "spoilt.ipynb"


@pytest.mark.parametrize(
    ("mark", "says"),
    [
        (None, "holds no checks"),
        ({}, "holds no checks"),
        ({"grade": True, "grade_id": "00-a-tests"}, "isn't a notebook that can be read ('points')"),
        ({"grade": True, "points": 1}, "isn't a notebook that can be read ('grade_id')"),
        ({"grade": True, "grade_id": "00-a", "points": "1"}, "has no name or no points"),
    ],
)
def test_a_spoilt_notebook_is_refused_in_one_line(mark, says):
    result = run("check", spoilt({"metadata": {"nbgrader": mark}}))
    assert result.exit_code == 1
    assert says in result.stderr and result.stderr.count("\n") == 1
    assert "points pass" not in result.output


def test_without_any_exercise_progress_says_so(monkeypatch):
    monkeypatch.setattr(progress, "fresh", dict)
    result = run("progress")
    assert result.exit_code == 1
    assert result.stderr == "Error: There are no exercises here: install the course again.\n"
