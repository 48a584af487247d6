"""Arrows and boxes, which diagrams are made of."""

from matplotlib.patches import Polygon

from cnnedu.plots.style import GREY


def draw_arrow(ax, start, end, colour=GREY, linewidth=1.4, shrink=0, **look):
    """Draw an arrow on `ax` from `start` to `end`, each (x, y), with a gap of `shrink` points."""
    look |= {"arrowstyle": "-|>", "color": colour, "linewidth": linewidth}
    ax.annotate("", end, start, arrowprops=look | {"shrinkA": shrink, "shrinkB": shrink})


def draw_box(ax, corner, size, slant, fills, **look):
    """Draw the visible faces of a box on `ax`.

    Args:
        ax: matplotlib `Axes`.
        corner: (x, y) of the front's lower left corner.
        size: width and height of the front.
        slant: how far the back lies to the right of the front, and above it.
        fills: {"front", "top" and "side": colour}; what comes later covers edges before it.
        look: what else matplotlib's `Polygon` takes.
    """
    (left, bottom), (width, height), (across, up) = corner, size, slant
    right, top = left + width, bottom + height
    faces = {
        "front": [(left, bottom), (right, bottom), (right, top), (left, top)],
        "top": [(left, top), (right, top), (right + across, top + up), (left + across, top + up)],
        "side": [
            (right, bottom),
            (right, top),
            (right + across, top + up),
            (right + across, bottom + up),
        ],
    }
    for name, fill in fills.items():
        ax.add_patch(Polygon(faces[name], facecolor=fill, **look))
