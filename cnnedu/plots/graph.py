"""The graph of a small network: every value on the way forward, every gradient on the way back."""

from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np

from cnnedu.plots.diagrams import draw_arrow
from cnnedu.plots.grids import draw_grid
from cnnedu.plots.style import RED, style

CELL = 0.36  # inches
TITLE = 1.3  # rows above each grid
ROWS = (("x", "w1", "b1", "conv", "relu"), ("pool", "flat", "w2", "b2", "scores", "loss"))
WHITE = 1e9  # a limit at which no number has a colour
GAP = 1.5  # columns between two grids
FILLED_AT = {"conv": 1, "relu": 2, "pool": 3, "flat": 4, "scores": 5, "loss": 6}
GRADIENT_AT = {
    **{"loss": 7, "scores": 7, "flat": 8, "w2": 8, "b2": 8, "pool": 9, "relu": 10, "conv": 11},
    **{"x": 12, "w1": 12, "b1": 12},
}


@style()
def show_graph(values, gradients, step=12):
    """Draw the values of a network's graph and, below each, its gradient.

    Args:
        values: arrays or numbers under the names in `ROWS`, as `GraphStepper.values`.
        gradients: the gradients of the loss, of the same names and shapes.
        step: what has been computed: 0 nothing, 1 to 6 the operations forward, 7 to 12 backward.
    """
    values, gradients = ({n: _table(n, a) for n, a in g.items()} for g in (values, gradients))
    halves = [_half(row, values) for row in ROWS]
    columns = max(width for _, width, _ in halves)
    rows = sum(height for *_, height in halves) + 0.6
    plt.rcParams["font.size"] = 8  # four characters fit into a square; `style` ends this
    figure = plt.figure(figsize=(CELL * columns, CELL * rows), layout="none")
    ax = figure.add_axes((0, 0, 1, 1))
    ax.set(xlim=(0, columns), ylim=(rows, 0))
    ax.set_axis_off()
    limits = _limits(values, gradients)
    top = 0.2
    for places, _, height in halves:
        for name, (left, down) in places.items():
            for grid, mark, at, filled in (
                (values[name], "", FILLED_AT.get(name, 0), down[0]),
                (gradients[name], "d", GRADIENT_AT[name], down[1]),
            ):
                corner = (left, top + filled)
                _draw(ax, mark + name, grid, corner, limits[mark + name], step >= at)
        _draw_arrows(ax, places, values, top, step)
        top += height
    return figure


def _table(name, array):
    """Return an array as rows and columns: `flat` is a row, the scores and biases are columns."""
    array = np.asarray(array, dtype=float) + 0.0  # no −0
    if name == "loss":
        array = array.round(2)  # what fits into one square
    if array.ndim == 2:
        return array
    return array.reshape(1, -1) if name == "flat" else array.reshape(-1, 1)


def _half(row, values):
    """Return {name: (left, (top of the value, top of the gradient))}, the width and the height."""
    band = max(len(values[name]) for name in row) + TITLE
    left, places = 0.7, {}
    for name in row:
        places[name] = left, (0, band)
        left += values[name].shape[1] + GAP
    return places, left - GAP + 0.7, 2 * band + 0.4


def _limits(values, gradients):
    """Return the size at which each grid's colours are full: one for maps, one for gradients."""
    maps = max(np.abs(values[n]).max() for n in ("conv", "relu", "pool", "flat"))
    back = max(np.abs(g).max() for name, g in gradients.items() if name != "loss")
    limits = {name: maps if name in FILLED_AT else np.abs(a).max() for name, a in values.items()}
    limits["scores"] = np.abs(values["scores"]).max()
    limits |= {"d" + name: back for name in gradients}
    limits = {name: 1.5 * (limit or 1) for name, limit in limits.items()}
    return limits | {"x": None, "loss": WHITE, "dloss": WHITE}


def _draw(ax, name, grid, corner, limit, filled):
    """Draw one grid below its name, or the empty squares where its numbers will stand."""
    (left, top), (height, width) = corner, grid.shape
    top += TITLE
    columns, rows = ax.get_xlim()[1], ax.get_ylim()[0]
    bounds = left / columns, 1 - (top + height) / rows, width / columns, height / rows
    small = ax.figure.add_axes(bounds)
    shown = grid if filled else np.full(grid.shape, np.nan)
    draw_grid(small, shown, limit if filled else 1)
    small.set(xticks=[], yticks=[])
    backward = name.startswith("d")
    ax.text(
        left + width / 2, top - 0.2, name, ha="center", va="bottom", color=RED if backward else "k"
    )


def _draw_arrows(ax, places, values, top, step):
    """Draw arrows from map to map: forward between the values, backward between gradients."""
    chain = [n for n in ("x", "conv", "relu", "pool", "flat", "scores", "loss") if n in places]
    for here, there in pairwise(chain):
        start = places[there][0] - GAP + 0.35
        end = places[there][0] - 0.35
        if step >= FILLED_AT[there]:
            y = top + places[there][1][0] + TITLE + len(values[there]) / 2
            draw_arrow(ax, (start, y), (end, y), linewidth=1.5, shrink=0)
        if step >= GRADIENT_AT[here]:
            y = top + places[there][1][1] + TITLE + len(values[there]) / 2
            draw_arrow(ax, (end, y), (start, y), RED, linewidth=1.5, shrink=0)
