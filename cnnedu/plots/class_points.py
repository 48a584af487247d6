"""How many of a class got none, some or all of each question's points."""

import matplotlib.pyplot as plt
import numpy as np

from cnnedu.plots.style import BESIDE, style

PARTS = ("none", "some", "all")


@style()
def show_class_points(points):
    """Draw a bar for each question: the shares of the class with none, some and all of its points.

    Args:
        points: {question: (most, points of each student graded so far)}.
    """
    figure, axes = plt.subplots(figsize=(7, 0.6 + 0.4 * len(points)))
    left = np.zeros(len(points))
    shares = 100 * np.array([_shares(most, given) for most, given in points.values()])
    for label, share in zip(PARTS, shares.reshape(-1, len(PARTS)).T, strict=True):
        axes.barh(list(points), share, left=left, label=label)
        left += share
    axes.invert_yaxis()
    axes.set(xlabel="share of the class in %", xlim=(0, 100))
    axes.legend(title="points", **BESIDE)
    return figure


def _shares(most, given):
    """Return the shares of students with none, some and all of the points."""
    given = np.asarray(given)
    if not given.size:
        return (0, 0, 0)
    none, full = given <= 0, (given >= most) & (given > 0)
    return (none.mean(), (~none & ~full).mean(), full.mean())
