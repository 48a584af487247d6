"""The reliability diagram: confidence against accuracy, and how many answers each bin holds."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.ticker import MaxNLocator

from cnnedu.plots.style import BLUE, GREY, RED, SKY, style


@style()
def show_reliability(count, confidence, accuracy, title=""):
    """Draw what `cnnedu.explain.reliability` returns.

    Args:
        count: answers in each bin, shape (B,).
        confidence: their mean confidence, 0 to 1, nan where there are none.
        accuracy: the share that is right, likewise.
        title: a line above.
    """
    edges = np.arange(len(count)) / len(count)
    width = 1 / len(count)
    figure, (left, right) = plt.subplots(1, 2, figsize=(8.4, 3.4))
    left.bar(edges, accuracy, width, align="edge", color=BLUE, edgecolor="white")
    gap = np.nan_to_num(confidence - accuracy)
    # A gap is drawn from the accuracy to the confidence: above the bar, or within it.
    for name, part, look in (
        ("too sure", gap > 0, {"color": RED, "alpha": 0.45}),
        ("not sure enough", gap < 0, {"facecolor": BLUE, "edgecolor": "white", "hatch": "////"}),
    ):
        middle = (edges + width / 2)[part]
        left.bar(middle, gap[part], 0.6 * width, accuracy[part], label=name, **look)
    left.plot([0, 1], [0, 1], color=GREY, linewidth=1.2)
    left.set(xlabel="confidence", ylabel="share that is right", xlim=(0, 1), ylim=(0, 1))
    left.legend()
    right.bar(edges, count, width, align="edge", color=SKY, edgecolor="white")
    right.set(xlabel="confidence", ylabel="answers", xlim=(0, 1))
    right.yaxis.set_major_locator(MaxNLocator(integer=True))
    figure.suptitle(title, fontsize=12)
    return figure
