"""Curves over one axis."""

import matplotlib.pyplot as plt

from cnnedu.plots.style import style

DASHES = ["-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1))]  # told apart without colour, too


def show_lines(x, curves, xlabel, ylabel, title="", ylim=None, marker=""):
    """Draw several curves over the same x.

    Args:
        x: positions, shape (P,).
        curves: {name: P values}.
        xlabel, ylabel: what the axes hold, with units.
        title: one line above.
        ylim: (lowest, highest) value shown; by default what the curves need.
        marker: matplotlib's sign for the single points, "" for none.

    Returns:
        The matplotlib `Figure`.
    """
    with style():
        figure, ax = plt.subplots(figsize=(8, 3.2))
        for number, (name, values) in enumerate(curves.items()):
            dash = DASHES[number % len(DASHES)]
            ax.plot(x, values, linestyle=dash, marker=marker, markersize=5, label=name)
        ax.set(xlabel=xlabel, ylabel=ylabel, title=title, ylim=ylim)
        ax.grid(True)
        ax.legend(loc="upper left", bbox_to_anchor=(1, 1))
    plt.close(figure)
    return figure
