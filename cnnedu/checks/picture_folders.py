"""Turn a student's function that reads a folder of pictures into a function on arrays.

A check compares arrays, and may send its inputs to another process, which writes the folder there
and has the student's function read it.
"""

import functools
import io
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image

from cnnedu.checks.compare import CheckFailed

# Kinds of file: pictures, broken ones, no pictures, what begins with a dot, and no file.
GOOD, GREY, CLEAR, PALETTE, JPG, CAPITALS, BMP, BARE, MISNAMED = range(9)
CUT, CUT_JPG, EMPTY, TEXT, NOTE, HIDDEN, HIDDEN_NOTE, FOLDER, NOTHING = range(9, 18)
ENDINGS = {JPG: ".jpg", CAPITALS: ".JPEG", BMP: ".bmp", CUT_JPG: ".jpg"}
ENDINGS |= dict.fromkeys((BARE, FOLDER), "")
ENDINGS |= dict.fromkeys((MISNAMED, NOTE, HIDDEN_NOTE), ".txt")  # .png for all others
FORMATS = {JPG: "jpeg", CAPITALS: "jpeg", CUT_JPG: "jpeg", BMP: "bmp"}  # png for all others
MODES = {GREY: "L", CLEAR: "RGBA", PALETTE: "P"}  # RGB for all others
CLASSES = ("newt", "eel", "Ray", "cod")  # not in the order of their names


def folder_function(read_folder):
    """Return a function of (files, size) that runs read_folder(path, size) on such files.

    Args:
        read_folder: the student's function; returns x, y, names, skipped.

    Returns:
        The function. Its `files` are rows of whole numbers (class, number, kind, height, width).
        Its answer holds the number of pictures, of skipped files and of classes, then the classes'
        names as places in `CLASSES`, the skipped files as rows of `files`, and each picture's
        label and pixels; −1 fills each part up to the same length for all answers.
    """

    def folder_as_numbers(files, size):
        with tempfile.TemporaryDirectory() as path:
            written = write(Path(path), files)
            try:
                x, y, names, skipped = read_folder(Path(path), size)
            except (TypeError, ValueError) as problem:
                if "unpack" in str(problem):
                    raise CheckFailed("return four things: x, y, names, skipped") from None
                raise
        for part in (names, skipped):
            if not isinstance(part, (list, tuple)) or not all(isinstance(n, str) for n in part):
                raise CheckFailed("`names` and `skipped` must be lists of strings")
        if list(names) != sorted(names):
            raise CheckFailed("the names of the classes must be sorted")
        if not set(names) <= set(CLASSES):
            raise CheckFailed(f"`names` holds {', '.join(names)}, but not all are class folders")
        for name in skipped:
            if name not in written:
                raise CheckFailed(f"`skipped` holds {name!r}, which isn't class/file")
        if np.asarray(x).dtype != np.uint8:
            raise CheckFailed(f"x must be uint8, but it is {np.asarray(x).dtype}")
        places = [CLASSES.index(name) for name in names], [written[name] for name in skipped]
        return _numbers(x, y, *places, len(files), size)

    return folder_as_numbers


def write(path, files):
    """Write such files, those of each class into its folder.

    A `FOLDER` holds a picture; `NOTHING` makes sure of the class alone.

    Returns:
        {"class/file": row of the file}.
    """
    written = {}
    for row, (label, number, kind, height, width) in enumerate(np.asarray(files).tolist()):
        dot = "." if kind in (HIDDEN, HIDDEN_NOTE) else ""
        file = path / CLASSES[label] / f"{dot}{number}{ENDINGS.get(kind, '.png')}"
        file.parent.mkdir(exist_ok=True)
        if kind == NOTHING:
            continue
        written[f"{CLASSES[label]}/{file.name}"] = row
        if kind == FOLDER:
            file.mkdir()
            file /= "1.png"
        file.write_bytes(_content(number, kind, height, width))
    return written


@functools.lru_cache(maxsize=2**12)
def _content(number, kind, height, width):
    if kind in (EMPTY, TEXT, NOTE, HIDDEN_NOTE):
        return b"" if kind == EMPTY else b"buy milk"
    rng = np.random.default_rng([number, height, width])
    picture = Image.fromarray(rng.integers(0, 256, (height, width, 4)).astype(np.uint8))
    picture, file = picture.convert("RGBA" if kind == CLEAR else "RGB"), io.BytesIO()
    picture.convert(MODES.get(kind, picture.mode)).save(file, format=FORMATS.get(kind, "png"))
    whole = file.getvalue()
    return whole[: len(whole) * 3 // 4] if kind in (CUT, CUT_JPG) else whole


def _numbers(x, y, names, skipped, most, size):
    x = np.asarray(x)
    if x.shape[1:] != (3, size, size) or np.shape(y) != (len(x),):
        raise CheckFailed(
            f"x has shape {x.shape} and y {np.shape(y)}, not (N, 3, size, size), (N,)"
        )
    rows = np.column_stack([np.asarray(y), x.reshape(len(x), -1)]).astype(float)
    parts = [(names, len(CLASSES)), (skipped, most), (rows.ravel(), most * rows.shape[1])]
    counts = [len(x), len(skipped), len(names)]
    return np.concatenate([counts, *(np.append(p, [-1.0] * (n - len(p))) for p, n in parts)])
