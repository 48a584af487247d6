"""Read the files in a submission's folder: links, pipes and devices can't trick or stop it."""

import contextlib
import fnmatch
import hashlib
import itertools
import os
import stat
from pathlib import Path

from cnnedu.grading.cell_outputs import plain

LARGEST_FILES = 50 * 2**20  # all together
LARGEST_PATH = 1000  # bytes
CHUNK = 2**20
MOST_FILES = 1000
MOST_LOOKED_AT = 20_000
TOO_MUCH = "too many files or too much data"
# Systems and programs leave these beside people's work, also when it is only looked at.
LEFT_BEHIND = ("__MACOSX", "._*", ".DS_Store", "Thumbs.db", "desktop.ini", ".ipynb_checkpoints")


class Refused(Exception):
    """A submission, or a file of it, can't be taken; says why."""


class Suspicious(Refused):
    """A file that no honest submission holds; says what it is."""


def content(path, most):
    """Return the bytes of a regular file, at most `most`; `OSError` if it is anything else.

    No link, pipe or device can make this wait, or read without end.
    """
    with opened(path) as file:
        return file.read(most)


def fingerprint(folder, ignored):
    """Return a digest of what a submission's folder holds, to tell whether it has changed.

    Links count as they are, without what they lead to; what lies beyond `LARGEST_FILES` counts with
    its size. Nothing in the folder can make this fail or read without end.

    Args:
        folder: of the submission.
        ignored: patterns of names that nbgrader ignores.
    """
    digest = hashlib.sha256()
    left = {True: LARGEST_FILES, False: LARGEST_FILES}  # for notebooks, for all other files
    for path, _ in walk(folder, ignored):
        inside, kind = hashlib.sha256(), path.suffix == ".ipynb"
        with contextlib.suppress(OSError), opened(path) as file:
            inside.update(b"%d bytes:" % os.fstat(file.fileno()).st_size)
            while data := file.read(min(CHUNK, left[kind])):
                inside.update(data)
                left[kind] -= len(data)
        name = os.fsencode(path.relative_to(folder))
        digest.update(hashlib.sha256(name).digest() + inside.digest())
    return digest.hexdigest()


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
    for path, looked_at in walk(folder, ignored):
        shown = str(path.relative_to(folder))
        if len(files) >= MOST_FILES or looked_at > MOST_LOOKED_AT:
            left_out.append(f"{shown} and the files after it were left out: {TOO_MUCH}")
            break
        if path.suffix == ".ipynb":
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


@contextlib.contextmanager
def opened(path):
    """Open a regular file, for use in `with`; `OSError` if it is anything else."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(0, "it is not a regular file")
    with open(descriptor, "rb") as file:
        yield file


def walk(folder, ignored):
    """Yield the path of every file, link and other thing in a folder, in order, and its number.

    The numbers also count the folders. It ends after `MOST_LOOKED_AT`, with the first beyond it.
    """
    patterns, looked_at = [*ignored, *LEFT_BEHIND], 0
    waiting = [] if os.path.islink(folder) else [str(folder)]
    while waiting:
        top, folders = waiting.pop(), []
        for name, is_folder in _entries(top):
            if any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns):
                continue
            looked_at += 1
            if is_folder and looked_at <= MOST_LOOKED_AT:
                folders.append(os.path.join(top, name))
                continue
            yield Path(top, name), looked_at
            if looked_at > MOST_LOOKED_AT:
                return
        waiting += reversed(folders)


def _entries(folder):
    """Return (name, whether it is a folder) of what is in a folder, in order; none if unreadable.

    A folder without end is read only as far as `walk` looks.
    """
    try:
        with os.scandir(folder) as found:
            some = itertools.islice(found, MOST_LOOKED_AT + 1)
            return sorted((one.name, one.is_dir(follow_symlinks=False)) for one in some)
    except OSError:
        return []


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
