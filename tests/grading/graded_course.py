"""A course to grade: copy it, change it, and read what grading has left."""

import re
import shutil
import time

from nbgrader.api import Gradebook

from cnnedu.grading.persist import read_status
from harness.course import Course

HIDDEN = re.compile(r"### BEGIN HIDDEN TESTS\n(.*?)### END HIDDEN TESTS", re.DOTALL)


def course_in(folder):
    """Return the course that is in a folder already."""
    course = Course.__new__(Course)
    course.folder = folder
    return course


def copy_of(course, folder):
    """Copy a course to a new folder; return the copy."""
    shutil.copytree(course.folder, folder)
    return course_in(folder)


def configure(course, setting):
    """Add a line to a course's nbgrader_config.py."""
    with open(course.folder / "nbgrader_config.py", "a", encoding="utf-8") as config:
        config.write(f"\n{setting}\n")


def gradebook(course):
    """Open a course's gradebook, for use in `with`."""
    return Gradebook(f"sqlite:///{course.folder}/grading/gradebook.db", "cnnedu")


def totals(course, name):
    """Return {student: points} of an assignment, from the gradebook."""
    with gradebook(course) as book:
        return {one.student.id: one.score for one in book.assignment_submissions(name)}


def status(course, name, student):
    """Return how grading a student's submission went."""
    return read_status(course.folder / f"grading/autograded/.cnnedu/{name}.status", student)


def fill_in(notebook, answers):
    """Put answers {grade_id: source} into the cells of a notebook."""
    for cell in notebook.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        cell.source = answers.get(grade_id, cell.source)


def hidden_lines(notebook):
    """Return the lines of a notebook's hidden tests, without those that any page may hold."""
    sources = "\n".join(cell.source for cell in notebook.cells)
    lines = {line.strip() for region in HIDDEN.findall(sources) for line in region.splitlines()}
    return [line for line in lines if len(line) > 20]


def until(true, patience=20):
    """Wait until something is true, at most `patience` seconds; return whether it is."""
    end = time.monotonic() + patience
    while not true() and time.monotonic() < end:
        time.sleep(0.02)
    return true()


def follow(formgrader, link):
    """Click a link, and wait until the next page has taken the place of this one.

    Otherwise the next click may still meet this page, which then leaves without an answer.

    Args:
        formgrader: Playwright's locator of formgrader's frame.
        link: the link's locator.
    """
    link.wait_for()
    formgrader.locator("html").evaluate("page => { page.dataset.left = 'yes' }")
    link.click()
    formgrader.locator("html:not([data-left])").wait_for()


def open_first_submission(formgrader, name):
    """Go through formgrader's lists to the first submission of an assignment.

    Args:
        formgrader: Playwright's locator of its frame.
        name: of the assignment, and of its only notebook. Both lists show a link with this text,
            so only its address says that the next list has come.
    """
    follow(formgrader, formgrader.get_by_role("link", name="Manual Grading"))
    for address in (name, f"{name}/{name}"):
        follow(formgrader, formgrader.locator(f"a[href$='/formgrader/gradebook/{address}']"))
    follow(formgrader, formgrader.get_by_role("link", name="Submission #1"))


def points_to_give(formgrader):
    """Return the field for an open question's points.

    It has its mark once the page knows the points that are given already, and can save new ones.
    """
    return formgrader.locator("input.score.needs_manual_grade").last
