"""How two trainings that began alike come apart."""

import matplotlib.pyplot as plt
import numpy as np

from cnnedu.plots.lines import DASHES
from cnnedu.plots.style import style


def show_weight_difference(curves):
    """Draw the largest difference between the weights of two trainings, step by step.

    Args:
        curves: {name: one difference per step}; a difference of 0 has no place on the
            logarithmic axis and is left out.

    Returns:
        The matplotlib `Figure`.
    """
    with style():
        figure, ax = plt.subplots(figsize=(7.6, 3.4))
        for (name, differences), dash in zip(curves.items(), DASHES, strict=False):
            differences = np.asarray(differences, dtype=float)
            steps = np.arange(1, len(differences) + 1)
            shown = np.where(differences > 0, differences, np.nan)
            ax.semilogy(steps, shown, linestyle=dash, label=name)
        ax.set(xlabel="step", ylabel="largest difference of a weight")
        ax.grid(True)
        ax.legend(loc="upper left", bbox_to_anchor=(1, 1))
    plt.close(figure)
    return figure
