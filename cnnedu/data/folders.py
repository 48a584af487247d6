"""Load your own pictures, one folder per class: square, small, and every problem reported."""

import hashlib
import os
import re
from collections import Counter, defaultdict
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import numpy as np

from cnnedu.data.pictures import ENDINGS, PictureError, middle_square, open_picture

# What systems and programs leave in folders, besides files and folders that begin with a dot.
LEFTOVERS = {
    "__macosx", "@eadir", "thumbs.db", "ehthumbs.db", "desktop.ini", "$recycle.bin", "@recycle",
    "#recycle", "lost+found", "system volume information", "__pycache__",
}  # fmt: skip
SPARE = re.compile(r"~$|\.(bak|old|orig|backup|part|partial|crdownload|download|tmp)$", re.I)
PARTS = {"train", "training", "test", "testing", "val", "valid", "validation"}


class FolderError(ValueError):
    """A folder can't be used; the message says in one line what to do."""


class Folder(NamedTuple):
    """The pictures of a folder."""

    x: np.ndarray  # uint8 (N, 3, size, size)
    y: np.ndarray  # int64 (N,), indices into `classes`
    classes: tuple  # names of the subfolders, sorted
    files: tuple  # where each picture came from, relative to the folder
    messages: tuple  # one line for each file that was left out or changed


def load_folder(path, size=32, most=None):
    """Load the pictures of a folder that has one subfolder per class.

    Each picture is turned upright if its camera recorded that it should be, cropped to the square
    in its middle, and shrunk so that each pixel is the mean of what it covers. Files that can't be
    used are left out. So are copies, which could get on both sides of a split: of the same file
    under several names the first is kept, and none if they are in different classes.

    Args:
        path: folder such as `pets/`, with `pets/cat/1.jpg`, `pets/dog/a.png` and so on. Hidden
            files and folders and those that systems leave (`Thumbs.db`, `__MACOSX`, `@eaDir` …)
            don't count.
        size: pixels along each side of the result, at least 8.
        most: files that are allowed; they are counted before any is read.

    Returns:
        A `Folder`; print its `messages`. Pictures are sorted by name, so their order never
        changes.

    Raises:
        FolderError: the folder is missing or has no subfolder, its subfolders are the parts of a
            split, a class has no picture, or there are too many files.
        ValueError: `size` is too small.
    """
    path = Path(path)
    if size < 8:
        raise ValueError(f"load_folder: size must be at least 8, but is {size}")
    classes, messages = _classes(path)
    found = {}  # file: the index of its class
    for label, name in enumerate(classes):
        found |= dict.fromkeys(_files(path / name, messages), label)
    if most is not None and len(found) > most:
        raise FolderError(f"{path} has {len(found):,} files, which are too many: at most {most:,}")
    copies = _copies({f: label for f, label in found.items() if not SPARE.search(f.name)}, path)
    x, y, files = [], [], []
    for file, label in found.items():
        shown = file.relative_to(path).as_posix()
        try:
            picture, message = _picture(file, size, copies)
        except PictureError as problem:
            messages.append(f"{shown}: {problem}; left out")
            continue
        messages += [f"{shown}: {message}"] * bool(message)
        x.append(picture)
        y.append(label)
        files.append(shown)
    for label, name in enumerate(classes):
        if label not in y:
            raise FolderError(_without_picture(path / name, messages))
    return Folder(np.array(x), np.array(y), classes, tuple(files), tuple(messages))


def _classes(path):
    """Return the names of the classes, and messages about pictures that lie beside them."""
    try:
        inside = sorted(p for p in path.iterdir() if _counts(p.name))
    except (FileNotFoundError, NotADirectoryError):
        raise FolderError(
            f"{path} is not a folder: give one that has a subfolder for each class"
        ) from None
    except OSError as problem:
        raise FolderError(f"{path} can't be read: {problem.strerror}") from None
    classes = tuple(p.name for p in inside if p.is_dir())
    if not classes:
        raise FolderError(f"{path} has no subfolder: put the pictures of each class in their own")
    if len(classes) > 1 and {name.lower() for name in classes} <= PARTS:
        raise FolderError(
            f"{path} has the parts of a split for subfolders ({', '.join(classes)}), not classes: "
            f"load one of them, such as {path / classes[0]}"
        )
    stray = [p.name for p in inside if p.suffix.lower() in ENDINGS and not p.is_dir()]
    return classes, [f"{name}: it is in none of the class folders; left out" for name in stray]


def _files(folder, messages):
    """Return the files in a folder and the folders in it, sorted; note what can't be entered.

    Links count as files: one to a folder isn't followed, but gets its line when it is opened.
    """

    def note(problem):
        shown = Path(problem.filename).relative_to(folder.parent).as_posix()
        messages.append(f"{shown}: it can't be read ({problem.strerror}); left out")

    files = []
    for top, folders, names in os.walk(folder, onerror=note):
        folders[:] = filter(_counts, folders)
        paths = [Path(top, name) for name in (*folders, *names) if _counts(name)]
        files += [p for p in paths if p.is_symlink() or p.is_file()]
    return sorted(files)


def _counts(name):
    """Return whether a file or folder of this name is the user's own."""
    return not name.startswith(".") and name.lower() not in LEFTOVERS


def _copies(found, path):
    """Return {file: why it is left out} of files that hold, byte for byte, what others hold.

    Args:
        found: {file: the index of its class}, sorted.
        path: the folder, for messages.
    """
    alike = defaultdict(list)
    sizes = {file: os.path.getsize(file) for file in found if file.is_file()}
    often = Counter(sizes.values())
    for file, size in sizes.items():
        if often[size] > 1:
            with suppress(OSError):  # that it can't be read is said when it is opened
                alike[_checksum(file)].append(file)
    why = {}
    for first, *others in alike.values():
        if all(found[file] == found[first] for file in others):
            why |= dict.fromkeys(others, f"it is a copy of {first.relative_to(path).as_posix()}")
            continue
        for file in (first, *others):
            other = next(f for f in (first, *others) if found[f] != found[file])
            why[file] = (
                f"it is in another class, too, as {other.relative_to(path).as_posix()}: keep the "
                "right one"
            )
    return why


def _checksum(file):
    with open(file, "rb") as stream:
        return hashlib.file_digest(stream, "blake2b").digest()


def _picture(file, size, copies):
    """Return a file's picture (3, size, size) and what had to be changed, or ""."""
    if SPARE.search(file.name):
        raise PictureError("it is a backup copy or an unfinished download, by its name")
    image, message = open_picture(file)
    if file in copies:
        raise PictureError(copies[file])
    if min(image.size) < size:
        enlarged = f"enlarged from {min(image.size)} pixels"
        message = f"{message}, {enlarged}" if message else enlarged
    return middle_square(image, size).transpose(2, 0, 1), message


def _without_picture(folder, messages):
    """Say that a class has no picture, and why its first files are left out."""
    reasons = [m for m in messages if m.startswith((f"{folder.name}/", f"{folder.name}:"))]
    more = f" … and {len(reasons) - 3} more" if len(reasons) > 3 else ""
    why = f" ({'; '.join(m.removesuffix('; left out') for m in reasons[:3])}{more})"
    return f"{folder} holds no usable picture: add some, or remove it" + why * bool(reasons)
