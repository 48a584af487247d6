r"""Print and export what students write, so that nothing acts on a terminal or a spreadsheet."""

import re

# Spreadsheets take what begins like this for a formula, some even after spaces and quotes. In many
# countries a semicolon begins the next cell, even in a CSV file with commas.
_FORMULA = re.compile(r"(^|;)(?=[\s\"'`]*[=+\-@\t\r\n＝＋－＠])")
_NO_FORMULA = re.compile(r"-+|[+-]?\d+([.,]\d+)?")  # a number, or what stands for no number


def printable(text):
    r"""Return `text` with an escape in place of each character that isn't printable.

    Those are line breaks, commands to the terminal, and marks that reverse the writing direction.

    >>> printable("Zoë\x1b[2J\n")
    'Zoë\\x1b[2J\\n'
    """
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in str(text))


def harmless_cell_value(value):
    """Return a value for a CSV file that no spreadsheet takes for a formula; numbers stay numbers.

    >>> harmless_cell_value("=1+1"), harmless_cell_value("ada"), harmless_cell_value(-1.5)
    ("'=1+1", 'ada', -1.5)
    """
    if not isinstance(value, str):
        return value
    return printable(_FORMULA.sub(r"\1'", value))


def no_formula(text):
    """Return the text of a cell that another program reads; a formula in it stays text.

    Numbers and dashes stay as they are, and so do letters that have no picture of their own.

    >>> no_formula("=1+1"), no_formula("-"), no_formula("-1,5"), no_formula("ada+1@uni.edu")
    ("'=1+1", '-', '-1,5', 'ada+1@uni.edu')
    """
    return text if _NO_FORMULA.fullmatch(text) else _FORMULA.sub(r"\1'", text)
