"""Errors against the operations that training took."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.ticker import FixedLocator, NullLocator, PercentFormatter

from cnnedu.plots.style import BESIDE, MARKS, style

TICKS = (0.04, 0.06, 0.08, 0.12, 0.2, 0.3)


@style()
def show_operations(published, copied, ours):
    """Draw the share of wrong answers against the operations in training, both logarithmic.

    A power law is a straight line there. The published networks' is continued, dotted, and drawn
    once more as if the copy cost them all what it cost the one that was trained on it.

    Args:
        published: pairs (operations, wrong), shares from 0 to 1, of one author's networks.
        copied: share wrong of the first of them, trained and tested on the copy.
        ours: dict of such pairs by recipe, three at most, trained and tested on the copy.
    """
    figure, axes = plt.subplots(figsize=(9.6, 4))
    work, wrong = np.array(published).T
    slope, height = np.polyfit(np.log(work), np.log(wrong), 1)
    reach = np.array([min(pair[0] for pair in ours.values()) / 1.5, work.max() * 1.5])
    inside = np.array([work.min(), work.max()])
    factor = copied / wrong[0]

    def draw_law(span, times, dash, label):
        law = times * np.exp(height) * span**slope
        axes.plot(span, law, dash, color="0.5", lw=1.2, zorder=0, label=label)

    axes.plot(work, wrong, "o", color="0.45", label="published: original pictures")
    draw_law(inside, 1, "-", "power law fitted to them")
    axes.plot(work[0], copied, "s", color="0.45", label="the first of them: JPEG copy")
    draw_law(inside, factor, "--", f"the law × {factor:.2f}")
    draw_law(reach, 1, ":", "continued")
    draw_law(reach, factor, ":", None)
    for mark, (name, (operations, share)) in zip(MARKS[2:], ours.items(), strict=False):
        axes.plot(operations, share, mark, ms=8, mec="black", label=f"{name}: JPEG copy")
    axes.set(xscale="log", yscale="log", xlim=reach, ylim=(TICKS[0] * 0.85, TICKS[-1] * 1.1))
    axes.set(xlabel="operations in training", ylabel="test pictures wrong (%)")
    axes.yaxis.set(
        major_locator=FixedLocator(TICKS),
        minor_locator=NullLocator(),
        major_formatter=PercentFormatter(xmax=1, decimals=0, symbol=""),
    )
    axes.grid(True)
    axes.legend(**BESIDE)
    return figure
