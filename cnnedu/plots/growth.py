"""How costs grow with a size: points on logarithmic axes, and the exponent of each line."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.ticker import EngFormatter

from cnnedu.plots.style import COLOURS, GREY, MARKS, style

# By how a cost's name begins: its panel's title, the label of x, and the unit of y.
PANELS = {
    "batch": ("Training step: batch", "pictures in a batch", "processor seconds"),
    "picture": ("Training step: picture", "width of the pictures (pixels)", "processor seconds"),
    "classes": ("Training step: classes", "classes", "processor seconds"),
    "submissions": ("Grading", "submissions", "processor seconds"),
    "site, time": ("Building the site", "pages", "processor seconds"),
    "site, MB": ("The site's pages", "pages", "MB of HTML"),
}
LABELS = {"submissions": "all of them", "gradebook": "10 more beside them", "site": "all"}


def exponent(sizes, figures):
    r"""Fit :math:`y = c x^k` to the upper half of the sizes, at least three; return (k, its error).

    The straight line :math:`\log y = \log c + k \log x` is fitted by least squares. The standard
    error of k is that of a straight line's slope; it is 0 if the points lie on the line.

    Args:
        sizes: three or more different numbers above 0, in growing order.
        figures: what was measured at each, above 0.

    >>> k, error = exponent([1, 2, 4, 8], [9, 8, 32, 128])
    >>> round(k, 6), round(error, 6)
    (2.0, 0.0)
    """
    x, y = (np.log(values)[-_fitted(sizes) :] for values in (sizes, figures))
    slope, height = np.polyfit(x, y, 1)
    left = y - (slope * x + height)
    error = np.sqrt((left**2).sum() / (len(x) - 2) / ((x - x.mean()) ** 2).sum())
    return float(slope), float(error)


def _fitted(sizes):
    """Return how many of the largest sizes the line is fitted to."""
    return max(3, (len(sizes) + 1) // 2)


@style()
def show_growth(rows):
    """Draw a panel for each kind of cost, with the fitted lines and their exponents.

    Args:
        rows: list of dicts: `cost`, a name that begins with one of those in `PANELS`, or is
            "gradebook"; `sizes` and `figures`, what was measured at each size.
    """
    panels = {name: [row for row in rows if row["cost"].startswith(name)] for name in PANELS}
    panels["submissions"] += [row for row in rows if row["cost"] == "gradebook"]
    panels = {name: some for name, some in panels.items() if some}
    down = (len(panels) + 1) // 2
    figure, grid = plt.subplots(down, 2, figsize=(7.9, 2.9 * down), squeeze=False)
    for axes in grid.flat[len(panels) :]:
        axes.set_visible(False)
    for axes, (name, some) in zip(grid.flat, panels.items(), strict=False):
        title, counted, unit = PANELS[name]
        axes.set(title=title, xlabel=counted, ylabel=unit, xscale="log", yscale="log")
        axes.minorticks_off()
        axes.xaxis.set_major_formatter(EngFormatter(sep=""))  # 10k, 1M
        axes.yaxis.set_major_formatter("{x:,.10g}")
        axes.grid(True)
        for row, colour, mark in zip(some, COLOURS, MARKS, strict=False):
            _draw(axes, row, colour, mark)
        low, high = axes.get_ylim()
        axes.set_ylim(low, high * (high / low) ** 0.55)  # room for the key
        axes.legend(loc="upper left", title="exponent", alignment="left", borderpad=0)
    return figure


def _draw(axes, row, colour, mark):
    """Draw one cost and its fitted line, labelled with its exponent."""
    sizes, figures = np.asarray(row["sizes"], float), np.asarray(row["figures"], float)
    slope, error = exponent(sizes, figures)
    kind = LABELS.get(row["cost"].partition(", ")[0], row["cost"].rpartition(", ")[2])
    label = f"{slope:.2f} ± {error:.2f}, {kind}"
    axes.plot(sizes, figures, mark, color=colour, label=label)
    x = sizes[-_fitted(sizes) :]
    middle = np.exp(np.log(figures[-len(x) :]).mean() - slope * np.log(x).mean())
    axes.plot(x, middle * x**slope, "-", color=colour)
    axes.plot(sizes, middle * sizes**slope, ":", color=GREY, linewidth=1)
