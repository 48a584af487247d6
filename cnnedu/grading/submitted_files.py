"""Read the files in a submission's folder: links, pipes and devices can't trick or stop it."""

import os
import stat
from pathlib import Path

from nbgrader import utils

from cnnedu.grading.cell_outputs import plain

LARGEST_FILES = 50 * 2**20  # all together
LARGEST_PATH = 1000  # bytes
MOST_FILES = 1000
MOST_LOOKED_AT = 20_000
TOO_MUCH = "too many files or too much data"


class Refused(Exception):
    """A submission, or a file of it, can't be taken; says why."""


class Suspicious(Refused):
    """A file that no honest submission holds; says what it is."""


def content(path, most):
    """Return the bytes of a regular file, at most `most`; `OSError` if it is anything else.

    No link, pipe or device can make this wait, or read without end.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with open(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(0, "it is not a regular file")
        return file.read(most)


def files_in(folder, ignored, taken=()):
    """Return ({name: bytes}, reasons, suspicions) of a folder's files, notebooks aside.

    The reasons say which files were left out and why, the suspicions which were links or worse.
    Links are never followed: they may point anywhere.

    Args:
        folder: of the submission.
        ignored: patterns of names that nbgrader ignores.
        taken: names of the instructor's files; a student's file that is in the way of one of them
            is left out.
    """
    files, left_out, suspicious, total = {}, [], [], 0
    for looked_at, path in enumerate(_walk(folder)):
        shown = str(path.relative_to(folder))
        if len(files) >= MOST_FILES or looked_at > MOST_LOOKED_AT:
            left_out.append(f"{shown} and the files after it were left out: {TOO_MUCH}")
            break
        if path.suffix == ".ipynb" or utils.is_ignored(str(path), ignored):
            continue
        try:
            data = _file(path, shown, taken)
            if total + len(data) > LARGEST_FILES:
                raise Refused(f"{shown} was left out: {TOO_MUCH}")
        except Suspicious as reason:
            suspicious.append(str(reason))
            continue
        except Refused as reason:
            left_out.append(str(reason))
            continue
        total += len(data)
        files[shown] = data
    return files, left_out, suspicious


def _walk(folder):
    """Yield the paths of all files, links and other things in a folder, in order."""
    for top, folders, names in os.walk(folder):
        linked = [name for name in folders if os.path.islink(os.path.join(top, name))]
        folders[:] = sorted(set(folders) - set(linked))
        yield from (Path(top, name) for name in sorted([*names, *linked]))


def _file(path, shown, taken):
    """Return the content of a student's file, or raise `Refused`."""
    if shown != plain(shown) or len(shown.encode()) > LARGEST_PATH:
        raise Refused(f"{shown[:100]} was left out: its name is too long or not in UTF-8")
    if path.is_symlink() or not path.is_file():
        raise Suspicious(f"{shown} is a link or not a regular file")
    for name in taken:
        if shown.startswith(f"{name}/") or name.startswith(f"{shown}/"):
            raise Refused(f"{shown} was left out: {name} was given out in its place")
    try:
        if path.stat().st_size > LARGEST_FILES:
            raise Refused(f"{shown} was left out: {TOO_MUCH}")
        return content(path, LARGEST_FILES)
    except OSError as error:
        raise Refused(f"{shown} can't be read: {error.strerror}") from None
