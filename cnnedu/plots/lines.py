"""Curves over one axis."""

from itertools import cycle

import matplotlib.pyplot as plt
from matplotlib.ticker import LogFormatterMathtext, LogLocator, MaxNLocator, NullFormatter

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
def show_log_lines(x, curves, xlabel, ylabel, title="", marker=""):
    """Draw several curves whose values span powers of ten.

    Args:
        x: positions, shape (P,).
        curves: {name: P values above 0; others leave a gap}.
        xlabel, ylabel: what the axes hold, with units.
        title: one line above.
        marker: matplotlib's sign for each point, "" for none.
    """
    labels = {"xlabel": xlabel, "ylabel": ylabel, "title": title}
    figure, ax = _draw((8.4, 3.4), x, curves, marker, yscale="log", **labels)
    _plain_ticks(ax.yaxis, ax.get_ylim())
    return figure


@style()
def show_prediction(x, curves, xlabel, ylabel, ylim, logx=False):
    """Draw the axes in which readers draw what they expect, and the curves known so far.

    Args:
        x: positions, shape (P,).
        curves: {name: P values; nan leaves a gap}; none at first.
        xlabel, ylabel: what the axes hold, with units.
        ylim: (lowest, highest) value shown.
        logx: whether the positions span powers of ten.
    """
    labels = {"xlabel": xlabel, "ylabel": ylabel}
    title = "Draw what you expect, then reveal what was measured"
    figure, ax = _draw((7.6, 3.2), x, curves, "", title=title, ylim=ylim, **labels)
    ax.set_xlim(x[0], x[-1])
    if logx:
        ax.set_xscale("log")
        _plain_ticks(ax.xaxis, ax.get_xlim())
    elif all(float(position).is_integer() for position in x):
        ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    return figure


def _draw(size, x, curves, marker, **settings):
    """Return a figure of `size` inches and its axes with the curves in it."""
    figure, ax = plt.subplots(figsize=size)
    for (name, values), dash in zip(curves.items(), cycle(DASHES), strict=False):
        ax.plot(x, values, linestyle=dash, marker=marker, markersize=5, label=name)
    ax.set(**settings)
    ax.grid(True)
    if curves:
        ax.legend(**BESIDE)
    return figure, ax


def _plain_ticks(axis, limits):
    """Write 0.2 and 1000 along a logarithmic axis; 1, 2 and 5 of each decade if they are few.

    Numbers below 0.0001 would need too many digits: then all are written as powers of ten.
    """
    few = limits[1] / limits[0] < 500
    plain = limits[0] > 5e-5
    axis.set_major_formatter((lambda value, _: f"{value:g}") if plain else LogFormatterMathtext())
    axis.set_minor_locator(LogLocator(subs=(2, 5) if few else range(2, 10)))
    axis.set_minor_formatter((lambda value, _: f"{value:g}") if few else NullFormatter())
