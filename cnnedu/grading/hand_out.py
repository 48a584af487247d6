"""Write students' own variants of an assignment, to hand out without nbgrader's exchange."""

from pathlib import Path

import nbformat

from cnnedu.data.whole_file import write_whole
from cnnedu.grading import names, variants
from cnnedu.grading.course import GradingError
from cnnedu.grading.printable import printable


def hand_out(course, chosen=()):
    """Write the notebooks of the chosen students, or of all; yield (folder, {name: right value}).

    The same student always gets the same bytes.

    Raises:
        GradingError: the assignment has no variants, or isn't generated yet.
        OSError: the files can't be written.
    """
    name = course.assignment
    if not course.words:
        raise GradingError(
            f"{name} has no variants yet: add the line "
            f"c.Variants.words = {{{name!r}: 'any words'}} to nbgrader_config.py"
        )
    with course.gradebook() as gradebook:
        students = [student.id for student in gradebook.students]
    for other in [student for student in chosen if student not in students]:
        raise GradingError(
            f"the gradebook has no student {printable(other)}: give the exact name, or first run "
            f"`nbgrader db student add NAME`"
        )
    if not students:
        raise GradingError("the gradebook has no students: first `nbgrader db student import FILE`")
    released = {path.name: _read(path) for path in _released(course)}
    for student in chosen or students:
        yield _hand_out(course, student, released)


def _hand_out(course, student, released):
    if why := names.why_unusable(student):
        raise GradingError(f"{printable(student)}: {why}")
    variant = variants.code(course.assignment, course.words, student)
    folder = course.root / "grading/variants" / student / course.assignment
    files, right = {}, {}
    for file, notebook in released.items():
        try:
            files[file] = variants.written(notebook, variant)
            right |= variants.answers(notebook, variant)
        except variants.NoVariants as error:
            raise GradingError(f"{file}: {error}") from None
    folder.mkdir(parents=True, exist_ok=True)
    for file, content in files.items():
        write_whole(folder / file, content)
    return folder, right


def _released(course):
    folder = course.directory.release_directory
    folder = Path(course.directory.format_path(folder, ".", course.assignment))
    found = sorted(folder.glob("*.ipynb"))
    if not found:
        raise GradingError(
            f"{folder} holds no notebook: first run `nbgrader generate_assignment "
            f"{course.assignment}`"
        )
    return found


def _read(path):
    try:
        return nbformat.read(path, as_version=4)
    except (ValueError, AttributeError) as error:
        said = str(error).splitlines()[0]
        raise GradingError(f"{path} isn't a notebook that can be read: {said}") from None
