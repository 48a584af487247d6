"""Pack feedback as Moodle's *Upload multiple feedback files in a zip* takes it.

Moodle looks for folders `NAME_NUMBER_assignsubmission_file_`, with the number that its grading
worksheet calls `Participant 123`, and gives the files in each to that participant. The name may
hold no underscore. Source: `mod/assign/feedback/file/importziplib.php` in github.com/moodle/moodle.
"""

import io
import re
import zipfile
from pathlib import Path

from cnnedu.classroom import roster
from cnnedu.classroom.csv_table import RosterError
from cnnedu.classroom.school_export import WORKSHEET
from cnnedu.data.whole_file import write_whole
from cnnedu.grading.printable import printable
from cnnedu.grading.submitted_files import content

LARGEST = 50 * 2**20  # bytes of a page
NO_NAME = re.compile(r"[^\w .'-]|_")  # what some system can't have in a folder's name


def write(export, owners, course, path):
    """Write the feedback of an assignment to a zip file; return the students who are in it.

    Args:
        export: an `Export` of Moodle's worksheet.
        owners: {number of a row: student}.
        course: a `Course`, whose feedback nbgrader has generated.
        path: of the zip file.

    Raises:
        RosterError: this is no worksheet, or there is no feedback.
    """
    if export.platform != WORKSHEET:
        raise RosterError(
            f"--feedback needs Moodle's grading worksheet: {printable(export.path)} lacks the "
            "participants' numbers"
        )
    packed, data = [], io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as file:
        for number, student in owners.items():
            row = export.table.rows[number][1]
            identifier = re.search(r"\d+$", row[0].strip())
            pages = _pages(course, student)
            if not (identifier and pages):
                continue
            cells = roster.cells_of(row, export.people)
            folder = f"{_name(cells)}_{identifier[0]}_assignsubmission_file_"
            for page in pages:
                file.writestr(f"{folder}/{page.name}", content(page, LARGEST))
            packed.append(student)
    if not packed:
        raise RosterError(
            "there is no feedback for anybody in this file: first run "
            f"`nbgrader generate_feedback {course.assignment}`"
        )
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, data.getvalue())
    return packed


def _pages(course, student):
    directory = course.directory
    folder = directory.format_path(directory.feedback_directory, student, course.assignment)
    return sorted(Path(folder).glob("*.html"))


def _name(cells):
    """Return a name that Moodle and every file system can have in a folder's."""
    whole = cells.get("name") or f"{cells.get('first_name', '')} {cells.get('last_name', '')}"
    return " ".join(NO_NAME.sub(" ", whole).split()).strip(". ") or "Participant"
