"""Fill scores into the file that a learning platform exported, so that it imports them.

The file has the platform's own numbers of people and assignments, its headings and its decimal
sign. Only the columns that the import needs are kept: other columns would bring back what somebody
has changed meanwhile.

Sources (read, not copied), in github.com/moodle/moodle and github.com/instructure/canvas-lms:

- Moodle's grading worksheet: `mod/assign/gradingtable.php` writes it (its first column is the
  number of a participant), `mod/assign/feedback/offline/importgradeslib.php` reads it back and
  needs the columns of the number, the grade and the time of the last change. Headings are in the
  language of whoever downloads it.
- Moodle's gradebook: `grade/import/csv/classes/load_data.php`; "-" is no grade, people are found by
  the address or the number. A point is understood in every language.
- Canvas' gradebook: `lib/gradebook_importer.rb`; the columns up to `Section` say who it is, an
  assignment is found by the number behind its name, and the line `Points Possible` changes the
  assignment's points. "EX" means excused; commas and points are understood.
- Google Classroom documents no import of scores from a file. Its API sets grades of assignments
  only for the program that created them (developers.google.com/workspace/classroom/reference/rest,
  `courses.courseWork.studentSubmissions.patch`). So the file has the scores in Classroom's order,
  to be typed in there.
"""

import re
from dataclasses import dataclass

from cnnedu.classroom import csv_table, roster
from cnnedu.classroom.csv_table import RosterError, Table
from cnnedu.grading.printable import printable

WORKSHEET, MOODLE, CANVAS, CLASSROOM = "Moodle's worksheet", "Moodle", "Canvas", "Google Classroom"
# Headings of Moodle's worksheet in English, German, French and Spanish.
CHANGED = (
    *("last modified (grade)", "zuletzt geändert (bewertung)"),
    *("dernière modification (note)", "última modificación (calificación)"),
)
GRADE = ("grade", "bewertung", "note", "calificación")
MAXIMUM = ("maximum grade", "bestwertung", "note maximale", "calificación máxima")
POINTS = re.compile(r"points( possible)?")  # the line below the heading with the points possible
NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")


@dataclass
class Export:
    """What a platform exported.

    Args:
        path: the file.
        platform: which it is.
        table: its `Table`.
        people: {what: column} of the columns that say who it is.
        score: the column for the scores.
        maximum: the column with the most points possible, or None.
    """

    path: str
    platform: str
    table: Table
    people: dict[str, int]
    score: int
    maximum: int | None = None

    @property
    def kept(self):
        """The columns that the import needs."""
        if self.platform == CANVAS:
            section = _place(self.table.heading, ("section",))
            return [*range(section + 1), self.score]
        columns = {*self.people.values(), self.score}
        if self.platform == WORKSHEET:
            columns |= {0, _place(self.table.heading, CHANGED)}
            columns |= {self.maximum} - {None}
        return sorted(columns)

    def most(self, number):
        """Return the most points that the file gives for a row's score, or None."""
        cells = [row[self.score] for _, row in self.table.rows if _is_points(row, self.score)]
        row = self.table.rows[number][1]
        if self.maximum is not None:
            cells = [row[self.maximum]] if self.maximum < len(row) else []
        return value(cells[0]) if cells else None

    @property
    def comma(self):
        """Whether its numbers have a decimal comma."""
        columns = {self.score, self.maximum} - {None}
        cells = (row[at] for _, row in self.table.rows for at in columns if at < len(row))
        return any(NUMBER.fullmatch(cell.strip()) and "," in cell for cell in cells)


def read(path, assignment, column=None):
    """Return the `Export` in a file.

    Args:
        path: the file.
        assignment: its name in the course, such as "01_convolution_by_hand".
        column: the heading of the column for the scores, or a part of it; by default the one that
            holds the assignment's name.

    Raises:
        RosterError: the file can't be read, or it isn't clear which column is meant.
    """
    table = csv_table.read(path)
    people, platform = roster.columns_of(table.heading), _platform(table)
    if platform == WORKSHEET:  # its first column is no school's number, whatever it is called
        people = {what: at for what, at in people.items() if at != 0}
    if not people:
        shown = ", ".join(map(printable, table.heading[:6])) or "nothing"
        raise RosterError(f"{printable(path)} says of nobody who it is; its first line is {shown}")
    if platform == WORKSHEET and column is None:
        score = _place(table.heading, GRADE)
    else:
        score = _named(table.heading, people, column or re.sub(r"^\d+_", "", assignment), path)
    if score is None:
        raise RosterError(f"{printable(path)} has no column Grade: give its name with --column")
    maximum = _place(table.heading, MAXIMUM) if platform == WORKSHEET else None
    return Export(str(path), platform, table, people, score, maximum)


def _platform(table):
    """Return which platform wrote a table."""
    heading = [cell.strip().lower() for cell in table.heading]
    if _place(heading, CHANGED) is not None:
        return WORKSHEET
    if "section" in heading and heading[0] in ("student", "lastname"):
        return CANVAS
    first = {row[0].strip().lower() for _, row in table.rows[:3] if row}
    return CLASSROOM if "points" in first else MOODLE


def _place(heading, names):
    """Return the number of the first column with one of these headings, or None."""
    places = [at for at, cell in enumerate(heading) if cell.strip().lower() in names]
    return places[0] if places else None


def _named(heading, people, wanted, path):
    """Return the number of the column that has `wanted` as its heading, or alone in its heading."""
    free = [at for at in range(len(heading)) if at not in people.values()]
    spoken = {at: _plain(heading[at]) for at in free}
    exact = [at for at, cell in spoken.items() if cell == _plain(wanted)]
    found = exact or [at for at, cell in spoken.items() if _plain(wanted) in cell]
    if len(found) == 1:
        return found[0]
    shown = ", ".join(printable(heading[at]) for at in found or free)
    raise RosterError(
        f"{printable(path)} has {'no' if not found else 'more than one'} column "
        f"{printable(wanted)!r}: name one with --column: {shown}"
    )


def _plain(heading):
    """Return a heading in small letters, with a space between its words."""
    return " ".join(re.findall(r"[^\W_]+", heading.lower()))


def _is_points(row, at):
    """Return whether a line gives the most points of the column `at`."""
    return at < len(row) and POINTS.fullmatch(row[0].strip().lower()) is not None


def value(cell):
    """Return the number in a cell, with a point or a comma, or None."""
    cell = cell.strip()
    return float(cell.replace(",", ".")) if NUMBER.fullmatch(cell) else None
