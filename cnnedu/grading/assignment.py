"""What all submissions of an assignment share."""

from dataclasses import dataclass

import nbformat

from cnnedu.grading import exercise, sanitise
from cnnedu.grading.course import Course, GradingError
from cnnedu.grading.exercise import Exercise
from cnnedu.grading.forkserver import Limits
from cnnedu.grading.sanitise import GivenOut
from cnnedu.grading.submitted_files import files_in

# PyTorch imports these at an optimiser's first step; every submission paid two seconds for it.
LATE_PARTS = ("torch.optim", "torch._dynamo")


@dataclass(frozen=True)
class Assignment:
    """What all submissions of an assignment share.

    Args:
        course: the course.
        exercises: {name of a notebook: its `Exercise`}.
        given: {name of a notebook: its `GivenOut`}.
        files: {name: bytes} that the instructor gave out beside the notebooks.
        timeout: seconds that a cell may take.
        limits: of each process.
        patience: how many timeouts a cell may take while others keep the processors busy.
    """

    course: Course
    exercises: dict[str, Exercise]
    given: dict[str, GivenOut]
    files: dict[str, bytes]
    timeout: float
    limits: Limits
    patience: int = 1


def read_exercises(course):
    """Return {name of a notebook: the `Exercise` in the instructor's version}."""
    exercises = {}
    for name in course.notebooks():
        try:
            exercises[name] = exercise.read(_source(course, name))
        except (ValueError, AttributeError) as error:
            said = f"{type(error).__name__}: {error}".splitlines()[0]
            where = course.source(name)
            raise GradingError(f"the source version {where} can't be read: {said}") from error
    return exercises


def _source(course, name):
    """Return the instructor's version of a notebook."""
    path = course.source(name)
    if not path.exists():
        raise GradingError(f"the source version {path} is missing")
    return nbformat.read(path, as_version=4)


def modules_of(exercises):
    """Return (sets of modules that the tests allow, modules that the notebooks import).

    The first set is None: the judge may import everything.
    """
    allowed = dict.fromkeys(one for each in exercises.values() for one in each.imports)
    used = dict.fromkeys(name for each in exercises.values() for name in each.used)
    if "torch" in used:
        used |= dict.fromkeys(LATE_PARTS)
    return [None, *allowed], tuple(used)


def read(course, exercises, gradebook, limits):
    """Return the `Assignment` of a course, with what its open gradebook says was given out."""
    given = {
        name: sanitise.given_out(gradebook, name, course.assignment, _source(course, name))
        for name in exercises
    }
    folder = course.source(next(iter(exercises))).parent
    files, *_ = files_in(folder, course.directory.ignore)
    excluded = course.converter.exclude_overwriting.get(course.assignment, [])
    files = {name: data for name, data in files.items() if name not in excluded}
    return Assignment(course, exercises, given, files, course.timeout(), limits)
