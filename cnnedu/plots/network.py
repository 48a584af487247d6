"""All of a network at once: some maps of every layer, and the answer."""

import matplotlib.pyplot as plt
import numpy as np

from cnnedu.plots.style import BLUE, SIGNED, in_steps, style

MAPS = 5  # of each layer
MAPS_OF_MANY = 2  # of each where the layers don't fit beside one another
MOST_ACROSS = 10  # layers


@style()
def show_network(picture, outputs, classes):
    """Draw a picture, the strongest maps of every layer with maps, and the likeliest classes.

    Args:
        picture: uint8 (H, W, 3).
        outputs: by the layer's name its output, shape (F, h, w) or (F,); the last are logits.
        classes: names of the outputs of the last layer.
    """
    layers = [(name, maps) for name, maps in outputs.items() if maps.ndim == 3]
    logits = list(outputs.values())[-1].ravel()
    probability = np.exp(logits - logits.max())
    probability /= probability.sum()
    bands = -(-len(layers) // MOST_ACROSS)  # of layers, one below the other
    maps_each = MAPS if bands == 1 else MAPS_OF_MANY
    columns = min(len(layers), MOST_ACROSS)
    width, height = 1.05 * (columns + 3.4), bands * (0.945 * maps_each + 0.67)
    figure = plt.figure(figsize=(width, height), layout="none")
    inch = np.array([1 / width, 1 / height] * 2)
    for k, (name, maps) in enumerate(layers):
        band, column = divmod(k, MOST_ACROSS)
        limit = np.abs(maps).max() or 1
        strongest = np.sort(np.argsort(-np.abs(maps).mean(axis=(1, 2)))[:maps_each])
        for row, index in enumerate(strongest):
            top = height - 0.4 - band * height / bands - 0.945 * row
            place = (1.05 * (column + 1.35), top - 0.9, 0.945, 0.89)
            ax = figure.add_axes(place * inch)
            ax.imshow(in_steps(maps[index] / limit), cmap=SIGNED, vmin=-1, vmax=1)
            ax.set_axis_off()
            if row == 0:
                shape = " × ".join(map(str, maps.shape))
                ax.set_title(f"{name}\n{shape}", fontsize=8)
    ax = figure.add_axes((0.1, height / 2 - 0.5, 1.15, 1) * inch)
    ax.imshow(picture)
    ax.set_axis_off()
    ax.set_title("picture", fontsize=8)
    order = np.argsort(-probability)[:5]
    place = (1.05 * (columns + 2.2), height / 2 - 1.08, 1.15, 2.16)
    ax = figure.add_axes(place * inch)
    names = [classes[k] for k in order]
    bars = ax.barh(names, 100 * probability[order], color=BLUE)
    ax.bar_label(bars, fmt="%.0f %%", padding=2, fontsize=8)
    ax.set(xlim=(0, 150), xticks=[])
    ax.tick_params(length=0, labelsize=8)
    ax.invert_yaxis()
    ax.spines[:].set_visible(False)
    return figure
