"""What whitening does to pairs of neighbouring pixels."""

import matplotlib.pyplot as plt
import numpy as np

from cnnedu.plots.style import style

COLOURS = ["#D55E00", "#009E73"]


def show_whitening(pairs, filters):
    """Draw pairs of numbers before and after whitening, and the two filters that do it.

    Args:
        pairs: shape (N, 2), mean 0.
        filters: shape (2, 2), one per row; after = pairs · filtersᵀ.

    Returns:
        The matplotlib `Figure`.
    """
    pairs, filters = np.asarray(pairs, float), np.asarray(filters, float)
    deviations = 1 / np.linalg.norm(filters, axis=1)
    with style():
        figure, (before, after) = plt.subplots(1, 2, figsize=(8.4, 4))
        before.plot(*pairs.T, ".", color="#0072B2", markersize=3, alpha=0.5)
        for row, deviation, colour, name in zip(
            filters, deviations, COLOURS, ("first", "second"), strict=True
        ):
            end = 2 * row * deviation**2  # two standard deviations along the filter's direction
            before.annotate(
                "",
                end,
                (0, 0),
                arrowprops={
                    "arrowstyle": "-|>",
                    "color": colour,
                    "linewidth": 2,
                    "mutation_scale": 8,
                    "shrinkA": 0,
                    "shrinkB": 0,
                },
            )
            before.plot([], [], color=colour, label=f"{name}: deviation {deviation:.1f}")
        limit = 1.05 * np.abs(pairs).max()
        before.set(xlabel="pixel", ylabel="its right neighbour", title="before")
        before.legend(loc="upper left")
        after.plot(*(pairs @ filters.T).T, ".", color="#0072B2", markersize=3, alpha=0.5)
        after.set(xlabel="along the first filter", ylabel="along the second", title="after")
        for ax, most in ((before, limit), (after, 1.05 * np.abs(pairs @ filters.T).max())):
            ax.set(xlim=(-most, most), ylim=(-most, most), aspect="equal")
            ax.grid(True)
    plt.close(figure)
    return figure
