"""Draw the moving picture at the top of the README."""

from io import BytesIO

import numpy as np
from PIL import Image

from cnnedu.data import edge_kernel, photo, shrink, smiley, square
from cnnedu.explain.occlusion import occlusion
from cnnedu.models.pretrained import load_pretrained
from cnnedu.plots.poster import show_course

DPI = 200  # twice the size at which it is shown, for fine screens
# (outputs, framed picture below, milliseconds): first all of it, for readers who see it still; then
# the first row of outputs one by one and the others row by row; then the pictures, one by one
MOMENTS = [
    (36, None, 2000),
    *((outputs, None, 800) for outputs in range(1, 7)),
    *((outputs, None, 600) for outputs in range(12, 37, 6)),
    *((36, marked, 1500) for marked in range(4)),
]


def poster():
    """Return the picture of the course, a GIF: a kernel by hand, on a photograph, in a network."""
    trained = load_pretrained("classic")
    face = square(photo("cat"), top=0, left=45, size=300)
    small = shrink(face, 32)
    x = trained.prepare(small.transpose(2, 0, 1)[None])[0]
    heat = occlusion(trained.network, x, trained.classes.index("cat"))
    filters = trained.network.conv1.weight.detach().numpy()[:16]
    parts = smiley(), edge_kernel(), face, filters, small, heat
    frames = [_pixels(show_course(*parts, *moment)) for *moment, _ in MOMENTS]
    # all of them at once, so that they share one palette
    strip = Image.fromarray(np.concatenate(frames)).quantize(256, dither=Image.Dither.NONE)
    width, height = frames[0].size
    tops = range(0, strip.height, height)
    first, *others = (strip.crop((0, top, width, top + height)) for top in tops)
    times, moving = [milliseconds for *_, milliseconds in MOMENTS], BytesIO()
    first.save(moving, "gif", save_all=True, append_images=others, duration=times, loop=0)
    return moving.getvalue()


def _pixels(figure):
    """Return a figure as a Pillow image."""
    file = BytesIO()
    figure.savefig(file, dpi=DPI)
    return Image.open(file).convert("RGB")
