"""Read who is in a class: from a CSV file, or from what a learning platform exports."""

import csv
import io
import re
import unicodedata
from dataclasses import asdict, dataclass, fields

from cnnedu.classroom import csv_table
from cnnedu.classroom.csv_table import RosterError
from cnnedu.data.whole_file import write_whole
from cnnedu.grading.printable import harmless_cell_value, printable

# What the platforms call each column, in small letters. Moodle speaks its reader's language.
COLUMNS = {
    "username": ("username", "user name", "login", "anmeldename"),
    "id": ("id", "id number", "student id", "sis user id", "id-nummer"),
    "last_name": ("last name", "last_name", "lastname", "surname", "nachname"),
    "first_name": ("first name", "first_name", "firstname", "vorname"),
    "email": (
        *("email", "e-mail", "email address", "e-mail address", "sis login id", "e-mail-adresse"),
        *("adresse de courriel", "dirección de correo", "dirección de correo electrónico"),
    ),
}
# "Lovelace, Ada" or "Ada Lovelace"
NAME = ("name", "full name", "student", "vollständiger name", "nom complet", "nombre completo")
NO_PEOPLE = ("points possible", "student, test", "test student", "date", "points")
USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,30}")


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
    table = csv_table.read(path)
    columns = columns_of(table.heading)
    # In Canvas' gradebook, `ID` is Canvas' own number: it imports scores by that.
    if not columns.keys() & {"username", "email", "id"}:
        shown = ", ".join(map(printable, table.heading[:6])) or "nothing"
        raise RosterError(
            f"{path}: its first line needs a column `email`, `id` or `username`; it has {shown}"
        )
    people = {}
    for line, row in table.rows:
        cells = cells_of(row, columns)
        if is_no_person(cells):
            continue
        person = person_in(cells, f"{path}, line {line}", teachers)
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
    """Return the `Person`s that `write` wrote.

    Raises:
        RosterError: somebody has changed the file, and it can't be read.
    """
    try:
        with open(path, encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        return [Person(**row | {"teacher": row["teacher"] == "True"}) for row in rows]
    except (KeyError, TypeError, UnicodeDecodeError, csv.Error):
        raise RosterError(
            f"{path} isn't as `cnnedu class setup` wrote it: run that again, and change the roster "
            "that you give to it instead"
        ) from None


def columns_of(heading):
    """Return {what: number of the column} of those columns of a heading that say who it is."""
    named = {cell.strip().strip("\"'").lower(): at for at, cell in enumerate(heading)}
    found = {
        what: next(named[name] for name in names if name in named)
        for what, names in COLUMNS.items()
        if not named.keys().isdisjoint(names)
    }
    whole = [named[name] for name in NAME if name in named]
    if whole and "last_name" not in found:
        found["name"] = whole[0]
    return found


def cells_of(row, columns):
    """Return {what: cell} of a line; `columns` is what `columns_of` returned."""
    return {key: row[at].strip() if at < len(row) else "" for key, at in columns.items()}


def is_no_person(cells):
    """Return whether a line is one that platforms add, such as the points possible."""
    words = {cells.get("name", "").lower(), cells.get("last_name", "").lower()}
    return not any(cells.values()) or not words.isdisjoint(NO_PEOPLE)


def person_in(cells, where, teachers=()):
    """Return the `Person` of a line's cells; `RosterError` if they give no username."""
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
