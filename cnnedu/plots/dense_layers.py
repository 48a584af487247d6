"""Why not dense layers: their matrices, cut and tied, and what the assumptions are worth."""

import matplotlib.pyplot as plt
import numpy as np

from cnnedu.plots.grids import draw_grid, frame
from cnnedu.plots.style import BLUE, GREY, LIGHT, RED, SIGNED, style


@style()
def show_matrices(matrices, titles, rows="output, row by row", columns="pixel, row by row"):
    """Draw weight matrices: one row per output, one column per input.

    Args:
        matrices: list of arrays of one shape (outputs, inputs); they share the colours.
        titles: one text above each.
        rows, columns: what the rows and columns stand for.
    """
    limit = max(np.abs(matrix).max() for matrix in matrices)
    height, width = matrices[0].shape
    inches = 9.6 / len(matrices)
    size = (9.6, inches * height / width + 1.3)
    figure, axes = plt.subplots(1, len(matrices), figsize=size, sharey=True, squeeze=False)
    for ax, matrix, title in zip(axes[0], matrices, titles, strict=True):
        drawn = ax.imshow(matrix, cmap=SIGNED, vmin=-limit, vmax=limit)
        ax.set(title=title, xlabel=columns)
    axes[0, 0].set_ylabel(rows)
    figure.colorbar(drawn, ax=axes[0], label="weight", shrink=0.75, pad=0.02)
    return figure


@style()
def show_similarity(distances, curves):
    """Draw how alike two pixels are, against how far apart they lie.

    Args:
        distances: pixels.
        curves: {name: correlation coefficients, one for each distance}.
    """
    figure, ax = plt.subplots(figsize=(7.6, 3.6))
    for (name, values), line in zip(curves.items(), ["-", "--", "-.", ":", "-"], strict=False):
        ax.plot(distances, values, line, label=name)
    ax.axhline(0, color=GREY, linewidth=0.8)
    ax.set(xlabel="distance between two pixels in a row, pixels", xlim=(0, max(distances)))
    ax.set_ylabel("correlation coefficient")
    ax.legend()
    return figure


@style()
def show_accuracies(panels, xlabel):
    """Draw the results of runs, one dot each, with their mean and its standard error.

    Args:
        panels: {title: {row: {series: results in %, one for each run}}}, side by side; the same
            rows, and one or two series, in all of them.
        xlabel: what the results are.
    """
    figure, axes = plt.subplots(1, len(panels), figsize=(9.2, 3.3), sharey=True)
    for ax, (title, rows) in zip(axes, panels.items(), strict=True):
        for row, all_series in enumerate(rows.values()):
            shifts = [-0.16, 0.16] if len(all_series) > 1 else [0]
            looks = zip(all_series.items(), [BLUE, RED], "os", shifts, strict=False)
            for (name, results), colour, mark, shift in looks:
                mean, error = np.mean(results), np.std(results, ddof=1) / np.sqrt(len(results))
                places = np.full(len(results), row + shift)
                ax.plot(results, places, mark, color=colour, alpha=0.22, markersize=4)
                look = {"fmt": mark, "color": colour, "markersize": 7, "capsize": 4}
                label = name if row == 0 else None
                ax.errorbar(mean, row + shift, xerr=error, label=label, **look)
        ax.set(title=title, xlabel=xlabel)
        ax.grid(True, axis="x")
    axes[0].set_yticks(range(len(rows)), rows)
    axes[0].set_ylim(len(rows) - 0.5, -0.5)
    figure.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=2)
    return figure


@style()
def show_cut_and_tied(picture, matrix, kept, position, reach, counts):
    """Draw a layer's matrix, and below it one output's weights, its pixels and all outputs.

    Args:
        picture: (H, W).
        matrix: (outputs, pixels), one output for each 3×3 window.
        kept: booleans of that shape, False where the connection was cut: drawn grey.
        position: (row, column) of the output whose row is framed.
        reach: how far from the middle of its window an output looks, in pixels.
        counts: what it costs, in words.
    """
    height, width = picture.shape
    outputs = height - 2, width - 2
    number = position[0] * outputs[1] + position[1]
    limit = max(np.abs(matrix).max(), 1)
    figure = plt.figure(figsize=(7.6, 7.2))
    above, below = figure.subfigures(2, 1, height_ratios=[1.25, 1])
    ax = above.subplots()
    ax.set_facecolor(LIGHT)
    ax.imshow(np.ma.masked_array(matrix, ~kept), cmap=SIGNED, vmin=-limit, vmax=limit)
    frame(ax, (number - 0.5, -0.5), (1, width * height), clip_on=False, linewidth=2)
    ax.set(title=counts, xlabel="pixel, row by row", ylabel="output, row by row")
    axes = below.subplots(1, 3, width_ratios=[width, width, outputs[1]])
    weights = np.where(kept, matrix, np.nan)[number].reshape(height, width)
    out = (matrix @ picture.ravel()).reshape(outputs)
    axes[0].set_facecolor(LIGHT)
    draw_grid(axes[0], weights, limit)
    draw_grid(axes[1], picture)
    draw_grid(axes[2], out, np.abs(out).max() or 1)
    middle = np.add(position, 1)
    low = np.maximum(middle - reach, 0)
    high = np.minimum(middle + reach + 1, picture.shape)
    for ax in axes[:2]:
        frame(ax, low, high - low)
    frame(axes[2], position, (1, 1))
    names = [f"weights of output {tuple(position)}", "picture", "all outputs"]
    for ax, name in zip(axes, names, strict=True):
        ax.set_title(name)
        ax.set(xticks=[], yticks=[])
    return figure
