"""What a notebook needs where it is opened alone, as in Colab: the package, and links that work."""

import copy
import posixpath
import re

from nbformat.v4 import new_code_cell

from cnnedu.authoring.execute import STATE
from cnnedu.authoring.source import set_ids

SOURCE = """\
# Installs the course's package if it is missing, as in Colab.
from importlib.util import find_spec

if find_spec("cnnedu") is None:
    print("Installing the course's package. All lessons: {site}")
    get_ipython().run_line_magic("pip", "install -q cnnedu=={version}")"""
TAG = "install"
# JupyterLab folds the cell to its first line, and the site leaves it out.
METADATA = {"jupyter": {"source_hidden": True}, "tags": [TAG, "remove-cell"]}
LINK = re.compile(r"(\]\()([^)\s]+)(\))")
ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|#|//", re.IGNORECASE)


def add_install_cell(notebook, address):
    """Put a cell that installs the package, if it is missing, before the first cell of code.

    Args:
        notebook: from `cnnedu.authoring.source.read`; it is changed.
        address: the `cnnedu.authoring.address.Address` of the course.
    """
    source = SOURCE.format(site=address.site, version=address.version)
    kinds = [cell.cell_type for cell in notebook.cells]
    place = kinds.index("code") if "code" in kinds else len(kinds)
    notebook.cells.insert(place, new_code_cell(source, metadata=copy.deepcopy(METADATA)))
    set_ids(notebook)


def installs(cell):
    """Return whether a cell is the one that installs the package."""
    return TAG in cell.metadata.get("tags", [])


def standalone(notebook, path, address):
    """Return a copy of a notebook in which no link needs the other files of the course.

    Links to lessons and exercises lead to Colab, links to other files to the repository.

    Args:
        notebook: a stored lesson or released exercise.
        path: from the root, such as "lessons/00_start_here.ipynb".
        address: the `Address` of the course.
    """

    def absolute(match):
        return match[1] + _absolute(match[2], path, address) + match[3]

    notebook = copy.deepcopy(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = LINK.sub(absolute, cell.source)
        for output in cell.get("outputs", []):
            output.get("metadata", {}).pop(STATE, None)  # it is for the site alone
    return notebook


def _absolute(link, path, address):
    if ELSEWHERE.match(link):
        return link
    target, hash_, heading = link.partition("#")
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
    if target.startswith(("lessons/", "exercises/")) and target.endswith(".ipynb"):
        return address.colab(target)
    return address.file(target) + hash_ + heading
