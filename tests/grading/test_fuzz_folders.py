"""Whatever is handed in gains no point, writes nothing elsewhere and doesn't stop the grader.

`grade` checks what holds for every folder. No student's code runs here.
"""

import contextlib
import copy
import dataclasses
import json
import math
import os
import socket
import tempfile
from pathlib import Path

import fuzz
import nbformat
import pytest
from grading.graded_course import fill_in
from hypothesis import example, given
from hypothesis import strategies as st

from cnnedu.grading import course as graded
from cnnedu.grading import pools, submission
from cnnedu.grading.assignment import read, read_exercises
from cnnedu.grading.forkserver import Limits
from cnnedu.grading.job import Result
from harness.course import student_cells

NAMES = ("00_start_here", "01_convolution_by_hand")
GIVEN = {"data.csv": b"1,2\n", "pictures/one.png": b"no picture"}


class Shared(dict):
    """A dictionary that Hypothesis doesn't print with its findings."""

    __repr__ = object.__repr__


@pytest.fixture(scope="module")
def assignments(course):
    """Return {name: (its `Assignment`, the right notebook)} of two exercises."""
    made = Shared()
    for name in NAMES:
        course.nbgrader("generate_assignment", name)
        right = course.released(name)
        fill_in(right, student_cells(course.solution(name)))
        ours = graded.Course(course.folder, name)
        with ours.gradebook() as gradebook:
            shared = read(ours, read_exercises(ours), gradebook, Limits())
        made[name] = dataclasses.replace(shared, files=GIVEN), right
    return made


def marks(notebook):
    return {
        mark["grade_id"]: cell for cell in notebook.cells if (mark := cell.metadata.get("nbgrader"))
    }


def seen(top):
    """Return {path: (kind, size, time of the last change)} of everything in a folder."""
    found = {}
    for folder, folders, names in os.walk(top):
        for name in folders + names:
            with contextlib.suppress(OSError):  # its path is too long
                stat = os.lstat(os.path.join(folder, name))
                found[os.path.relpath(os.path.join(folder, name), top)] = (
                    *(stat.st_mode, stat.st_size),
                    0 if os.path.isdir(os.path.join(folder, name)) else stat.st_mtime_ns,
                )
    return found


def grade(assignment, make, verdicts=None):
    """Grade a folder that `make` fills; check what holds for all; return (prepared, report)."""
    (name, given) = next(iter(assignment.given.items()))
    with tempfile.TemporaryDirectory() as top:
        folder = Path(top, "submitted", "ada", name)
        folder.parent.mkdir(parents=True)
        make(folder)
        before = seen(top)
        one = graded.Submission("ada", folder, Path(top, "autograded", "ada", name))
        prepared = submission.prepare(one, assignment)
        sent = pools.jobs_in(pools._encoded(prepared), assignment)
        assert sent == prepared.jobs
        results = {} if verdicts is None else {name: Result(verdicts=verdicts)}
        report = submission.finish(one, assignment, prepared, results)
        partial = one.target.with_name(f".{name}.partial")
        after = seen(top)
        assert {path: after.get(path) for path in before} == before
        inside = os.path.relpath(partial, top)
        above = [os.path.dirname(inside), os.path.dirname(os.path.dirname(inside))]
        new = after.keys() - before.keys() - {inside, *above}
        assert all(path.startswith(f"{inside}/") for path in new)
        check_files(partial, folder, f"{name}.ipynb")
        check_notebook(nbformat.read(partial / f"{name}.ipynb", as_version=4), given.cells)
    for job in prepared.jobs.values():
        tests = [(grade_id, source) for _, source, grade_id in job.cells if grade_id]
        assert dict(tests) == {test: given.cells[test].source for test in points_of_tests(given)}
        assert len(tests) == len(dict(tests))
    assert vars(submission.Report.checked(json.loads(json.dumps(report.plain()))))
    check_points(report.points[name], given, verdicts or {})
    return prepared, report


def points_of_tests(given):
    """Return {grade_id: points} of the cells that need the judge's verdict."""
    cells = {name: cell for name, cell in given.cells.items() if cell.cell_type == "code"}
    cells = {name: cell.mark for name, cell in cells.items() if cell.mark["locked"]}
    return {name: mark["points"] for name, mark in cells.items() if mark["grade"]}


def check_files(partial, folder, notebook):
    """Check that each file is the student's or the instructor's, with all of the instructor's."""
    assert {name: (partial / name).read_bytes() for name in GIVEN} == GIVEN
    for path in partial.rglob("*"):
        name = str(path.relative_to(partial))
        assert not path.is_symlink()
        assert path.is_file() or path.is_dir()
        if path.is_file() and name not in (*GIVEN, notebook):
            source = folder / name
            assert source.resolve() == source.absolute()
            assert path.read_bytes() == source.read_bytes()


def check_notebook(notebook, given):
    """Check that it is valid, with each cell that awards points once, as it was given out."""
    nbformat.validate(notebook)
    ours = [cell for cell in notebook.cells if "nbgrader" in cell.metadata]
    assert len(ours) == len(marks(notebook))
    awarding = {name for name, cell in given.items() if cell.mark["grade"] or cell.mark["task"]}
    assert awarding <= marks(notebook).keys() <= given.keys()
    for name, cell in marks(notebook).items():
        assert cell.metadata["nbgrader"] == given[name].mark
        assert cell.cell_type == given[name].cell_type
        if given[name].mark["locked"]:
            assert cell.source == given[name].source


def check_points(points, given, verdicts):
    """Check that there is no point without a verdict, and none too many."""
    tests = points_of_tests(given)
    awarding = [name for name, cell in given.cells.items() if cell.mark["grade"]]
    assert sorted(points) == sorted(awarding)
    for name, number in points.items():
        if name not in tests:
            assert number in ("by hand", 0)
        elif name not in verdicts:
            assert number == "unjudged"
        elif number != "unjudged":
            passed, shown = verdicts[name]
            assert 0 <= number <= tests[name] * passed
            assert shown is None or not is_number(shown) or number == float(shown) * passed


def is_number(text):
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


SHOWN = st.sampled_from([None, None, "0", "0.5", "1", "2", "-1", "1e9", "nan", "inf", "1_0", "x"])


def verdicts_of(given):
    names = st.sampled_from([*given.cells, "nothing"])
    return st.none() | st.dictionaries(names, st.tuples(st.booleans(), SHOWN))


def written(name, data):
    def make(folder):
        folder.mkdir()
        (folder / f"{name}.ipynb").write_bytes(data)

    return make


def test_right_work_without_damage_gets_all_points(assignments):
    for name, (assignment, right) in assignments.items():
        tests = points_of_tests(assignment.given[name])
        make = written(name, nbformat.writes(right).encode())
        prepared, report = grade(assignment, make, dict.fromkeys(tests, (True, None)))
        assert not (report.problems or report.evidence or report.notes)
        assert {test: report.points[name][test] for test in tests} == tests
        run = [source for _, source, _ in prepared.jobs[name].cells]
        assert set(student_cells(right).values()) - set(run) <= {
            cell.source for cell in right.cells if cell.cell_type == "markdown"
        }


@st.composite
def tampered(draw, cells, words):
    """Change the cells as somebody would who wants points: order, number, marks, kinds, sources."""
    words = st.sampled_from(words)
    for _ in range(draw(st.integers(1, 6))):
        here = draw(st.sampled_from(range(len(cells))))
        cell = cells[here]
        how = draw(st.sampled_from("leave-out double move mark mark type source".split()))
        if how in ("leave-out", "move") and len(cells) > 1:
            del cells[here]
        if how in ("double", "move"):
            cells.insert(draw(st.integers(0, len(cells))), copy.deepcopy(cell))
        elif how == "mark":
            mark = cell["metadata"].setdefault("nbgrader", {})
            mark[draw(st.sampled_from(KEYS))] = draw(words | st.booleans() | fuzz.HOSTILE)
            mark.setdefault("grade_id", draw(words))
        elif how == "type":
            cell["cell_type"] = draw(st.sampled_from(["code", "markdown", "raw", "heading", ""]))
        elif how == "source":
            cell["source"] = draw(words | fuzz.HOSTILE)
    return cells


KEYS = [*("grade_id", "grade_id", "grade_id", "points", "grade", "solution", "locked", "task")]
KEYS += ["schema_version", "checksum", "cell_type"]


@fuzz.share("damaged notebooks")
@given(st.sampled_from(NAMES), st.data())
def test_damaged_notebooks_gain_nothing_and_do_not_stop_the_grader(assignments, name, data):
    assignment, right = assignments[name]
    given = assignment.given[name]
    version = data.draw(st.sampled_from([4, 4, 4, 3]))
    tree = json.loads(nbformat.writes(nbformat.convert(right, version), version=version))
    words = [*given.cells, *given.cells, *(cell.source for cell in given.cells.values())]
    sheet = tree if version == 4 else tree["worksheets"][0]
    sheet["cells"] = data.draw(tampered(sheet["cells"], words))
    where = data.draw(st.sampled_from(["nowhere", "nowhere", "nowhere", "cells", "everywhere"]))
    if where == "cells":
        sheet["cells"] = data.draw(fuzz.damaged_json(sheet["cells"], words))
    elif where == "everywhere":
        tree = data.draw(fuzz.damaged_json(tree, words))
    grade(assignment, written(name, fuzz.text(tree)), data.draw(verdicts_of(given)))


@fuzz.share("notebooks of bytes")
@given(st.sampled_from(NAMES), st.data())
def test_notebooks_of_any_bytes_gain_nothing_and_do_not_stop_the_grader(assignments, name, data):
    assignment, right = assignments[name]
    whole = nbformat.writes(right).encode()
    damaged = data.draw(st.binary(max_size=50) | fuzz.damaged_bytes(whole))
    verdicts = data.draw(verdicts_of(assignment.given[name]))
    grade(assignment, written(name, damaged), verdicts)


NAMES_OF_FILES = st.sampled_from(
    [
        *(
            b"a",
            b"b",
            b"data.csv",
            b"pictures",
            b"one.png",
            b"timestamp.txt",
            b"nbgrader_config.py",
        ),
        *(
            b"jupyter_x_config.d",
            b".git",
            b"..x",
            b"\xff\xfe",
            b"a\nb",
            b"[a-z]*",
            b"x.svg",
            b"y.html",
        ),
        *(
            b"x" * 255,
            b"d" * 200,
            "é".encode() * 120,
            "e\u0301".encode(),
            b"\x1b[2J",
            b"-rf",
            b"%s{0}",
        ),
        *(
            b"00_start_here.ipynb",
            b"other.ipynb",
            b"__pycache__",
            b".ipynb",
            b" ",
            "\u202e".encode(),
        ),
    ]
) | st.binary(min_size=1, max_size=9).map(
    lambda name: name.replace(b"/", b"-").replace(b"\0", b"+")
)
THINGS = st.tuples(
    st.integers(0, 9),
    NAMES_OF_FILES,
    st.sampled_from(["file", "file", "folder", "folder", "link", "pipe", "socket", "deep", "hole"]),
    st.sampled_from(
        [b"/etc/passwd", b"..", b".", b"a", b"nowhere", b"/dev/zero", b"/", b"../../.."]
    ),
    st.sampled_from([0o644, 0o755, 0, 0o4777]),
)


def plant(folder, things):
    """Make files, folders, links and other things; leave out what can't be made."""
    places = [os.fsencode(folder)]
    for where, name, kind, target, mode in things:
        path = os.path.join(places[where % len(places)], name)
        with contextlib.suppress(OSError):
            if kind == "file":
                with open(path, "xb") as file:  # never through a link, or into a pipe
                    file.write(target * 9)
            elif kind == "folder":
                os.mkdir(path)
                places.append(path)
            elif kind == "link":
                os.symlink(target, path)
                continue
            elif kind == "pipe":
                os.mkfifo(path)
            elif kind == "socket":
                socket.socket(socket.AF_UNIX).bind(path)
            elif kind == "hole":
                with open(path, "xb") as file:
                    file.truncate(2**40)
            elif kind == "deep":
                bury(path)
            os.chmod(path, mode)


def bury(path):
    """Make folders in folders, deeper than any path can express."""
    os.mkdir(path)
    at = os.open(path, os.O_RDONLY)
    for _ in range(25):
        os.mkdir(b"d" * 200, dir_fd=at)
        os.close(os.open(b"f" * 200, os.O_CREAT | os.O_WRONLY, dir_fd=at))
        below = os.open(b"d" * 200, os.O_RDONLY, dir_fd=at)
        os.close(at)
        at = below
    os.close(at)


@fuzz.share("folders")
@given(st.lists(THINGS, max_size=15), st.sampled_from(["before", "behind", "alone", "instead"]))
@example([(0, b"deep", "deep", b"", 0o755)], "behind")
def test_no_folder_stops_the_grader_or_costs_right_work(assignments, things, when):
    assignment, right = assignments[NAMES[0]]
    notebook = nbformat.writes(right).encode()

    def make(folder):
        if when == "instead":
            plant(
                folder.parent, [(0, os.fsencode(folder.name), *thing[2:]) for thing in things[:1]]
            )
            return
        folder.mkdir()
        path = folder / f"{NAMES[0]}.ipynb"
        if when == "before":
            path.write_bytes(notebook)
        plant(folder, things)
        if when == "behind" and not os.path.lexists(path):
            path.write_bytes(notebook)

    prepared, report = grade(assignment, make)
    if when == "before" and all(thing[1] != b"00_start_here.ipynb" for thing in things):
        assert not report.problems
        assert prepared.jobs
