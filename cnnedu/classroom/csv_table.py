"""Read the CSV files of learning platforms and spreadsheets, and write them again the same way."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from cnnedu.data.whole_file import write_whole
from cnnedu.grading.printable import no_formula, printable

MOST = 2 * 2**20  # bytes of a file
MARK = b"\xef\xbb\xbf"  # by which Excel knows UTF-8


class RosterError(ValueError):
    """A roster or an export can't be read; says which line, why, and how to mend it."""


@dataclass
class Table:
    """The cells of a CSV file.

    Args:
        heading: the cells of its first line.
        rows: list of (number of the line, cells).
        separator: what stands between cells.
        mark: whether the file began with UTF-8's mark.
    """

    heading: list[str]
    rows: list[tuple[int, list[str]]]
    separator: str = ","
    mark: bool = False


def read(path):
    """Return a file's `Table`, whatever separates its cells, in UTF-8, UTF-16 or Windows' own code.

    Raises:
        RosterError: the file can't be read, or is no table.
    """
    try:
        with open(path, "rb") as file:
            data = file.read(MOST + 1)
    except OSError as error:
        raise RosterError(f"{printable(path)} can't be read: {error.strerror}") from None
    if len(data) > MOST:
        raise RosterError(f"{printable(path)} is no roster: it has more than {MOST // 2**20} MB")
    text = _decoded(data)
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise RosterError(f"{printable(path)}, line {reader.line_num}: {error}") from None
    heading = rows.pop(0)[1] if rows else []
    return Table(heading, rows, separator, data.startswith(MARK))


def write(table, path):
    """Write a `Table` in UTF-8; no spreadsheet takes a cell of it for a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=table.separator)
    for row in (table.heading, *(row for _, row in table.rows)):
        writer.writerow([no_formula(cell) for cell in row])
    data = text.getvalue().encode("utf-8", "replace")
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, MARK * table.mark + data)


def _decoded(data):
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")  # Excel's, in western Europe
