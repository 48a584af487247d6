"""All of a network at once: some maps of every layer, and the answer."""

import matplotlib.pyplot as plt
import numpy as np

from cnnedu.plots.style import SIGNED, style

MAPS = 5  # of each layer
LEVELS = 16  # of colour on each side of zero: the PNG stays small


def show_network(picture, outputs, classes):
    """Draw a picture, the strongest maps of every layer with maps, and the likeliest classes.

    Args:
        picture: uint8 (H, W, 3).
        outputs: by the layer's name its output, shape (F, h, w) or (F,); the last are logits.
        classes: names of the outputs of the last layer.

    Returns:
        The matplotlib `Figure`.
    """
    layers = {name: maps for name, maps in outputs.items() if maps.ndim == 3}
    logits = list(outputs.values())[-1].ravel()
    probability = np.exp(logits - logits.max())
    probability /= probability.sum()
    with style():
        figure = plt.figure(figsize=(1.05 * (len(layers) + 3.4), 5.4), layout="none")
        columns = len(layers) + 3.4
        _picture(figure, (0.1 / columns, 0.42, 1.1 / columns, 0.2), picture)
        for k, (name, maps) in enumerate(layers.items()):
            limit = np.abs(maps).max() or 1
            strongest = np.sort(np.argsort(-np.abs(maps).mean(axis=(1, 2)))[:MAPS])
            for row, index in enumerate(strongest):
                place = ((k + 1.35) / columns, 0.76 - 0.175 * row, 0.9 / columns, 0.165)
                ax = figure.add_axes(place)
                steps = np.round(maps[index] / limit * LEVELS) / LEVELS
                ax.imshow(steps, cmap=SIGNED, vmin=-1, vmax=1)
                ax.set_axis_off()
                if row == 0:
                    shape = " × ".join(map(str, maps.shape))
                    ax.set_title(f"{name}\n{shape}", fontsize=8)
        order = np.argsort(-probability)[:5]
        ax = figure.add_axes(((len(layers) + 2.2) / columns, 0.3, 1.1 / columns, 0.4))
        names = [classes[k] for k in order]
        bars = ax.barh(names, 100 * probability[order], color="#0072B2")
        ax.bar_label(bars, fmt="%.0f %%", padding=2, fontsize=8)
        ax.set(xlim=(0, 150), xticks=[])
        ax.tick_params(length=0, labelsize=8)
        ax.invert_yaxis()
        ax.spines[:].set_visible(False)
    plt.close(figure)
    return figure


def _picture(figure, place, picture):
    ax = figure.add_axes(place)
    ax.imshow(picture)
    ax.set_axis_off()
    ax.set_title("picture", fontsize=8)
