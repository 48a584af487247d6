"""How good a classifier is: confusion matrix, spread of results, results by learning rate."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.ticker import FixedLocator, LogLocator, NullLocator, PercentFormatter

from cnnedu.plots.style import BESIDE, BLUE, COLOURS, DASHES, MARKS, style


@style()
def show_confusion(matrix, classes):
    """Draw a confusion matrix: right answers in grey, mistakes in blue, the more the darker.

    Args:
        matrix: counts, shape (K, K), row: right class, column: answer.
        classes: K names.
    """
    matrix = np.asarray(matrix)
    wrong = np.where(np.eye(len(matrix), dtype=bool), np.nan, matrix)
    figure, ax = plt.subplots(figsize=(0.62 * len(matrix) + 2.2, 0.5 * len(matrix) + 1.2))
    ax.set_facecolor("#dddddd")
    drawn = ax.imshow(wrong, cmap="Blues", vmin=0, aspect="auto")
    for (i, j), count in np.ndenumerate(matrix):
        dark = i != j and count > 0.6 * np.nanmax(wrong)
        ax.text(j, i, str(count), ha="center", va="center", color="w" if dark else "k")
    ax.set_xticks(range(len(classes)), classes, rotation=40, ha="right")
    ax.set_yticks(range(len(classes)), classes)
    ax.set(xlabel="what the network said", ylabel="what it is")
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    bar = figure.colorbar(drawn, ax=ax, pad=0.02)
    bar.set_label("mistakes (pictures)")
    return figure


@style()
def show_spread(groups, xlabel, errors=None):
    """Draw the single results of each group as dots in a row, and the mean of several as a bar.

    Args:
        groups: {name: results from 0 to 1}, the first on top.
        xlabel: what the results are, without the unit.
        errors: half the width of an error bar around each result, or None.
    """
    figure, ax = plt.subplots(figsize=(7, 0.36 * len(groups) + 1))
    for row, results in enumerate(groups.values()):
        places = np.full(len(results), row, float)
        ax.errorbar(results, places, xerr=errors, fmt="o", color=BLUE, alpha=0.8)
        if len(results) > 1:
            ax.plot(np.mean(results), row, "|", color="k", markersize=16, markeredgewidth=2)
    ax.set_yticks(range(len(groups)), groups)
    ax.set_ylim(len(groups) - 0.5, -0.5)
    ax.xaxis.set_major_formatter(lambda share, _: f"{100 * share:g}")
    ax.set(xlabel=f"{xlabel} (%)")
    ax.grid(True, axis="x")
    return figure


@style()
def show_growth(counts, curves, xlabel, ylabel):
    """Draw results against a count on a logarithmic axis: the mean and every single result.

    Args:
        counts: P whole numbers.
        curves: {name: P lists of results from 0 to 1, or P numbers}.
        xlabel, ylabel: what the axes hold; percent is added to the latter.
    """
    figure, ax = plt.subplots(figsize=(8, 3.4))
    for number, (name, results) in enumerate(curves.items()):
        colour, mark = COLOURS[number], MARKS[number]
        means = [np.mean(single) for single in results]
        ax.plot(counts, means, DASHES[number], marker=mark, color=colour, label=name, markersize=6)
        for count, single in zip(counts, results, strict=True):
            if np.size(single) > 1:
                ax.plot([count] * len(single), single, ".", color=colour, markersize=5)
    ax.set_xscale("log")
    ax.xaxis.set_major_locator(FixedLocator(counts))
    ax.xaxis.set_minor_locator(NullLocator())
    ax.set_xticklabels([f"{count:,}" for count in counts])
    ax.yaxis.set_major_formatter(PercentFormatter(xmax=1, decimals=0, symbol=""))
    ax.set(xlabel=xlabel, ylabel=f"{ylabel} (%)")
    ax.grid(True)
    ax.legend(**BESIDE)
    return figure


@style()
def show_rates(optimisers, ylabel):
    """Draw results against the learning rate, one panel for each optimiser.

    Args:
        optimisers: {title: {curve: {rate as text: results from 0 to 1}}}.
        ylabel: what the results are; percent is added.
    """
    figure, axes = plt.subplots(1, len(optimisers), figsize=(9, 3.8), sharey=True)
    for ax, (title, curves) in zip(axes, optimisers.items(), strict=True):
        for (name, row), colour, mark, dashes in zip(
            curves.items(), COLOURS, MARKS, DASHES, strict=False
        ):
            rates = [float(rate) for rate in row]
            means = [100 * np.mean(results) for results in row.values()]
            ax.plot(rates, means, marker=mark, color=colour, linestyle=dashes, label=name)
        ax.set(xscale="log", xlabel="learning rate", title=title)
        ax.xaxis.set_major_locator(LogLocator(numticks=20))
        ax.grid(True)
    axes[0].set_ylim(bottom=0)  # of both, once all is drawn
    axes[0].set_ylabel(f"{ylabel} (%)")
    handles, labels = axes[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=4, handlelength=3.5)
    return figure
