"""Turn a student's function that reads a folder of pictures into a function on arrays.

A check compares arrays, and may send its inputs to another process, which writes the folder there
and has the student's function read it.
"""

import io
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image

from cnnedu.checks.compare import CheckFailed

GOOD, GREY, CUT, EMPTY, TEXT, HIDDEN, CLEAR = range(7)  # kinds of file
CLASSES = ("newt", "eel", "Ray", "cod")  # not in the order of their names


def folder_function(read_folder):
    """Return a function of (files, size) that runs read_folder(path, size) on such files.

    Args:
        read_folder: the student's function; returns x, y, names, skipped.

    Returns:
        The function. Its `files` are rows of whole numbers (class, number, kind, height, width);
        its answer holds the number of pictures, of skipped files and of classes, then each
        picture's label and pixels.
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
                raise CheckFailed("`names` and `skipped` must be lists of strings")
            if list(names) != sorted(names):
                raise CheckFailed("the names of the classes must be sorted")
            if np.asarray(x).dtype != np.uint8:
                raise CheckFailed(f"x must be uint8, but it is {np.asarray(x).dtype}")
            return _numbers(x, y, names, skipped, size)

    return folder_as_numbers


def write(path, files):
    """Write such files, those of each class into its folder."""
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
        raise CheckFailed(
            f"x has shape {x.shape} and y {np.shape(y)}, not (N, 3, size, size), (N,)"
        )
    rows = np.column_stack([np.asarray(y), x.reshape(len(x), -1)]).astype(float)
    return np.concatenate([[len(x), len(skipped), len(names)], rows.ravel()])
