"""PyTorch's notes on how a tensor was computed, drawn as it keeps them."""

import matplotlib.pyplot as plt
from matplotlib.patches import FancyBboxPatch

from cnnedu.plots.diagrams import draw_arrow
from cnnedu.plots.style import GREY, RED, style

COLUMN, ROW = 1.3, 1.2  # inches
WIDTH, HEIGHT = 1.06, 0.46  # of a box
BEGIN = 0.35  # of the arrow with the 1
OPERATION, LEAF = "#eceef2", "#cfe5f5"


@style()
def show_graph(result, tensors):
    """Draw the nodes behind a tensor, and the way of the gradient from one to the next.

    The tensor stands on the right, where a 1 comes in. Each other arrow leads from a node to one of
    its `next_functions`. What else a node passes its gradient to is drawn below the longest way:
    this suits chains.

    Args:
        result: tensor with a `grad_fn`.
        tensors: {name: tensor}: written with its shape above the node that made it, and in the
            box of a leaf, whose gradient adds up.
    """
    places = {}
    _place(result.grad_fn, 0, 0, places)
    columns = 1 + max(column for column, _ in places.values())
    rows = 1 + max(row for _, row in places.values())
    size = COLUMN * columns + BEGIN, ROW * rows - 0.1
    figure = plt.figure(figsize=size, layout="none")
    ax = figure.add_axes((0, 0, 1, 1), xlim=(0, size[0]), ylim=(size[1], 0))
    ax.set_axis_off()
    middles = {
        node: (COLUMN * (columns - column - 0.5), ROW * (row + 0.6))
        for node, (column, row) in places.items()
    }
    for node, (x, y) in middles.items():
        leaf = getattr(node, "variable", None)
        made = [name for name, tensor in tensors.items() if tensor.grad_fn is node]
        if leaf is None:
            _box(ax, x, y, node.name().removesuffix("Backward0"), OPERATION)
        else:
            made = [name for name, tensor in tensors.items() if tensor is leaf]
            _box(ax, x, y, f"{made[0]}.grad", LEAF)
        for name in made:
            shape = "×".join(map(str, tensors[name].shape)) or "one number"
            ax.text(x, y - 0.3, f"{name}: {shape}", ha="center", va="bottom", fontsize=9)
        for following, _ in node.next_functions:
            if following:
                labelled = hasattr(following, "variable")
                _connect(ax, middles[node], middles[following], labelled)
    x, y = middles[result.grad_fn]
    edge = x + WIDTH / 2
    draw_arrow(ax, (edge + BEGIN, y), (edge, y), RED)
    ax.text(edge + BEGIN + 0.05, y, "1", va="center", fontsize=9)
    return figure


def _place(node, column, row, places):
    """Give each node its column, counted from the right, and its row."""
    places[node] = column, row
    following = [other for other, _ in node.next_functions if other and other not in places]
    following = sorted(reversed(following), key=_length)
    if following:
        _place(following.pop(), column + 1, row, places)
    for number, other in enumerate(following):
        _place(other, column + number, row + 1, places)


def _length(node):
    """Return how many nodes the longest way from this one to a leaf has."""
    return 1 + max((_length(other) for other, _ in node.next_functions if other), default=0)


def _box(ax, x, y, text, colour):
    corner, look = (x - WIDTH / 2, y - HEIGHT / 2), {"facecolor": colour, "edgecolor": GREY}
    ax.add_patch(
        FancyBboxPatch(corner, WIDTH, HEIGHT, boxstyle="round,pad=0,rounding_size=0.08", **look)
    )
    words = text.replace("With", "\nWith")  # the longest name, MaxPool2DWithIndices
    ax.text(x, y, words, ha="center", va="center", fontsize=9)


def _connect(ax, start, end, labelled):
    """Draw an arrow from one box to another beside it or below it, which may have a label."""
    (x, y), (to_x, to_y) = start, end
    if y == to_y:
        start, end = (x - WIDTH / 2, y), (to_x + WIDTH / 2, to_y)
    else:
        start, end = (x, y + HEIGHT / 2), (to_x, to_y - HEIGHT / 2 - 0.25 * labelled)
    draw_arrow(ax, start, end, RED)
