"""Accuracy against the time it took."""

import matplotlib.pyplot as plt
from matplotlib.ticker import PercentFormatter

from cnnedu.plots.style import COLOURS, MARKS, style


@style()
def show_time_to_accuracy(runs):
    """Draw the validation accuracy of training runs against time, and their test accuracy.

    Args:
        runs: list of dicts: `recipe`, a name that gets a colour and a mark; `epochs`, a list of
            dicts with `seconds` since the start, `validation_accuracy` from 0 to 1, and in the
            last `test_accuracy`.
    """
    figure, axes = plt.subplots(figsize=(7, 4))
    names = list(dict.fromkeys(run["recipe"] for run in runs))
    for run in runs:
        colour, mark = (some[names.index(run["recipe"])] for some in (COLOURS, MARKS))
        seconds = [row["seconds"] for row in run["epochs"]]
        accuracy = [row["validation_accuracy"] for row in run["epochs"]]
        look = {"marker": mark, "color": colour, "alpha": 0.6, "label": run["recipe"]}
        axes.plot(seconds, accuracy, **look)
        axes.plot(seconds[-1], run["epochs"][-1]["test_accuracy"], "D", color=colour, mec="black")
    axes.plot([], [], "D", color="white", mec="black", label="test, read once")
    handles = dict(zip(*reversed(axes.get_legend_handles_labels()), strict=True))
    axes.legend(handles.values(), handles.keys(), loc="lower right")
    axes.set(xlabel="time (s)", ylabel="validation accuracy (%)", xlim=(0, None), ylim=(None, 1))
    axes.yaxis.set_major_formatter(PercentFormatter(xmax=1, decimals=0, symbol=""))
    axes.grid(True)
    return figure
