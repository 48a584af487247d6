"""Lay a heat map over a photograph, at the photograph's own resolution, as a Pillow image."""

import numpy as np
from PIL import Image, ImageDraw, ImageFont

RED = (204, 28, 28)  # positive, as in all signed maps of the course
STRONGEST = 0.7  # how much of the red there is where the map is largest
OUTSIDE = 0.45  # how light what the network doesn't see is drawn
LEAST = 256  # pixels: a smaller picture is enlarged by a whole number, if it can be


def tinted(image, heat):
    """Draw a picture in grey, and red over it where the map is large.

    Args:
        image: Pillow image, RGB. The network saw the square in its middle; the rest is darkened.
        heat: map (h, w) of that square, array or tensor, at least 0; it is enlarged smoothly.

    Returns:
        Pillow image, RGB, of the same size; a small picture is enlarged by a whole number.

    >>> drawn = tinted(Image.new("RGB", (300, 256), "white"), np.array([[0, 0], [0, 1.0]]))
    >>> drawn.getpixel((0, 0)), drawn.getpixel((22, 0)), drawn.getpixel((277, 255))
    ((115, 115, 115), (255, 255, 255), (219, 97, 97))
    """
    factor = max(1, LEAST // max(image.size))
    image = image.resize((image.width * factor, image.height * factor), Image.Resampling.NEAREST)
    grey, side = image.convert("L"), min(image.size)
    left, top = (image.width - side) // 2, (image.height - side) // 2
    drawn = grey.point(lambda level: round(OUTSIDE * level)).convert("RGB")
    drawn.paste(grey.crop((left, top, left + side, top + side)), (left, top))
    heat = np.asarray(heat, np.float32)
    red = Image.fromarray(heat / (heat.max() or 1))
    red = red.resize((LEAST, LEAST), Image.Resampling.BILINEAR)
    red = Image.fromarray((255 * STRONGEST * np.asarray(red)).round().astype(np.uint8))
    drawn.paste(RED, (left, top), red.resize((side, side), Image.Resampling.BILINEAR))
    return drawn


def overlay(image, heat, caption):
    """Draw `tinted(image, heat)`, and below it a caption and what the colours mean.

    Args:
        image, heat: as for `tinted`.
        caption: what the network said, such as "tabby cat 81 %".

    Returns:
        Pillow image, RGB, as wide as the picture or wider, and higher by the caption.
    """
    unseen = "; dark: not seen" * (image.width != image.height)
    return _captioned(tinted(image, heat), [caption, f"red: what speaks for it (Grad-CAM){unseen}"])


def _captioned(drawn, lines):
    """Return a picture with two lines of text below it."""
    width = max(LEAST, drawn.width)
    size = max(13, min(width, 2 * drawn.height) // 28)
    while size > 8 and max(_font(size).getlength(line) for line in lines) > width - size:
        size -= 1
    framed = Image.new("RGB", (width, drawn.height + 4 * size), "white")
    framed.paste(drawn, ((width - drawn.width) // 2, 0))
    pen = ImageDraw.Draw(framed)
    for number, (line, colour) in enumerate(zip(lines, ("black", "#444444"), strict=True)):
        place = size // 2, drawn.height + size // 2 + number * round(1.5 * size)
        pen.text(place, line, fill=colour, font=_font(size))
    return framed


def _font(size):
    return ImageFont.load_default(size)
