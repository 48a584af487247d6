"""All of a network at once: some maps of every layer, and the answer."""

import matplotlib.pyplot as plt
import numpy as np

from cnnedu.plots.style import BLUE, SIGNED, in_steps, style

MAPS = 5  # of each layer
MAPS_OF_MANY = 2  # of each where the layers don't fit beside one another
MOST_ACROSS = 10  # layers
COLUMN, ROW = 1.05, 1.03  # inches from one map to the next
SIDE = 0.86  # of a map, inches


@style()
def show_network(picture, outputs, classes, mixing):
    """Draw a picture, some maps of every layer with maps, and the likeliest classes.

    From one convolution to the next, each row shows what becomes of one map. Shown are those that
    are strongest where the next convolution reads them. Each layer has a range of colours of its
    own.

    Args:
        picture: uint8 (H, W, 3).
        outputs: by the layer's name its output, shape (F, h, w) or (F,); the last are logits.
        classes: names of the outputs of the last layer.
        mixing: names of the convolutions, whose maps are made of all the maps before.
    """
    layers = [(name, maps) for name, maps in outputs.items() if maps.ndim == 3]
    bands = -(-len(layers) // MOST_ACROSS)  # of layers, one below the other
    maps_each = MAPS if bands == 1 else MAPS_OF_MANY
    columns = min(len(layers), MOST_ACROSS)
    width, height = COLUMN * (columns + 3.4), bands * (ROW * maps_each + 0.75) + 0.25
    figure = plt.figure(figsize=(width, height), layout="none")
    inch = np.array([1 / width, 1 / height] * 2)
    rows = _rows(layers, mixing, maps_each)
    for k, (name, maps) in enumerate(layers):
        band, column = divmod(k, MOST_ACROSS)
        limit = np.abs(maps).max() or 1
        left, top = COLUMN * (column + 1.35), height - band * (height - 0.25) / bands
        shape = "×".join(map(str, maps.shape))
        middle = (left + COLUMN * 0.45) / width
        header = f"{name}\n{shape}\n±{limit:.2g}"
        figure.text(middle, (top - 0.05) / height, header, ha="center", va="top", fontsize=8)
        for row, index in enumerate(rows[name]):
            place = (left, top - 0.72 - SIDE - ROW * row, 0.945, SIDE)
            ax = figure.add_axes(place * inch)
            ax.imshow(in_steps(maps[index] / limit), cmap=SIGNED, vmin=-1, vmax=1)
            ax.set_axis_off()
            ax.set_title(f"map {index}", fontsize=7, pad=1.5)
    figure.text(
        *(0.5, 0.1 / height),
        "Blue below 0, red above. The colours are full at the number under each layer's name.",
        ha="center",
        fontsize=8,
    )
    ax = figure.add_axes((0.1, height / 2 - 0.5, 1.15, 1) * inch)
    ax.imshow(picture)
    ax.set_axis_off()
    ax.set_title("picture", fontsize=8)
    place = (COLUMN * (columns + 2.2), height / 2 - 1.08, 1.15, 2.16)
    _draw_answer(figure.add_axes(place * inch), list(outputs.values())[-1].ravel(), classes)
    return figure


def _rows(layers, mixing, count):
    """Return {layer: the numbers of its maps to draw}, alike from one convolution to the next."""
    groups = []
    for name, maps in layers:
        if not groups or name in mixing or len(groups[-1][-1][1]) != len(maps):
            groups.append([])
        groups[-1].append((name, maps))
    rows = {}
    for group in groups:
        strength = np.abs(group[-1][1]).mean(axis=(1, 2))
        rows |= dict.fromkeys((name for name, _ in group), np.sort(np.argsort(-strength)[:count]))
    return rows


def _draw_answer(ax, logits, classes):
    """Draw the probabilities of the five likeliest classes as bars."""
    probability = np.exp(logits - logits.max())
    probability /= probability.sum()
    order = np.argsort(-probability)[:5]
    bars = ax.barh([classes[k] for k in order], 100 * probability[order], color=BLUE)
    ax.bar_label(bars, fmt="%.0f %%", padding=2, fontsize=8)
    ax.set(xlim=(0, 150), xticks=[])
    ax.tick_params(length=0, labelsize=8)
    ax.invert_yaxis()
    ax.spines[:].set_visible(False)
