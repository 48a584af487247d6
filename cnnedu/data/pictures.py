"""Open a picture of any kind, upright and in RGB, or say in one line why it can't be used."""

import re
import stat
import warnings
from pathlib import Path

import numpy as np
from PIL import ExifTags, Image, ImageOps

from cnnedu.data.file_kinds import START, kind_of_file

MOST_PIXELS = 50_000_000  # larger files are refused: unpacked, one takes over 150 MB
ENDINGS = {
    ".png", ".jpg", ".jpeg", ".bmp", ".gif", ".tif", ".tiff", ".webp", ".heic", ".heif", ".avif",
}  # fmt: skip
DEPTHS = (8, 10, 12)  # bits of cameras, scanners and microscopes that save files of 16 bits


class PictureError(ValueError):
    """A file can't be used; the message says in one line why, and what to do."""


def open_picture(file):
    """Open a picture of any format that Pillow reads, upright and in RGB.

    A file of 16 bits per colour is scaled to 8 bits by its full range. Only if even its brightest
    value lies below a sixteenth of that, so that the picture would look black, is it taken for
    data of 8, 10 or 12 bits, whichever is the least that holds that value. So a dark picture stays
    dark, unless nobody could see it. Fractions are scaled from 0 … 1.

    Args:
        file: its path.

    Returns:
        (a Pillow `Image`, what had to be changed or "").

    Raises:
        PictureError: the file is missing, empty, broken, too large or not a picture.
    """
    file = Path(file)
    try:
        if not stat.S_ISREG(file.stat().st_mode):
            raise PictureError("it is a folder or device, not a file")
        with open(file, "rb") as stream:
            start = stream.read(START)
    except FileNotFoundError:
        raise PictureError("there is no such file") from None
    except PermissionError:
        raise PictureError("you may not read the file") from None
    except OSError as problem:
        raise PictureError(f"the file can't be read ({problem.strerror})") from None
    if not start:
        raise PictureError("the file is empty: copy or download it again")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # we count pixels ourselves, and damage is an error
            with Image.open(file) as image:
                return _rgb(image, file)
    except PictureError:
        raise
    except Image.DecompressionBombError:
        raise PictureError("it has too many pixels; shrink it first") from None
    except MemoryError:
        raise PictureError("there isn't enough memory for it; shrink it first") from None
    except Exception as problem:  # a damaged file makes Pillow stumble over anything
        raise PictureError(_reason(start, file, problem)) from None


def middle_square(image, size):
    """Crop the square in the middle of a Pillow image; return it as uint8 (size, size, 3).

    Each pixel is the mean of what it covers; a picture that is too small is enlarged smoothly.
    """
    enlarged = min(image.size) < size
    method = Image.Resampling.BICUBIC if enlarged else Image.Resampling.BOX
    return np.array(ImageOps.fit(image, (size, size), method))


def _reason(start, file, problem):
    """Say in one line what a file is that Pillow can't read."""
    kind, named = kind_of_file(start), file.suffix.lower() in ENDINGS
    if kind and (named or kind[0] != "text"):
        return f"it is {kind[0]}: {kind[1]}"
    if isinstance(problem, Image.UnidentifiedImageError) and not named:
        return "it is not a picture"
    return "the file is damaged or cut short: copy or download it again"


def _rgb(image, file):
    """Return an opened picture upright and in RGB, and what had to be changed, or ""."""
    if image.width * image.height > MOST_PIXELS:
        raise PictureError(f"{image.width} × {image.height} pixels are too many; shrink it first")
    mode, bits, sixteen = image.mode, None, _has_sixteen_bits(image)
    upright = _upright(image)
    if mode in ("I", "F") or mode.startswith("I;16"):  # Pillow would clip at 255
        values, bits = _eight_bits(np.asarray(upright))
        upright = Image.fromarray(values)
    elif sixteen and np.asarray(upright)[:, :, :3].max() < 16:
        values, bits = _eight_bits(_all_bits(upright, file))
        upright, mode = Image.fromarray(values), "RGB;16"
    try:
        layers = upright.convert("RGBA")
    except ValueError:
        raise PictureError(f"its colours ({mode}) can't be converted: export it as JPEG") from None
    # transparent places show white, as on paper
    rgb = Image.alpha_composite(Image.new("RGBA", layers.size, "white"), layers).convert("RGB")
    if mode == "RGB":
        return rgb, ""
    uses = f", of which it uses {bits} bits," if bits in DEPTHS else ""
    return rgb, f"converted from {_MODES.get(mode, mode)}{uses} to RGB"


def _upright(image):
    """Turn a picture as its camera recorded; a record that can't be read counts for nothing.

    `ImageOps.exif_transpose` would write the record anew, and fail if anything else in it is odd.
    """
    image.load()
    try:
        turn = _TURNS.get(image.getexif().get(ExifTags.Base.Orientation))
    except Exception:  # what is damaged makes Pillow stumble over anything
        turn = None
    return image if turn is None else image.transpose(turn)


def _eight_bits(values):
    """Scale numbers to uint8, as `open_picture` says; return them and how many bits they use."""
    low, high = values.min(), values.max()
    if not (low >= 0 and high < 1 << 16):  # not a number, neither
        raise PictureError(
            f"its values reach from {low:g} to {high:g}, so black and white are unknown: save it "
            "with 8 bits per colour"
        )
    if values.dtype.kind == "f":
        if high <= 1:
            return (255 * values).round().astype(np.uint8), None
        values = values.astype(np.uint16)
    bits = next((bits for bits in DEPTHS if 0 < high < 1 << bits), 16)
    return (values >> bits - 8).clip(0, 255).astype(np.uint8), bits


def _has_sixteen_bits(image):
    """Return whether an opened file holds colours of 16 bits, of which Pillow keeps the upper 8."""
    return bool(image.tile) and all(re.search(r"RGBA?;16", str(part[3])) for part in image.tile)


def _all_bits(upright, file):
    """Return all 16 bits of the colours: read with its bytes exchanged, a file shows the lower."""
    with Image.open(file) as image:
        image.tile = [(*part[:3], _exchanged(part[3])) for part in image.tile]
        lower = np.asarray(_upright(image))[:, :, :3]
    return np.asarray(upright)[:, :, :3].astype(np.uint16) << 8 | lower


def _exchanged(arguments):
    """Exchange the order of bytes in a decoder's arguments: a string, or a tuple that begins so."""
    if not isinstance(arguments, str):
        return (_exchanged(arguments[0]), *arguments[1:])
    order = {"B": "L", "L": "B", "N": "B" if np.little_endian else "L"}
    return arguments[:-1] + order[arguments[-1]]


_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_MODES = {
    "L": "grey",
    "1": "black and white",
    "P": "a palette",
    "RGBA": "colours with transparency",
    "LA": "grey with transparency",
    "CMYK": "printing colours",
    "I;16": "16-bit grey",
    "I;16B": "16-bit grey",
    "I": "32-bit grey",
    "F": "grey fractions",
    "RGB;16": "16-bit colours",
}
