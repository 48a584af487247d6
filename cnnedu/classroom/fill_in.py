"""Fill the scores of a class into an export, each into the line of the student whose it is."""

import unicodedata
from collections import Counter
from dataclasses import dataclass, field, replace

from cnnedu.classroom import roster
from cnnedu.classroom.csv_table import RosterError, Table
from cnnedu.classroom.school_export import value
from cnnedu.grading.printable import printable

EMPTY = ("", "-")  # Moodle writes a dash for no grade


@dataclass
class Filled:
    """The table to import, and what the instructor should know.

    Args:
        table: a `Table`.
        rows: {student: its line in `table.rows`} of those whose scores were filled in.
        remarks: lines of text.
    """

    table: Table
    rows: dict[str, int] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


def fill(export, owners, scores, most):
    """Return the `Filled` table.

    A cell that holds words, such as "EX" for excused, stays as it is; so does the cell of a student
    whose score isn't final. Where the platform counts other points, the scores are converted.

    Args:
        export: an `Export`.
        owners: {number of a row: student}.
        scores: list of `Score`.
        most: the points of the assignment.
    """
    by_name = {score.student: score for score in scores}
    rows = [(line, _cells(row, export)) for line, row in export.table.rows]
    filled = Filled(replace(export.table, heading=_cells(export.table.heading, export), rows=rows))
    at, comma = export.kept.index(export.score), export.comma
    waiting, words, scales = {}, [], set()
    for number, (_, cells) in enumerate(rows):
        score = by_name.get(owners.get(number))
        if score is None:
            continue
        now = cells[at].strip()
        if score.points is None:
            waiting.setdefault(score.waits, []).append(score.student)
        elif now not in EMPTY and value(now) is None:
            words.append(f"{score.student} ({now})")
        else:
            scale = export.most(number) or most
            scales.add(scale)
            cells[at] = _number(score.points * scale / most if most else 0.0, comma)
            filled.rows[score.student] = number
    missing = sorted(by_name.keys() - set(owners.values()))
    strangers = list(map(_who, _strangers(export, owners)))
    for title, who in (
        *((f"Not filled in ({why})", names) for why, names in waiting.items()),
        ("Not filled in (the cell holds no number)", words),
        ("In the gradebook, but not in the file", missing),
        ("In the file, but not in the gradebook", strangers),
    ):
        filled.remarks += [f"{title}: {', '.join(map(printable, who))}."] if who else []
    for scale in sorted(scales - {most}):
        filled.remarks.append(f"Converted: {most:g} points here are {scale:g} in the file.")
    return filled


def owners(export, scores):
    """Return {number of a row: student} of an export.

    A row is a student's if it has their e-mail address, or else gives their username as a roster
    would and not quite another name, or else has their full name and no other student or row has
    it.

    Args:
        export: an `Export`.
        scores: list of `Score`.

    Raises:
        RosterError: two rows are the same student's.
    """
    emails = _unique((score.email.lower(), score.student) for score in scores)
    names = _unique((_words(score.first_name, score.last_name), score.student) for score in scores)
    by_name = {score.student: score for score in scores}
    people = [roster.cells_of(row, export.people) for _, row in export.table.rows]
    often = Counter(map(_whole, people))
    found, lines = {}, {}
    for number, cells in enumerate(people):
        if roster.is_no_person(cells):
            continue
        student = emails.get(cells.get("email", "").lower()) or _by_username(cells, by_name)
        if not student and often[_whole(cells)] == 1:
            student = names.get(_whole(cells))
        line = export.table.rows[number][0]
        if student in lines:
            raise RosterError(
                f"{printable(export.path)}: lines {lines[student]} and {line} are both "
                f"{printable(student)}: take one out"
            )
        if student:
            found[number] = student
            lines[student] = line
    return found


def _cells(row, export):
    """Return the cells of a row that are kept; a row may be shorter than the heading."""
    return [row[at] if at < len(row) else "" for at in export.kept]


def _strangers(export, owners):
    """Return the cells that say who it is, of all people whom the gradebook doesn't know."""
    people = enumerate(roster.cells_of(row, export.people) for _, row in export.table.rows)
    return [c for n, c in people if n not in owners and not roster.is_no_person(c)]


def _who(cells):
    """Return what a remark calls somebody."""
    whole = " ".join(filter(None, (cells.get("first_name"), cells.get("last_name"))))
    return cells.get("email") or cells.get("name") or whole or cells.get("id")


def _number(points, comma):
    """Return points with at most two decimals, which is what Canvas keeps."""
    text = f"{points:.2f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if comma else text


def _by_username(cells, by_name):
    """Return whose username a roster with these cells gives, unless that is somebody else's name.

    `by_name`: {student: `Score`}.
    """
    try:
        score = by_name.get(roster.person_in(cells, "").username)
    except RosterError:
        return None
    if score is None:
        return None
    here, there = set(_whole(cells)), set(_words(score.first_name, score.last_name))
    return None if here and there and not here & there else score.student


def _whole(cells):
    return _words(*(cells.get(key, "") for key in ("name", "first_name", "last_name")))


def _words(*names):
    """Return the words of a name in any order, whatever their accents are made of."""
    text = unicodedata.normalize("NFKC", " ".join(names)).casefold()
    return tuple(sorted(text.replace(",", " ").split()))


def _unique(pairs):
    """Return {key: student} of the keys, none of them empty, that only one student has."""
    found = {}
    for key, student in pairs:
        found.setdefault(key, set()).add(student)
    return {key: who.pop() for key, who in found.items() if key and len(who) == 1}
