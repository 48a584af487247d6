"""Your own pictures, one folder per class: loaded, made square and small, each problem named."""

from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

MOST_PIXELS = 50_000_000  # a larger file is left out: unpacked it would take 150 MB
ENDINGS = {".png", ".jpg", ".jpeg", ".bmp", ".gif", ".tif", ".tiff", ".webp"}


class FolderError(ValueError):
    """A folder can't be used; the message says in one line what to do."""


class Folder(NamedTuple):
    """The pictures of a folder."""

    x: np.ndarray  # uint8 (N, 3, size, size)
    y: np.ndarray  # int64 (N,), places in `classes`
    classes: tuple  # names of the subfolders, sorted
    files: tuple  # where each picture came from, relative to the folder
    messages: tuple  # one line for each file that was left out or changed


def load_folder(path, size=32):
    """Load the pictures of a folder that has one subfolder per class.

    Each picture is turned upright if its camera said so, cut to the square in its middle and
    shrunk, each pixel being the mean of what it covers. A file that can't be used is left out.

    Args:
        path: folder such as `pets/`, with `pets/cat/1.jpg`, `pets/dog/a.png` and so on. Hidden
            files and folders don't count.
        size: pixels along each side of the result, at least 8.

    Returns:
        `Folder`; print its `messages`. The order is that of the names, so that it is always the
        same.

    Raises:
        FolderError: there is no such folder, no subfolder in it, or a class without a picture.
        ValueError: `size` is too small.
    """
    path = Path(path)
    if size < 8:
        raise ValueError(f"load_folder: size must be at least 8, but is {size}")
    if not path.is_dir():
        raise FolderError(f"{path} is no folder: give one that has a subfolder per class")
    classes = tuple(sorted(p.name for p in path.iterdir() if p.is_dir() and _shown(p)))
    if not classes:
        raise FolderError(f"{path} has no subfolder: put the pictures of each class into its own")
    x, y, files, messages = [], [], [], []
    for label, name in enumerate(classes):
        for file in sorted(p for p in (path / name).rglob("*") if p.is_file() and _shown(p)):
            shown = file.relative_to(path).as_posix()
            try:
                picture, message = _load(file, size)
            except _Unusable as problem:
                messages.append(f"{shown}: {problem}; left out")
                continue
            messages += [f"{shown}: {message}"] * bool(message)
            x.append(picture.transpose(2, 0, 1))
            y.append(label)
            files.append(shown)
        if label not in y:
            raise FolderError(
                f"{path / name} holds no picture that can be used: add some, or remove it"
                + "".join(f" ({m})" for m in messages if m.startswith(f"{name}/"))
            )
    return Folder(np.array(x), np.array(y), classes, tuple(files), tuple(messages))


class _Unusable(Exception):
    """Why a file is left out."""


def _shown(path):
    return not path.name.startswith(".")


def _load(file, size):
    """Return a picture (size, size, 3), and what had to be changed, or ""."""
    if file.stat().st_size == 0:
        raise _Unusable("the file is empty")
    try:
        with Image.open(file) as image:
            if image.width * image.height > MOST_PIXELS:
                raise _Unusable(
                    f"{image.width} × {image.height} pixels are too many; shrink it first"
                )
            mode = image.mode
            if mode in ("I", "F"):
                raise _Unusable("its numbers have 32 bits; save it with 8 per colour")
            if mode.startswith("I;16"):  # Pillow would cut at 255 instead of scaling
                image = Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
            # what shows through where a picture is transparent is white, as on paper
            layers = ImageOps.exif_transpose(image).convert("RGBA")
            rgb = Image.alpha_composite(Image.new("RGBA", layers.size, "white"), layers)
    except Image.DecompressionBombError:
        raise _Unusable("it has too many pixels; shrink it first") from None
    except UnidentifiedImageError:
        kind = "the file is broken" if file.suffix.lower() in ENDINGS else "it is no picture"
        raise _Unusable(kind) from None
    except (OSError, ValueError, SyntaxError) as problem:
        raise _Unusable(f"the file is broken ({problem})") from None
    square = ImageOps.fit(rgb.convert("RGB"), (size, size), Image.Resampling.BOX)
    message = "" if mode == "RGB" else f"turned from {_MODES.get(mode, mode)} into RGB"
    if min(rgb.size) < size:
        message = ", ".join([message] * bool(message) + [f"enlarged from {min(rgb.size)} pixels"])
    return np.array(square), message


_MODES = {
    "L": "grey",
    "1": "black and white",
    "P": "a palette",
    "RGBA": "colours with transparency",
    "LA": "grey with transparency",
    "CMYK": "printing colours",
    "I;16": "16-bit grey",
}
