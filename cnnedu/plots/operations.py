"""Errors against the operations that training took."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.ticker import FixedLocator, NullLocator, PercentFormatter

from cnnedu.plots.style import style

TICKS = (0.04, 0.06, 0.08, 0.12, 0.2, 0.3)


@style()
def show_operations(published, copied, ours):
    """Draw the share of wrong answers against the operations in training, both logarithmic.

    A power law is a straight line there. The published networks' is continued, and drawn once
    more through the one that was also trained on the copy.

    Args:
        published: pairs (operations, wrong), shares from 0 to 1, of one author's networks.
        copied: share wrong of the first of them, trained and tested on the copy.
        ours: dict of such pairs by recipe, trained and tested on the copy.
    """
    figure, axes = plt.subplots(figsize=(7, 4))
    work, wrong = np.array(published).T
    slope, height = np.polyfit(np.log(work), np.log(wrong), 1)
    reach = np.array([min(pair[0] for pair in ours.values()) / 1.5, work.max() * 1.5])
    law = np.exp(height) * reach**slope
    axes.plot(reach, law, color="0.6", lw=1, zorder=0)
    axes.plot(work, wrong, "o", color="0.45", label="published: original pictures")
    axes.plot(reach, law * copied / wrong[0], "--", color="0.6", lw=1, zorder=0)
    axes.plot(work[0], copied, "s", color="0.45", label="the first of them: JPEG copy")
    for name, (operations, share) in ours.items():
        axes.plot(operations, share, "D", mec="black", label=f"{name}: JPEG copy")
    axes.set(xscale="log", yscale="log", xlim=reach, ylim=(TICKS[0] * 0.85, TICKS[-1] * 1.1))
    axes.set(xlabel="operations in training", ylabel="test pictures wrong (%)")
    axes.yaxis.set(
        major_locator=FixedLocator(TICKS),
        minor_locator=NullLocator(),
        major_formatter=PercentFormatter(xmax=1, decimals=0, symbol=""),
    )
    axes.grid(True)
    axes.legend(loc="upper right")
    return figure
