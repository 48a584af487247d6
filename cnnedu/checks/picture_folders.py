"""What a function that reads a folder of pictures does, as a function from arrays to an array.

A check sends arrays, perhaps to another process. There the folder is written and read.
"""

import io
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image

from cnnedu.checks.compare import CheckFailed

GOOD, GREY, CUT, EMPTY, TEXT, HIDDEN, CLEAR = range(7)  # kinds of file
CLASSES = ("newt", "eel", "Ray", "cod")  # not in the order of their names


def folder_probe(read_folder):
    """Return what read_folder(path, size) finds, as a function of (files, size).

    Args:
        read_folder: the student's function; returns x, y, names, skipped.

    Returns:
        A function of (files, size): `files` holds rows (class, number, kind, height, width), whole
        numbers. Its answer: how many pictures, skipped files and classes there are, then for each
        picture its label and its numbers.
    """

    def folder_as_numbers(files, size):
        with tempfile.TemporaryDirectory() as path:
            write(Path(path), files)
            try:
                x, y, names, skipped = read_folder(Path(path), size)
            except (TypeError, ValueError) as problem:
                if "unpack" in str(problem):
                    raise CheckFailed("return four things: x, y, names, skipped") from None
                raise
            if any(not isinstance(part, (list, tuple)) for part in (names, skipped)):
                raise CheckFailed("`names` and `skipped` are lists of strings")
            if list(names) != sorted(names):
                raise CheckFailed("the names of the classes are to be sorted")
            if np.asarray(x).dtype != np.uint8:
                raise CheckFailed(f"x is to be uint8, but is {np.asarray(x).dtype}")
            return _numbers(x, y, names, skipped, size)

    return folder_as_numbers


def write(path, files):
    """Write such files; those of one class stand in its folder."""
    for number in {row[0] for row in np.asarray(files).tolist()}:
        (path / CLASSES[number]).mkdir()
    for label, number, kind, height, width in np.asarray(files).tolist():
        name = f"{'.' if kind == HIDDEN else ''}{number:02d}.png"
        (path / CLASSES[label] / name).write_bytes(_content(number, kind, height, width))


def _content(number, kind, height, width):
    rng = np.random.default_rng([number, height, width])
    if kind in (EMPTY, TEXT):
        return b"" if kind == EMPTY else b"buy milk"
    shape = (height, width) if kind == GREY else (height, width, 4 if kind == CLEAR else 3)
    picture, file = rng.integers(0, 256, shape).astype(np.uint8), io.BytesIO()
    Image.fromarray(picture).save(file, format="png")
    whole = file.getvalue()
    return whole[: len(whole) // 2] if kind == CUT else whole


def _numbers(x, y, names, skipped, size):
    x = np.asarray(x)
    if x.shape[1:] != (3, size, size) or len(x) != len(y):
        raise CheckFailed(f"x has shape {x.shape} and y {np.shape(y)}: (N, 3, size, size) and (N,)")
    rows = np.column_stack([np.asarray(y), x.reshape(len(x), -1)]).astype(float)
    return np.concatenate([[len(x), len(skipped), len(names)], rows.ravel()])
