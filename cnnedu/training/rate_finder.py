"""The rate finder: raise the learning rate while training, and see where the loss falls fastest."""

import math

import numpy as np

SMOOTHING = 0.9


def rising(lowest, highest, steps):
    """Return learning rates that rise from `lowest` to `highest` by the same factor each step.

    >>> rising(0.01, 1, 3)
    [0.01, 0.1, 1.0]
    """
    return np.geomspace(lowest, highest, steps).tolist()


def smoothed(losses, smoothing=SMOOTHING):
    """Return the running mean of the losses, in which older steps count less and less.

    Equation
        mean ← smoothing · mean + (1 − smoothing) · loss,  from 0
        smooth = mean / (1 − smoothing^step)

    >>> smoothed([2.0, 2.0, 1.0], 0.5)
    array([2.        , 2.        , 1.42857143])
    """
    mean, found = 0.0, []
    for step, loss in enumerate(losses, start=1):
        mean = smoothing * mean + (1 - smoothing) * loss
        found.append(mean / (1 - smoothing**step))
    return np.array(found)


def steepest(rates, losses):
    """Return the rate at which the smoothed loss falls fastest against the rate's logarithm.

    Only what comes before the lowest smoothed loss counts.

    Source
        L. N. Smith, "Cyclical learning rates for training neural networks" (2017); the rule of the
        steepest point is that of the fastai library.

    >>> steepest([0.01, 0.1, 1.0, 10.0], [2.0, 2.0, 1.0, 9.0])
    0.1
    """
    smooth = smoothed(losses)
    if not math.isfinite(smooth[0]):
        raise ValueError("steepest: the first loss isn't finite: start at a lower rate")
    last = int(np.nanargmin(np.where(np.isfinite(smooth), smooth, np.nan)))
    falls = np.diff(smooth[: last + 1])
    return rates[int(falls.argmin())] if last else rates[0]
