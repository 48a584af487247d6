"""How two trainings that began alike drift apart."""

import matplotlib.pyplot as plt
import numpy as np

from cnnedu.plots.style import BESIDE, DASHES, style


@style()
def show_weight_difference(curves):
    """Draw the largest difference between the weights of two trainings, step by step.

    Args:
        curves: {name: one difference per step}; a difference of 0 has no place on the
            logarithmic axis and is left out.
    """
    figure, ax = plt.subplots(figsize=(7.6, 3.4))
    for (name, differences), dash in zip(curves.items(), DASHES, strict=False):
        differences = np.asarray(differences, dtype=float)
        steps = np.arange(1, len(differences) + 1)
        shown = np.where(differences > 0, differences, np.nan)
        ax.semilogy(steps, shown, linestyle=dash, label=name)
    ax.set(xlabel="step", ylabel="largest difference in any weight")
    ax.grid(True)
    ax.legend(**BESIDE)
    return figure
