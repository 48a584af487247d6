"""A submission's folder: what is in it, read so that nothing in there can do harm or wait."""

import os
import stat
from pathlib import Path

from nbgrader import utils

from cnnedu.grading.outputs import plain

LARGEST_FILES = 50 * 2**20  # all together
LARGEST_PATH = 1000  # bytes
MOST_FILES = 1000
MOST_LOOKED_AT = 20_000
LINK = "is a link or no plain file"


class Refused(Exception):
    """A submission can't be graded; says why."""


def content(path, most):
    """Return the bytes of a plain file, at most so many; `OSError` if it is anything else.

    Neither a link nor a pipe nor a device can make this wait, or read without end.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with open(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(0, "it is no plain file")
        return file.read(most)


def files_in(folder, ignored, taken=()):
    """Return ({name: bytes}, reasons for what was left out) of a folder's files but notebooks.

    Links are never followed: they may point anywhere.

    Args:
        folder: of the submission.
        ignored: patterns of names that nbgrader ignores.
        taken: names of files of the instructor's, which stay; where such a name stands in the way
            of a student's file, that is left out.
    """
    files, left_out, total = {}, [], 0
    for looked_at, path in enumerate(_walk(folder)):
        shown = str(path.relative_to(folder))
        if len(files) >= MOST_FILES or looked_at > MOST_LOOKED_AT:
            left_out.append(f"{shown} and more: too many or too large files")
            break
        if path.suffix == ".ipynb" or utils.is_ignored(str(path), ignored):
            continue
        try:
            data = _file(path, shown, taken)
        except Refused as reason:
            left_out.append(str(reason))
            continue
        if total + len(data) > LARGEST_FILES:
            left_out.append(f"{shown}: too many or too large files")
            continue
        total += len(data)
        files[shown] = data
    return files, left_out


def _walk(folder):
    """Yield the paths of the files, links and other things in a folder, in order."""
    for top, folders, names in os.walk(folder):
        linked = [name for name in folders if os.path.islink(os.path.join(top, name))]
        folders[:] = sorted(set(folders) - set(linked))
        yield from (Path(top, name) for name in sorted([*names, *linked]))


def _file(path, shown, taken):
    """Return the content of a student's file; `Refused` if there is none to take over."""
    if shown != plain(shown) or len(shown.encode()) > LARGEST_PATH:
        raise Refused(f"{shown[:100]}: its name is too long, or not in UTF-8")
    if path.is_symlink() or not path.is_file():
        raise Refused(f"{shown} {LINK}")
    for name in taken:
        if shown.startswith(f"{name}/") or name.startswith(f"{shown}/"):
            raise Refused(f"{shown} stands where {name} was given out")
    try:
        if path.stat().st_size > LARGEST_FILES:
            raise Refused(f"{shown}: too many or too large files")
        return content(path, LARGEST_FILES)
    except OSError as error:
        raise Refused(f"{shown} can't be read: {error.strerror}") from None
