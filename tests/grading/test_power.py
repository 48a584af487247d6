"""If the power fails at any moment of a run, no score is lost, doubled or half written."""

import json
from contextlib import contextmanager
from functools import partial

import nbformat
import pytest
from grading.graded_course import course_in, status, totals
from grading.power import NAMES, NOTHING, Disk
from nbgrader.api import MissingEntry
from nbgrader.utils import determine_grade

from cnnedu.grading import batch, pools
from cnnedu.grading import course as graded
from cnnedu.grading.servers import Servers
from harness.course import student_cells

NAME = "00_start_here"
EXPECTED = {"again": 2, "broken": 0, "new": 1}


class Kept(pools.Local):
    """Grades in this process, whose steps are watched, with fork servers that all runs share."""

    def __init__(self):
        super().__init__(1)
        self.servers = None

    @contextmanager
    def running(self, confined, imports, used):
        if self.servers is None:
            self.servers = Servers(confined, used)
            self.servers.start(imports)
        yield self._here

    def _here(self, assignment, submissions, alone=False):
        for one in submissions:
            word = partial(pools.everything, one, assignment, self.servers, None)
            yield pools.done(one, word)

    def close(self):
        self.servers.close()


@pytest.fixture(scope="module")
def pool():
    """Execute without bubblewrap: these tests are about what is written."""
    pool = Kept()
    yield pool
    pool.close()


def run(folder, pool):
    grader = batch.Grader(graded.Course(folder, NAME), confined=False, pool=pool)
    return list(grader.grade())


@pytest.fixture(scope="module")
def cut_short(course, pool, tmp_path_factory):
    """Grade three submissions, one of them for the second time; return the watched disk."""
    course.nbgrader("generate_assignment", NAME)
    right = student_cells(course.solution(NAME))
    course.submit(NAME, "again", {})
    run(course.folder, pool)
    submitted = course.folder / f"grading/submitted/again/{NAME}/{NAME}.ipynb"
    submitted.unlink()
    submitted.parent.rmdir()
    course.submit(NAME, "again", right)
    course.submit(NAME, "new", right | {"00-chalk": "chalk = 64"})
    course.submit(NAME, "broken", right)
    (course.folder / f"grading/submitted/broken/{NAME}/{NAME}.ipynb").write_text("{")
    grading = course.folder / "grading"
    disk = Disk(grading, grading / "gradebook.db")
    with pytest.MonkeyPatch.context() as patch, disk.watching(patch):
        # No timestamp says that the one is newer than what was graded: its files do.
        run(course.folder, pool)
    return course, disk, tmp_path_factory.mktemp("left")


@pytest.fixture(scope="module")
def left(cut_short):
    """Return the courses that may be left, each once: [(how, course)]."""
    course, disk, folder = cut_short
    found = {}
    for number, moment in enumerate(disk.moments):
        for survives in (NOTHING, NAMES):
            place = folder / f"{number}-{survives}"
            disk.restore(moment, survives, place / "grading")
            copy = course_in(place)
            for shared in ("solutions", "nbgrader_config.py"):
                (place / shared).symlink_to(course.folder / shared)
            found.setdefault(json.dumps(state(copy)), (f"{number}-{survives}", copy))
    return list(found.values())


def state(course):
    """Return {student: points in (the gradebook, the graded notebook, the status)}."""
    found = {}
    for student in EXPECTED:
        try:
            stored = sum(score or 0 for score in course.scores(NAME, student).values())
        except MissingEntry:
            stored = None
        place = course.folder / f"grading/autograded/{student}/{NAME}"
        points = None
        if place.exists():
            notebook = nbformat.read(place / f"{NAME}.ipynb", as_version=4)
            marked = [cell for cell in notebook.cells if "nbgrader" in cell.metadata]
            points = sum(determine_grade(cell)[0] or 0 for cell in marked if is_test(cell))
        told = status(course, NAME, student).get("score")
        found[student] = (stored, points, told)
    return found


def is_test(cell):
    return cell.metadata.nbgrader.get("grade")


def test_the_run_was_watched(cut_short, left):
    assert len(cut_short[1].moments) > 40
    assert len(left) >= 8


def test_what_counts_as_graded_has_its_scores_and_its_status(left):
    for how, course in left:
        for student, (stored, points, told) in state(course).items():
            if points is not None:
                assert stored == points == told, (how, student)


def test_the_next_run_makes_every_score_right_and_doubles_none(left, pool):
    for how, course in left:
        run(course.folder, pool)
        assert {who: told for who, (_, _, told) in state(course).items()} == EXPECTED, how
        assert totals(course, NAME) == EXPECTED, how
    assert all(status.unchanged for status in run(course.folder, pool))


def test_sqlite_waits_for_the_disk_at_every_commit(cut_short):
    with graded.Course(cut_short[0].folder, NAME).gradebook() as gradebook:
        for _ in range(2):
            with gradebook.engine.connect() as connection:
                assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 3  # EXTRA
                assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "delete"
            gradebook.engine.dispose()
