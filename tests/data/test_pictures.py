"""Pictures of every kind come out upright and visible; what is none is named."""

import gzip
import io
import struct
import zlib

import numpy as np
import pytest
import tifffile
from PIL import Image, ImageOps

from cnnedu.data.pictures import PictureError, middle_square, open_picture

SIDEWAYS = 6  # EXIF: the top of the scene is at the right

# On its side, and with a resolution that is none, over which `ImageOps.exif_transpose` stumbles.
ODD_RECORD = (
    b"Exif\0\0MM\0*\0\0\0\x08\0\x02\x01\x12\0\x03\0\0\0\x01\0\x06\0\0"
    b"\x01\x1a\0\x07\0\0\0\x01a\0\0\0\0\0\0\0"
)


def png16(array, *chunks):
    """Return a PNG file of 16 bits per colour, which Pillow can't write in colour."""
    height, width, channels = array.shape
    kind = {1: 0, 2: 4, 3: 2, 4: 6}[channels]
    header = struct.pack(">IIBBBBB", width, height, 16, kind, 0, 0, 0)
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in array)
    parts = [(b"IHDR", header), *chunks, (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    packed = [
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


def tiff(array):
    file = io.BytesIO()
    tifffile.imwrite(file, array)
    return file.getvalue()


def saved(image, form, **options):
    exif, file = Image.Exif(), io.BytesIO()
    exif[0x0112] = SIDEWAYS
    image.save(file, form, exif=exif, **options)
    return file.getvalue()


def half_white(mode):
    """Return a picture whose upper half is white and whose lower half is black."""
    array = np.zeros((16, 16), np.uint8)
    array[:8] = 255
    return Image.fromarray(array).convert("RGB").convert(mode)


def half_white_numbers(kind, white):
    return Image.fromarray(np.asarray(half_white("L")).astype(kind) // 255 * white)


def palette_with_transparency():
    picture = half_white("L").convert("P")
    return saved(picture, "PNG", transparency=100)  # a colour that isn't used


def deep_colours():
    exif = Image.Exif()
    exif[0x0112] = SIDEWAYS
    array = np.zeros((16, 16, 3), np.uint16)
    array[:8] = 4095
    return png16(array, (b"eXIf", exif.tobytes()[6:]))


TURNED = {
    **{f"{m} PNG": saved(half_white(m), "PNG") for m in ("1", "L", "LA", "P", "RGB", "RGBA")},
    **{f"{m} TIFF": saved(half_white(m), "TIFF") for m in ("1", "L", "LA", "P", "RGBA", "CMYK")},
    **{f"{m} JPEG": saved(half_white(m), "JPEG", quality=95) for m in ("L", "RGB", "CMYK")},
    "RGB WebP": saved(half_white("RGB"), "WEBP"),
    "I;16 PNG": saved(half_white_numbers(np.uint16, 65_535), "PNG"),
    "I;16 PNG, 12 bits": saved(half_white_numbers(np.uint16, 4095), "PNG"),
    "I TIFF": saved(half_white_numbers(np.int32, 65_535), "TIFF"),
    "F TIFF": saved(half_white_numbers(np.float32, 1), "TIFF"),
    "P with transparency": palette_with_transparency(),
    "RGB of 16 bits": deep_colours(),
}


@pytest.mark.parametrize("kind", TURNED)
def test_a_camera_that_lay_on_its_side(tmp_path, kind):
    (tmp_path / "side").write_bytes(TURNED[kind])
    image, _ = open_picture(tmp_path / "side")
    found = np.asarray(image)
    assert image.mode == "RGB" and found[:, 9:].min() > 240 and found[:, :7].max() < 15


@pytest.mark.parametrize("orientation", range(10))
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_every_way_to_hold_a_camera(tmp_path, orientation, kind):
    corners = np.kron(np.array([[0, 80], [160, 240]], np.uint8), np.ones((16, 16), np.uint8))
    exif = Image.Exif()
    exif[0x0112] = orientation
    Image.fromarray(corners).convert("RGB").save(tmp_path / "a", kind, exif=exif, quality=95)
    expected = ImageOps.exif_transpose(Image.open(tmp_path / "a")).convert("RGB")
    np.testing.assert_array_equal(open_picture(tmp_path / "a")[0], expected)


@pytest.mark.parametrize(
    ("exif", "turned"),
    [
        (ODD_RECORD, True),
        (ODD_RECORD.replace(b"\x01\x12", b"\x01\x13"), False),
        (b"Exif\0\0MM\0", False),
        (b"Exif\0\0MM\0*", False),
        (b"Exif\0\0II*\0" + np.random.default_rng(0).bytes(50), False),
    ],
)
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_record_that_is_damaged_costs_no_picture_and_no_turn_that_can_be_read(
    tmp_path, exif, turned, kind
):
    half_white("RGB").save(tmp_path / "a", kind, exif=exif)
    found = np.asarray(open_picture(tmp_path / "a")[0])
    white = found[:, 9:] if turned else found[:7]
    assert white.min() > 240


KINDS = ["grey PNG", "colour PNG", "RGBA PNG", "I", "F", "grey TIFF", "TIFF"]
# White, the bits that it uses, and how it is shown.
WHITE = [(255, 8, 255), (1023, 10, 255), (4095, 12, 255), (3000, 12, 187), (4096, 16, 16),
         (16_383, 16, 63), (65_535, 16, 255), (0, 16, 0)]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "white", "bits", "shown"),
    # A picture of floats that are all 0 holds fractions, not bits.
    [(kind, *white) for kind in KINDS for white in WHITE if kind != "F" or white[0]],
)
def test_the_bits_that_a_file_uses(tmp_path, white, bits, shown, kind):
    """Only what would look black in 16 bits is taken for fewer: a dark picture stays dark."""
    channels = {"colour PNG": 3, "TIFF": 3, "RGBA PNG": 4}.get(kind, 1)
    array = np.full((6, 5, channels), white, np.uint16)
    array[0] = white // 2
    array[:, :, 3:] = 65_535
    grey = array[:, :, 0]
    content = {
        "I": lambda: saved(Image.fromarray(grey.astype(np.int32)), "TIFF"),
        "F": lambda: saved(Image.fromarray(grey.astype(np.float32)), "TIFF"),
        "grey TIFF": lambda: tiff(grey),
        "TIFF": lambda: tiff(array),
    }.get(kind, lambda: png16(array))()
    (tmp_path / "deep").write_bytes(content)
    image, message = open_picture(tmp_path / "deep")
    assert image.getextrema() == ((shown // 2, shown),) * 3
    assert (f"of which it uses {bits} bits" in message) == (bits < 16)


@pytest.mark.parametrize("values", [[-3, 5], [0, 70_000], [0.5, np.nan], [0, np.inf]])
def test_numbers_that_have_no_white_are_refused(tmp_path, values):
    kind = np.float32 if isinstance(values[0], float) or np.inf in values else np.int32
    Image.fromarray(np.array([values], kind)).save(tmp_path / "x.tif")
    with pytest.raises(PictureError, match="black and white are unknown: save it with 8 bits"):
        open_picture(tmp_path / "x.tif")


JPEG = saved(Image.effect_noise((64, 64), 50), "JPEG")
KINDS = {
    "HEIC": (b"\0\0\0\x28ftypheic\0\0\0\0mif1heic" + bytes(900), "a HEIC picture: export it as JP"),
    "HEIF": (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic" + bytes(900), "a HEIC picture: export it as JP"),
    "JPEG XL": (b"\xff\x0a" + bytes(range(200)), "a JPEG XL picture: export it as JPEG"),
    "MP4": (b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2mp41", "a video: save the pictures you need"),
    "QuickTime": (b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", "a video"),
    "WebM": (b"\x1aE\xdf\xa3\x9fB\x86\x81\x01", "a video"),
    "HTML": (b"\n<!DOCTYPE html>\n<html><title>404", "a web page, perhaps an error message: open"),
    "SVG": (b'<?xml version="1.0"?>\n<!-- x -->\n<svg xmlns="', "an SVG drawing: export it as PNG"),
    "Git LFS": (b"version https://git-lfs.github.com/spec/v1\noid", "run `git lfs pull`"),
    "PDF": (b"%PDF-1.7\n%\xe2\xe3", "a PDF document: export its pages as PNG"),
    "PostScript": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "a PostScript drawing"),
    "ZIP": (b"PK\x03\x04\x14\0\0\0\x08\0", "an archive: unpack it"),
    "gzip": (gzip.compress(JPEG), "an archive: unpack it"),
    "Mac": (b"\0\x05\x16\x07\0\x02\0\0Mac OS X        ", "notes on a picture: take the file with"),
    "text": ("Früchte für 3 €".encode(), "text: download the picture again"),
    "UTF-16": ("buy milk".encode("utf-16"), "text: download the picture again"),
    "zeros": (bytes(5000), "nothing but zeros: copy or download it again"),
    "empty": (b"", "the file is empty: copy or download it again"),
    "noise": (np.random.default_rng(0).bytes(3000), "the file is damaged or cut short"),
    "half a JPEG": (JPEG[: len(JPEG) // 2], "damaged or cut short: copy or download it again"),
    "half a header": (JPEG[:15], "damaged or cut short: copy or download it again"),
    "half a PNG": (TURNED["RGB PNG"][:60], "damaged or cut short"),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_picture_is_told_by_its_content(tmp_path, kind):
    content, words = KINDS[kind]
    (tmp_path / "photo.jpg").write_bytes(content)
    with pytest.raises(PictureError) as caught:
        open_picture(tmp_path / "photo.jpg")
    assert words in str(caught.value) and "\n" not in str(caught.value)


def test_avif_is_read_where_pillow_can_and_named_where_it_cannot(tmp_path, monkeypatch):
    half_white("RGB").save(tmp_path / "photo.jpg", "AVIF")
    assert open_picture(tmp_path / "photo.jpg")[0].size == (16, 16)
    monkeypatch.delitem(Image.OPEN, "AVIF")
    with pytest.raises(PictureError, match="it is an AVIF picture: export it as JPEG"):
        open_picture(tmp_path / "photo.jpg")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP", "JPEG2000", "TGA"])
def test_damage_of_any_kind_ends_in_one_line(tmp_path, kind):
    """Cut anywhere or with bytes changed anywhere, a file is read or refused, never a traceback."""
    rng, file, path = np.random.default_rng(0), io.BytesIO(), tmp_path / "a.jpg"
    half_white("RGB").save(file, kind)
    whole = np.frombuffer(file.getvalue(), np.uint8)
    for _ in range(150):
        spoilt = whole[: rng.integers(1, len(whole) + 1)].copy()
        places = rng.integers(0, len(spoilt), rng.integers(0, 4))
        spoilt[places] = rng.integers(0, 256, len(places))
        path.write_bytes(spoilt.tobytes())
        try:
            assert open_picture(path)[0].mode == "RGB"
        except PictureError as problem:
            assert "\n" not in str(problem)


def test_a_picture_that_is_too_small_is_enlarged_smoothly():
    ramp = np.broadcast_to(np.arange(0, 160, 20, dtype=np.uint8)[None, :, None], (8, 8, 3)).copy()
    enlarged = middle_square(Image.fromarray(ramp), 64)[32, 8:-8, 0].astype(int)
    assert 0 <= np.diff(enlarged).min() and np.diff(enlarged).max() <= 4  # blocks would jump by 20
