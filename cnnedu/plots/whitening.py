"""What whitening does to pairs of neighbouring pixels."""

import matplotlib.pyplot as plt
import numpy as np

from cnnedu.plots.diagrams import draw_arrow
from cnnedu.plots.style import BLUE, GREEN, RED, style


@style()
def show_whitening(pairs, filters):
    """Draw pairs of numbers before and after whitening, and the two filters that do it.

    Args:
        pairs: shape (N, 2), mean 0.
        filters: shape (2, 2), one per row; after = pairs · filtersᵀ.
    """
    pairs, filters = np.asarray(pairs, float), np.asarray(filters, float)
    deviations = 1 / np.linalg.norm(filters, axis=1)
    figure, (before, after) = plt.subplots(1, 2, figsize=(8.4, 4))
    before.plot(*pairs.T, ".", color=BLUE, markersize=3, alpha=0.5)
    for row, deviation, colour, name in zip(
        filters, deviations, (RED, GREEN), ("first", "second"), strict=True
    ):
        end = 3 * row * deviation**2  # three standard deviations along the filter's direction
        draw_arrow(before, (0, 0), end, colour, linewidth=2, mutation_scale=8)
        before.plot([], [], color=colour, label=f"{name}: deviation {deviation:.1f}")
    limit = 1.05 * np.abs(pairs).max()
    before.set(xlabel="pixel", ylabel="its right neighbour", title="before")
    figure.legend(*before.get_legend_handles_labels(), loc="outside lower center", ncols=2)
    after.plot(*(pairs @ filters.T).T, ".", color=BLUE, markersize=3, alpha=0.5)
    after.set(xlabel="along the first filter", ylabel="along the second", title="after")
    for ax, most in ((before, limit), (after, 1.05 * np.abs(pairs @ filters.T).max())):
        ax.set(xlim=(-most, most), ylim=(-most, most), aspect="equal")
        ax.grid(True)
    return figure
