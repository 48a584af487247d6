"""Make a graded submission safe to open: nothing in it acts on a page or a server."""

import mimetypes
import re

import nbformat

from cnnedu.grading.safe_markdown import LONG, RAW, harmless_markdown, literal

MOST_MARKDOWN = 2 * 2**20  # characters of a student's Markdown that a page renders
MOST_CODE = 2 * 10**5  # characters of a cell's code; formgrader highlights them, which takes time
CUT = "\n# … cut off here, of {:,} characters; the original is in the submitted notebook"
# Formgrader serves the files beside a notebook from its own address.
OPENED = ("image/", "audio/", "video/", "text/plain", "text/csv", "text/tab", "text/markdown")
OPENED += ("text/x-python", "application/json", "application/octet-stream", "application/zip")
NEVER_OPENED = ("image/svg+xml",)
SETTINGS = r"(nbgrader|jupyter)\w*_config.*"


def make_harmless(notebook, given, texts):
    """Change a notebook so that nothing a student wrote acts on the page of whoever opens it.

    Args:
        notebook: the executed notebook.
        given: its `GivenOut`.
        texts: the instructor's own Markdown, which stays as it is.
    """
    ours = texts | {cell.source for cell in given.cells.values()}
    names = tuple(given.cells)
    length = 0
    for position, cell in enumerate(notebook.cells):
        if cell.cell_type == "code" and len(cell.source) > MOST_CODE:
            cell.source = cell.source[:MOST_CODE] + CUT.format(len(cell.source))
        if cell.cell_type == "code" or cell.source in ours:
            continue
        length += len(cell.source)
        if cell.cell_type == "raw" or length > MOST_MARKDOWN:
            why = RAW if cell.cell_type == "raw" else LONG
            source, pictures = literal(cell.source, why), {}
        else:
            pictures = cell.get("attachments", {})
            source = harmless_markdown(cell.source, pictures, names)
        made = nbformat.v4.new_markdown_cell(source, metadata=cell.metadata, id=cell.id)
        if pictures:
            made["attachments"] = pictures
        notebook.cells[position] = made


def can_be_opened(name):
    """Return whether neither a browser nor nbgrader would run anything in a student's file."""
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return kind.startswith(OPENED) and kind not in NEVER_OPENED and not is_setting(name)


def is_setting(name):
    """Return whether nbgrader or Jupyter would run a file of this name as their settings."""
    return re.fullmatch(SETTINGS, name.rpartition("/")[2]) is not None
