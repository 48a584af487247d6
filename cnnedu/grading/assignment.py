"""What all submissions of an assignment share."""

from dataclasses import dataclass, field, replace

import nbformat

from cnnedu.grading import exercise, sanitise, variants
from cnnedu.grading.course import Course, GradingError
from cnnedu.grading.exercise import Exercise
from cnnedu.grading.forkserver import Limits
from cnnedu.grading.sanitise import GivenOut
from cnnedu.grading.submitted_files import files_in


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
        sources: {name of a notebook: the instructor's version}, if there are variants.
        variant: what the numbers of one student follow from, or "".
    """

    course: Course
    exercises: dict[str, Exercise]
    given: dict[str, GivenOut]
    files: dict[str, bytes]
    timeout: float
    limits: Limits
    patience: int = 1
    sources: dict = field(default_factory=dict)
    variant: str = ""

    def of(self, student):
        """Return the assignment as it was given out to one student."""
        if not self.sources:
            return self
        variant = variants.code(self.course.assignment, self.course.words, student)
        own = {name: variants.vary(source, variant) for name, source in self.sources.items()}
        exercises = {name: exercise.read(notebook) for name, notebook in own.items()}
        given = {name: self.given[name].varied(notebook) for name, notebook in own.items()}
        return replace(self, exercises=exercises, given=given, variant=variant)


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
    return [None, *allowed], tuple(used)


def read(course, exercises, gradebook, limits):
    """Return the `Assignment` of a course, with what its open gradebook says was given out."""
    sources = {name: _source(course, name) for name in exercises}
    given = {
        name: sanitise.given_out(gradebook, name, course.assignment, source)
        for name, source in sources.items()
    }
    folder = course.source(next(iter(exercises))).parent
    files, *_ = files_in(folder, course.directory.ignore)
    excluded = course.converter.exclude_overwriting.get(course.assignment, [])
    files = {name: data for name, data in files.items() if name not in excluded}
    shared = Assignment(course, exercises, given, files, course.timeout(), limits)
    if course.words:
        shared = replace(shared, sources=sources)
        try:
            shared.of("")  # before any score is written
        except variants.NoVariants as error:
            raise GradingError(f"{course.assignment} has no variants: {error}") from None
    return shared
