"""A stack of layers as blocks drawn to scale, and what each layer costs."""

import math

import matplotlib.pyplot as plt
from matplotlib.patches import Rectangle

from cnnedu.models.accounting import totals
from cnnedu.models.descriptions import BatchNorm, Elementwise
from cnnedu.plots.diagrams import draw_box
from cnnedu.plots.style import GREY, LIGHT, style

FILLS = {
    "Input": "#c6cad3",
    "Conv": "#8fc1e3",
    "Pool": "#8fd3ba",
    "GlobalPool": "#8fd3ba",
    "Flatten": "#e3d18f",
    "Dense": "#dba9c6",
}
SHEET = "#e4e6eb"
FACES = ("top", "side", "front")
DEPTH = (0.22, 0.18)  # how far one column goes to the right and up
# In inches: of the whole, of the blocks, of a vector's thickness, of a line of the table.
WIDTH, TALLEST, BAR, ROW = 7.2, 1.3, 0.12, 0.23
MOST_LINES = 30
BASE = 0.3  # what the blocks stand on, above the table


@style()
def show_ledger(layers, rows, input_shape, problem=""):
    """Draw a stack as blocks, and below it one line for each layer, with the colour of its block.

    In a stack of more than 30 layers, a layer that changes no shape shares the line before it.

    Height and depth of a block are its rows and columns, its thickness is √channels, each to
    one scale; a vector's height is √length. A thin sheet changes no shape.

    Args:
        layers: list of descriptions; those beyond `rows` don't fit.
        rows: their ledger, from `cnnedu.models.accounting.ledger`.
        input_shape: (C, H, W).
        problem: one line that says why the next layer doesn't fit, or "".
    """
    kinds = [
        "" if isinstance(layer, (Elementwise, BatchNorm)) else type(layer).__name__
        for layer in layers[: len(rows)]
    ]
    table = _table(rows, kinds, input_shape)
    above = BASE + (1 + DEPTH[1]) * TALLEST + 0.1
    below = ROW * (len(table) + bool(problem)) + 0.1
    figure = plt.figure(figsize=(WIDTH + 0.4, above + below), layout="none")
    ax = figure.add_axes((0, 0, 1, 1))
    ax.set(xlim=(-0.2, WIDTH + 0.2), ylim=(-below, above))
    ax.axis("off")
    shapes = [input_shape, *(row.output for row in rows)]
    _draw_blocks(ax, list(zip(shapes, ["Input", *kinds], strict=True)))
    _write_table(ax, table, problem)
    return figure


def _draw_blocks(ax, blocks):
    """Draw the input and every layer, each (shape, kind), from left to right."""
    pixel = TALLEST / max(blocks[0][0][1:])
    vectors = [shape[0] for shape, _ in blocks if len(shape) == 1]
    gap = min(0.12, 0.45 * WIDTH / len(blocks))
    units = sum(math.sqrt(shape[0]) for shape, kind in blocks if kind and len(shape) == 3)
    room = WIDTH - 0.4 - gap * len(blocks) - BAR * len(vectors)
    channel = min(0.09, room / units)
    x, labels = 0.0, []
    for shape, kind in blocks:
        if len(shape) == 3:
            thickness = max(0.01, channel * math.sqrt(shape[0]))
            tall, columns = pixel * shape[1], pixel * shape[2]
        else:
            thickness, columns = BAR, 0
            tall = TALLEST * math.sqrt(shape[0] / max(vectors))
        thickness = thickness if kind else 0.015
        slant = DEPTH[0] * columns, DEPTH[1] * columns
        look = {"fills": dict.fromkeys(FACES, FILLS.get(kind, SHEET)), "edgecolor": GREY}
        draw_box(ax, (x, BASE), (thickness, max(tall, 0.01)), slant, linewidth=0.4, **look)
        if kind:
            text = "×".join(f"{size:,}" for size in shape)
            half = 0.039 * len(text)
            middle = max(x + thickness / 2, half)
            labels.append((kind != "Flatten", middle - half, middle + half, text))
        x += thickness + gap
    _write_labels(ax, labels)


def _write_labels(ax, labels):
    """Write the labels (rank, left, right, text) that have room, those of lower rank first."""
    kept = []
    for _, left, right, text in sorted(labels):
        if all(left >= end or right <= start for start, end in kept):
            kept.append((left, right))
            middle, y = (left + right) / 2, BASE - 0.13
            ax.text(middle, y, text, ha="center", va="center", fontsize=8, color=GREY)


def _table(rows, kinds, input_shape):
    """Return the lines of the table, each (kind of block or None, texts of its six columns)."""
    groups = []  # the layers of each line, with their numbers
    for number, (row, kind) in enumerate(zip(rows, kinds, strict=True), start=1):
        if groups and not kind and len(rows) > MOST_LINES:
            groups[-1].append((number, row, kind))
        else:
            groups.append([(number, row, kind)])
    lines = [(None, ["", "layer", "output", "parameters", "multiply-adds", "memory"])]
    lines.append(("Input", ["", "input", _times(input_shape), "", "", ""]))
    for group in groups:
        numbers, layers, group_kinds = zip(*group, strict=True)
        number = "–".join(map(str, dict.fromkeys((numbers[0], numbers[-1]))))
        names = ", ".join(row.name for row in layers)
        figures = _numbers(totals(layers))
        lines.append((group_kinds[0], [number, names, _times(layers[0].output), *figures]))
    return [*lines, (None, ["", "total", "", *_numbers(totals(rows))])]


def _write_table(ax, table, problem):
    """Write the lines below the blocks; a square before each layer's name has its colour."""
    columns = [0.3, 0.65, 2.9, 4.3, 5.9, WIDTH]
    sides = ["right", "left", *["right"] * 4]
    for number, (kind, line) in enumerate(table):
        y = -ROW * (number + 0.5)
        weight = "bold" if kind is None else "normal"
        for x, text, side in zip(columns, line, sides, strict=True):
            ax.text(x, y, text, ha=side, va="center", fontsize=9, fontweight=weight)
        if kind is not None:
            look = {"facecolor": FILLS.get(kind, SHEET), "edgecolor": GREY, "linewidth": 0.4}
            ax.add_patch(Rectangle((0.4, y - 0.06), 0.14 if kind else 0.03, 0.13, **look))
    ax.plot([0, WIDTH], [-ROW, -ROW], color=LIGHT, linewidth=0.8)
    if problem:
        y = -ROW * (len(table) + 0.5)
        ax.text(0, y, problem, va="center", fontsize=8, color="#a8321f")


def _times(shape):
    return " × ".join(f"{size:,}" for size in shape)


def _numbers(sums):
    """Return parameters, multiply-adds and memory as text."""
    count, adds, size = sums.values()
    memory = f"{size} B"
    for scale, unit in ((1e3, "kB"), (1e6, "MB")):
        if size >= scale:
            memory = f"{size / scale:.3g} {unit}"
    return f"{count:,}", f"{adds:,}", memory
