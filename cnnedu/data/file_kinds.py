"""Tell from its first bytes what a file is that is called a picture and isn't one."""

import re

START = 1024  # bytes to look at

# What the first bytes look like (a regular expression), what the file is, and what to do.
_KINDS = (
    (rb"....ftyp(hei|hev|mif1|msf1)", "a HEIC picture", "export it as JPEG"),
    (rb"....ftypavi[fs]", "an AVIF picture", "export it as JPEG"),
    (rb"\xff\x0a|\0\0\0\x0cJXL ", "a JPEG XL picture", "export it as JPEG"),
    (rb"....ftypcrx |FUJIFILMCCD-RAW|IIU\0", "a camera's raw file", "export it as JPEG"),
    (rb"....ftyp|....moov|....mdat|\x1aE\xdf\xa3|RIFF....AVI |\0\0\x01[\xb3\xba]|FLV\x01",
     "a video", "save the pictures you need from it as JPEG"),
    (rb"%PDF-", "a PDF document", "export its pages as PNG"),
    (rb"%!PS|\xc5\xd0\xd3\xc6", "a PostScript drawing", "export it as PNG"),
    (rb"PK\x03\x04|PK\x05\x06|\x1f\x8b|7z\xbc\xaf|Rar!|BZh|\xfd7zXZ", "an archive", "unpack it"),
    (rb"version https://git-lfs", "only Git LFS's note of where the picture is",
     "run `git lfs pull`"),
    (rb"\0\x05\x16[\x00\x07]", "a Mac's notes on a picture", "take the file without ._"),
    (rb"\0*\Z", "nothing but zeros", "copy or download it again"),
)  # fmt: skip
_TEXTS = (
    (r"<svg\b", "an SVG drawing", "export it as PNG"),
    (r"<!doctype html|<html\b|<head\b|<body\b", "a web page, perhaps an error message",
     "open it in a browser to see, and download the picture again"),
    (r"", "text", "download the picture again"),
)  # fmt: skip


def kind_of_file(start):
    """Return (what a file is, what to do with it), or None if its first bytes don't tell.

    Args:
        start: its first START bytes, or all of them if it has fewer.

    >>> kind_of_file(b"%PDF-1.7")
    ('a PDF document', 'export its pages as PNG')
    """
    for pattern, what, remedy in _KINDS:
        if re.match(pattern, start, re.DOTALL):
            return what, remedy
    text = _text(start)
    if text is None:
        return None
    return next((what, do) for pattern, what, do in _TEXTS if re.search(pattern, text, re.I))


def _text(start):
    """Return the bytes as text, or None if they are none."""
    wide = start.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = start.decode("utf-16" if wide else "utf-8", errors="ignore")
    odd = sum(not (letter.isprintable() or letter in "\t\r\n\f\ufeff") for letter in text)
    lost = 0 if wide else len(start) - len(text.encode())
    return None if odd + lost > 3 else text  # START may cut a letter in two
