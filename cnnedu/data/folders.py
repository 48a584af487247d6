"""Load your own pictures, one folder per class: square, small, and every problem reported."""

import warnings
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

MOST_PIXELS = 50_000_000  # larger files are left out: unpacked, one takes over 150 MB
ENDINGS = {".png", ".jpg", ".jpeg", ".bmp", ".gif", ".tif", ".tiff", ".webp"}


class FolderError(ValueError):
    """A folder can't be used; the message says in one line what to do."""


class Folder(NamedTuple):
    """The pictures of a folder."""

    x: np.ndarray  # uint8 (N, 3, size, size)
    y: np.ndarray  # int64 (N,), indices into `classes`
    classes: tuple  # names of the subfolders, sorted
    files: tuple  # where each picture came from, relative to the folder
    messages: tuple  # one line for each file that was left out or changed


def load_folder(path, size=32):
    """Load the pictures of a folder that has one subfolder per class.

    Each picture is turned upright if its camera recorded that it should be, cropped to the square
    in its middle, and shrunk so that each pixel is the mean of what it covers. Files that can't be
    used are left out.

    Args:
        path: folder such as `pets/`, with `pets/cat/1.jpg`, `pets/dog/a.png` and so on. Hidden
            files and folders don't count.
        size: pixels along each side of the result, at least 8.

    Returns:
        A `Folder`; print its `messages`. Pictures are sorted by name, so their order never
        changes.

    Raises:
        FolderError: the folder is missing or has no subfolder, or a class has no picture.
        ValueError: `size` is too small.
    """
    path = Path(path)
    if size < 8:
        raise ValueError(f"load_folder: size must be at least 8, but is {size}")
    if not path.is_dir():
        raise FolderError(f"{path} is not a folder: give one that has a subfolder for each class")
    classes = tuple(sorted(p.name for p in path.iterdir() if p.is_dir() and _shown(p)))
    if not classes:
        raise FolderError(f"{path} has no subfolder: put the pictures of each class in their own")
    x, y, files, messages = [], [], [], []
    for label, name in enumerate(classes):
        for file in sorted(p for p in (path / name).rglob("*") if p.is_file() and _shown(p)):
            shown = file.relative_to(path).as_posix()
            try:
                image, message = open_picture(file)
            except PictureError as problem:
                messages.append(f"{shown}: {problem}; left out")
                continue
            if min(image.size) < size:
                enlarged = f"enlarged from {min(image.size)} pixels"
                message = f"{message}, {enlarged}" if message else enlarged
            messages += [f"{shown}: {message}"] * bool(message)
            x.append(middle_square(image, size).transpose(2, 0, 1))
            y.append(label)
            files.append(shown)
        if label not in y:
            raise FolderError(
                f"{path / name} holds no usable picture: add some, or remove it"
                + "".join(f" ({m})" for m in messages if m.startswith(f"{name}/"))
            )
    return Folder(np.array(x), np.array(y), classes, tuple(files), tuple(messages))


class PictureError(ValueError):
    """A file can't be used; the message says in a few words why."""


def _shown(path):
    return not path.name.startswith(".")


def open_picture(file):
    """Open a picture of any format that Pillow reads, upright and in RGB.

    Args:
        file: its path.

    Returns:
        (a Pillow `Image`, what had to be changed or "").

    Raises:
        PictureError: the file is missing, empty, broken, too large or not a picture.
    """
    file = Path(file)
    try:
        if file.stat().st_size == 0:
            raise PictureError("the file is empty")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # we count ourselves
            with Image.open(file) as image:
                return _rgb(image)
    except FileNotFoundError:
        raise PictureError("there is no such file") from None
    except Image.DecompressionBombError:
        raise PictureError("it has too many pixels; shrink it first") from None
    except UnidentifiedImageError:
        kind = "the file is broken" if file.suffix.lower() in ENDINGS else "it is not a picture"
        raise PictureError(kind) from None
    except PermissionError:
        raise PictureError("you may not read the file") from None
    except PictureError:
        raise
    except (OSError, ValueError, SyntaxError) as problem:
        raise PictureError(f"the file is broken ({problem})") from None


def middle_square(image, size):
    """Crop the square in the middle of a Pillow image; return it as uint8 (size, size, 3).

    Each pixel is the mean of what it covers.
    """
    return np.array(ImageOps.fit(image, (size, size), Image.Resampling.BOX))


def _rgb(image):
    """Return an opened picture upright and in RGB, and what had to be changed, or ""."""
    if image.width * image.height > MOST_PIXELS:
        raise PictureError(f"{image.width} × {image.height} pixels are too many; shrink it first")
    mode = image.mode
    if mode in ("I", "F"):
        raise PictureError("it has 32 bits per colour; save it with 8")
    if mode.startswith("I;16"):  # Pillow would clip at 255 instead of scaling
        image = Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    # transparent places show white, as on paper
    layers = ImageOps.exif_transpose(image).convert("RGBA")
    rgb = Image.alpha_composite(Image.new("RGBA", layers.size, "white"), layers).convert("RGB")
    return rgb, "" if mode == "RGB" else f"converted from {_MODES.get(mode, mode)} to RGB"


_MODES = {
    "L": "grey",
    "1": "black and white",
    "P": "a palette",
    "RGBA": "colours with transparency",
    "LA": "grey with transparency",
    "CMYK": "printing colours",
    "I;16": "16-bit grey",
}
