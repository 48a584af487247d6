"""A solution's sandbox holds the modules that its exercise allows, and no answers."""

import subprocess
import sys

import nbformat
import pytest

from cnnedu.grading import allowed_modules, exercise
from harness.course import ROOT

USUAL = ("numpy", "cnnedu.data")
UNFOLDING = (*USUAL, "cnnedu.kernels.unfolding")


def names(allowed):
    """Return the names of the files and folders outside the course's package that are shown."""
    return {
        path.name
        for path in allowed_modules.shown(allowed)
        if allowed_modules.ROOT not in path.parents
    }


def own(allowed):
    """Return {path in the course's package: the file that is shown there}."""
    files = allowed_modules.shown(allowed).items()
    return {
        w.relative_to(allowed_modules.ROOT).as_posix(): what
        for w, what in files
        if allowed_modules.ROOT in w.parents
    }


def test_by_default_there_is_numpy_and_no_ready_made_network():
    shown = names(USUAL)
    assert {"numpy", "IPython", "matplotlib"} <= shown
    assert not shown & {"torch", "scipy", "skimage", "sklearn", "nbgrader", "sqlalchemy", "onnx"}


def test_by_default_no_answer_of_the_course_is_shown():
    shown = own(USUAL)
    assert "data/smiley.py" in shown
    hidden = "kernels nn models explain tasks training experiments checks/exercises plots"
    for part in hidden.split():
        assert not [path for path in shown if path.startswith(part)], part
    assert "grading/inside/judge.py" not in shown
    assert "grading/record.py" not in shown


def test_the_package_of_an_allowed_module_is_only_an_outline():
    shown = own(UNFOLDING)
    kernels = {path for path in shown if path.startswith("kernels/")}
    assert "kernels/unfolding.py" in kernels
    assert shown["kernels/__init__.py"] == allowed_modules.OUTLINE
    assert not kernels & {
        "kernels/convolution.py",
        "kernels/correlate.py",
        "kernels/conv/im2col.py",
    }


def test_a_package_brings_what_it_requires():
    assert {"torch", "sympy", "networkx"} <= names((*USUAL, "torch"))


def test_absent_modules_are_known_by_name():
    absent = set(allowed_modules.absent(USUAL))
    assert {"torch", "scipy", "cnnedu.kernels", "cnnedu.checks.exercises"} <= absent
    assert not absent & {"numpy", "cnnedu.data", "cnnedu.checks", "cnnedu"}
    assert "cnnedu.kernels.unfolding" not in allowed_modules.absent(UNFOLDING)
    assert "cnnedu.kernels.correlate" in allowed_modules.absent(UNFOLDING)


def read(name):
    path = ROOT / f"solutions/{name}/{name}.ipynb"
    return exercise.read(nbformat.read(path, as_version=4))


def test_a_ready_made_part_is_only_there_for_the_question_that_allows_it():
    tests = read("06_fast_convolution").tests
    assert tests["06-copies-tests"].imports == USUAL
    assert tests["06-conv2d-im2col-tests"].imports == UNFOLDING


@pytest.mark.parametrize("name", sorted(path.name for path in (ROOT / "solutions").iterdir()))
def test_a_test_may_look_at_what_its_solutions_define(name):
    for grade_id, test in read(name).tests.items():
        assert test.names, grade_id
        assert test.before, grade_id


def test_the_visible_part_holds_no_hidden_test():
    source = "a\n### BEGIN HIDDEN TESTS\nb\n### END HIDDEN TESTS\nc"
    assert exercise.visible(source) == "a\nc"


def test_an_absent_function_says_so_when_it_is_called():
    """The server imports everything by name, before it knows what is a module and what isn't."""
    code = """
import importlib
from cnnedu.grading.inside import absent_modules
absent_modules.install(["elsewhere"])
importlib.import_module("elsewhere.network")
from elsewhere import network
network("A")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    said = "ImportError: `elsewhere.network` is not available while your work is graded"
    assert said in done.stderr
