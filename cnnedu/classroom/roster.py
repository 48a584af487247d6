"""Read who is in a class: from a CSV file, or from what a learning platform exports."""

import csv
import io
import re
import unicodedata
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from cnnedu.data.whole_file import write_whole
from cnnedu.grading.printable import harmless_cell_value, printable

# What the platforms call each column, in small letters.
COLUMNS = {
    "username": ("username", "user name", "login"),
    "id": ("id", "id number", "student id", "sis user id"),
    "last_name": ("last name", "last_name", "surname"),
    "first_name": ("first name", "first_name"),
    "email": ("email", "e-mail", "email address", "e-mail address", "sis login id"),
}
NAME = ("name", "full name", "student")  # "Lovelace, Ada" or "Ada Lovelace"
NO_PEOPLE = ("points possible", "student, test", "test student", "date", "points")
USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,30}")
MOST = 2 * 2**20  # bytes of a roster


class RosterError(ValueError):
    """A roster can't be read; says which line, why, and how to mend it."""


@dataclass(frozen=True)
class Person:
    """One line of a roster.

    Args:
        username: with which they sign in; their name in the gradebook.
        id: their number at the school, or "".
        last_name, first_name, email: as the roster has them, or "".
        teacher: whether they teach.
    """

    username: str
    id: str = ""
    last_name: str = ""
    first_name: str = ""
    email: str = ""
    teacher: bool = False


def read(path, teachers=()):
    """Return the `Person`s of a roster.

    It may be a CSV file with the columns name, id and email, an export of Moodle's participants or
    grades, Canvas' gradebook, or Google Classroom's grades. The username is the column `username`,
    else the part of the e-mail address before the @, else the id.

    Args:
        path: the file, in UTF-8 or as Excel writes it, with commas, semicolons or tabs.
        teachers: the usernames of those who teach; one who isn't on the roster is added.

    Raises:
        RosterError: the file can't be read.

    >>> import tempfile
    >>> with tempfile.NamedTemporaryFile("w", suffix=".csv") as file:
    ...     _ = file.write("name,id,email\\nAda Lovelace,7,ada@uni.edu\\n"); file.flush()
    ...     [(p.username, p.last_name) for p in read(file.name)]
    [('ada', 'Lovelace')]
    """
    teachers = [_checked(name, "--teacher") for name in teachers]
    rows = _rows(path)
    columns = _columns(next(rows, (1, []))[1], path)
    people = {}
    for line, row in rows:
        cells = {key: row[at].strip() if at < len(row) else "" for key, at in columns.items()}
        if not any(cells.values()) or _is_no_person(cells):
            continue
        person = _person(cells, teachers, f"{path}, line {line}")
        if other := people.get(person.username):
            raise RosterError(
                f"{path}, line {line}: {person.username} is there twice, for "
                f"{_said(other)} and for {_said(person)}: add a column `username`"
            )
        people[person.username] = person
    for name in teachers:
        people.setdefault(name, Person(name, teacher=True))
    if not people:
        raise RosterError(f"{path} names nobody: it needs a line for each person below its heading")
    return list(people.values())


def write(people, path):
    """Write `Person`s to a CSV file that `read_stored` reads."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, fieldnames=[field.name for field in fields(Person)])
    writer.writeheader()
    writer.writerows(
        {key: harmless_cell_value(value) for key, value in asdict(person).items()}
        for person in people
    )
    write_whole(path, text.getvalue().encode())


def read_stored(path):
    """Return the `Person`s that `write` wrote."""
    with open(path, encoding="utf-8", newline="") as file:
        return [
            Person(**row | {"teacher": row["teacher"] == "True"}) for row in csv.DictReader(file)
        ]


def _rows(path):
    """Yield (line, cells) of a CSV file, whatever separates its cells."""
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise RosterError(f"{printable(path)} can't be read: {error.strerror}") from None
    if len(data) > MOST:
        raise RosterError(f"{printable(path)} is no roster: it has more than {MOST // 2**20} MB")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = data.decode("utf-16", "replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", "replace")  # Excel's, in western Europe
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        yield from ((reader.line_num, row) for row in reader)
    except csv.Error as error:
        raise RosterError(f"{path}, line {reader.line_num}: {error}") from None


def _columns(heading, path):
    """Return {what: number of the column} of a roster's heading."""
    named = {cell.strip().strip("\"'").lower(): at for at, cell in enumerate(heading)}
    found = {
        what: next(named[name] for name in names if name in named)
        for what, names in COLUMNS.items()
        if not named.keys().isdisjoint(names)
    }
    whole = [named[name] for name in NAME if name in named]
    if whole and "last_name" not in found:
        found["name"] = whole[0]
    # In Canvas' gradebook, `ID` is Canvas' own number: it imports scores by that.
    if not found.keys() & {"username", "email", "id"}:
        shown = ", ".join(map(printable, heading[:6])) or "nothing"
        raise RosterError(
            f"{path}: its first line needs a column `email`, `id` or `username`; it has {shown}"
        )
    return found


def _is_no_person(cells):
    """Return whether a line is one that platforms add, such as the points possible."""
    words = {cells.get("name", "").lower(), cells.get("last_name", "").lower()}
    return not words.isdisjoint(NO_PEOPLE)


def _person(cells, teachers, where):
    first, last = cells.get("first_name", ""), cells.get("last_name", "")
    if whole := cells.get("name", ""):
        last, _, first = (part.strip() for part in whole.partition(","))
        if not first:
            first, _, last = whole.rpartition(" ")
    email = cells.get("email", "")
    name = cells.get("username") or email.partition("@")[0] or cells.get("id", "")
    username = _checked(name, where)
    number = cells.get("id", "")
    return Person(username, number, last, first, email, username in teachers)


def _checked(name, where):
    """Return a username in small letters, without accents; it names folders and web addresses."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"[\s+]+", ".", plain.strip())
    if not USERNAME.fullmatch(plain):
        raise RosterError(
            f"{where}: {printable(name) or 'an empty name'} can't be a username: add a column "
            "`username` with up to 31 letters, digits, dots, hyphens and underscores"
        )
    return plain


def _said(person):
    return printable(f"{person.first_name} {person.last_name}".strip() or person.email or person.id)
