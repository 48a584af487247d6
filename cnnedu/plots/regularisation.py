"""Remedies for over-fitting: an ablation, and weights that shrink."""

import matplotlib.pyplot as plt
import numpy as np

from cnnedu.plots.style import BESIDE, BLUE, style


@style()
def show_ablation(groups, xlabel):
    """Draw each group's results, their mean and its standard error, and compare with the first.

    Args:
        groups: {name: results from 0 to 1, two or more}; the others are compared with
            the first, which is on top.
        xlabel: what the results are, without the unit.
    """
    figure, ax = plt.subplots(figsize=(8, 0.34 * len(groups) + 1.1))
    for row, results in enumerate(groups.values()):
        results = 100 * np.array(results)
        error = results.std(ddof=1) / np.sqrt(len(results))
        if row == 0:
            ax.axvspan(results.mean() - error, results.mean() + error, color="#e4e4e4")
            ax.axvline(results.mean(), color="#888888", linewidth=1)
        ax.plot(results, np.full(len(results), row), "o", color=BLUE, alpha=0.45)
        ax.errorbar(results.mean(), row, xerr=error, fmt="|", color="k", markersize=14, capsize=4)
    ax.set_yticks(range(len(groups)), groups)
    ax.set_ylim(len(groups) - 0.5, -0.5)
    ax.set(xlabel=f"{xlabel} (%)")
    ax.grid(True, axis="x")
    return figure


@style()
def show_shrinking(paths, ylabel):
    """Draw numbers that change from step to step.

    Args:
        paths: {name: values, the first before step 1}, three at most.
        ylabel: what the values are.
    """
    figure, ax = plt.subplots(figsize=(7, 2.8))
    for (name, values), dash in zip(paths.items(), ("-", "--", ":"), strict=False):
        ax.plot(values, linestyle=dash, label=name)
    ax.set(xlabel="step", ylabel=ylabel)
    ax.set_ylim(bottom=0)
    ax.grid(True)
    ax.legend(**BESIDE)
    return figure
