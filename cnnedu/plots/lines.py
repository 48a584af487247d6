"""Curves over one axis."""

from itertools import cycle

import matplotlib.pyplot as plt
from matplotlib.ticker import LogLocator, NullFormatter

from cnnedu.plots.style import BESIDE, DASHES, style


@style()
def show_lines(x, curves, xlabel, ylabel, title="", ylim=None, marker=""):
    """Draw several curves over the same x.

    Args:
        x: positions, shape (P,).
        curves: {name: P values}.
        xlabel, ylabel: what the axes hold, with units.
        title: one line above.
        ylim: (lowest, highest) value shown; by default, what the curves need.
        marker: matplotlib's sign for each point, "" for none.
    """
    labels = {"xlabel": xlabel, "ylabel": ylabel, "title": title}
    figure, _ = _draw((8, 3.2), x, curves, marker, ylim=ylim, **labels)
    return figure


@style()
def show_log_lines(x, curves, xlabel, ylabel, title="", marker="", ylim=None, logx=False):
    """Draw several curves whose values span powers of ten.

    Args:
        x: positions, shape (P,).
        curves: {name: P values above 0; others leave a gap}.
        xlabel, ylabel: what the axes hold, with units.
        title: one line above.
        marker: matplotlib's sign for each point, "" for none.
        ylim: (lowest, highest) value shown; by default, what the curves need.
        logx: whether the positions span powers of ten, too.
    """
    labels = {"xlabel": xlabel, "ylabel": ylabel, "title": title}
    figure, ax = _draw((8.4, 3.4), x, curves, marker, yscale="log", ylim=ylim, **labels)
    _plain_ticks(ax.yaxis, ax.get_ylim())
    if logx:
        ax.set_xscale("log")
        _plain_ticks(ax.xaxis, ax.get_xlim())
    return figure


def _draw(size, x, curves, marker, **settings):
    """Return a figure of `size` inches and its axes with the curves in it."""
    figure, ax = plt.subplots(figsize=size)
    for (name, values), dash in zip(curves.items(), cycle(DASHES), strict=False):
        ax.plot(x, values, linestyle=dash, marker=marker, markersize=5, label=name)
    ax.set(**settings)
    ax.grid(True)
    ax.legend(**BESIDE)
    return figure, ax


def _plain_ticks(axis, limits):
    """Write 0.2 and 1000 along a logarithmic axis; 1, 2 and 5 of each decade if they are few."""
    few = limits[1] / limits[0] < 500
    axis.set_major_formatter(lambda value, _: f"{value:g}")
    axis.set_minor_locator(LogLocator(subs=(2, 5) if few else range(2, 10)))
    axis.set_minor_formatter((lambda value, _: f"{value:g}") if few else NullFormatter())
