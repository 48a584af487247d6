"""The names of folders: which are students', and which nbgrader can't work with."""

import fnmatch
import glob
import os
from urllib.parse import unquote

from cnnedu.grading.cell_outputs import plain
from cnnedu.grading.printable import printable
from cnnedu.grading.submitted_files import LEFT_BEHIND


def in_utf8(name):
    """Return a file's name as it is in UTF-8, whatever encoding this system reads names in."""
    return os.fsencode(name).decode("utf-8", "surrogateescape")


def is_left_behind(name):
    """Return whether systems and programs give folders this name."""
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in LEFT_BEHIND)


def why_unusable(name):
    """Return why a student can't have this name, or "": formgrader's pages don't escape it."""
    if name != plain(name):
        return "the folder's name is not in UTF-8: rename it"
    if not name.isprintable() or set(name) & set("<>&\"'`{}"):
        return "the folder's name holds characters that formgrader can't show: rename it"
    return ""


def why_no_gradebook(root):
    """Return why no gradebook can be opened below a folder, or ""."""
    path = str(root)
    if path != plain(path):
        return (
            f"the path {printable(path)} is not in UTF-8, or Python was told to read it otherwise: "
            "rename the folder, or set PYTHONUTF8=1"
        )
    if "?" in path or unquote(path) != path:
        return f"nbgrader opens no gradebook in {path}: rename the folder, without ? and %"
    return ""


def like_a_pattern(root):
    """Return one line if nbgrader takes a folder's path for a pattern, or ""."""
    if glob.escape(str(root)) == str(root):
        return ""
    return (
        f"nbgrader takes {root} for a pattern, so generate_assignment, generate_feedback and "
        "formgrader find nothing there: rename the folder, without [ ] and *"
    )
