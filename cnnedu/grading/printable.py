r"""Print and export what students name and write: nothing acts on a terminal or a table."""

import re

# A spreadsheet takes what begins so for a formula, some of them also behind spaces and quotes. In
# many countries a semicolon begins the next cell, whatever the file means.
_FORMULA = re.compile(r"(^|;)(?=[\s\"'`]*[=+\-@\t\r\n＝＋－＠])")


def printable(text):
    r"""Return `text` with its escape in place of each character that isn't printable.

    Those are line breaks, the terminal's commands, and what turns the direction of writing round.

    >>> printable("Zoë\x1b[2J\n")
    'Zoë\\x1b[2J\\n'
    """
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in str(text))


def harmless_cell_value(value):
    """Return a value for a CSV file that no spreadsheet takes for a formula.

    Numbers stay what they are.

    >>> harmless_cell_value("=1+1"), harmless_cell_value("ada"), harmless_cell_value(-1.5)
    ("'=1+1", 'ada', -1.5)
    """
    if not isinstance(value, str):
        return value
    return printable(_FORMULA.sub(r"\1'", value))
