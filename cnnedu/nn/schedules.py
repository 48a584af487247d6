"""Schedules: functions that return the learning rate for step 0, 1, 2, …"""

import math


def cosine(lr, steps, lr_min=0.0):
    """Fall from `lr` to `lr_min` along half a cosine wave, and stay there.

    Equation
        lr(t) = lr_min + ½ · (lr − lr_min) · (1 + cos(π · t / steps))

    Source
        Loshchilov, Hutter, "SGDR: stochastic gradient descent with warm restarts" (2017),
        equation 5.

    >>> rate = cosine(1.0, steps=10)
    >>> rate(0), rate(5), rate(10)
    (1.0, 0.5, 0.0)
    """
    return lambda step: _along_cosine(lr, lr_min, step / steps)


def one_cycle(lr_max, steps, rise=0.3, div_factor=25.0, final_div_factor=1e4):
    """Rise to `lr_max` and fall to almost nothing, each along half a cosine wave.

    Equation
        from lr_max / div_factor at step 0 to lr_max at step rise · steps − 1, to
        lr_max / (div_factor · final_div_factor) at step steps − 1

    Source
        Smith, Topin, "Super-convergence" (2018), in the form of
        `torch.optim.lr_scheduler.OneCycleLR`.

    >>> rate = one_cycle(1.0, steps=10)
    >>> round(rate(0), 6), rate(2), rate(9)
    (0.04, 1.0, 4e-06)
    """
    first, last = lr_max / div_factor, lr_max / (div_factor * final_div_factor)
    top = rise * steps - 1

    def rate(step):
        if step <= top:
            return _along_cosine(first, lr_max, step / top if top > 0 else 1)
        return _along_cosine(lr_max, last, (step - top) / (steps - 1 - top))

    return rate


def _along_cosine(start, end, share):
    """Return the rate after a `share`, from 0 to 1, of half a cosine wave from `start` to `end`."""
    return end + (start - end) * (1 + math.cos(math.pi * min(share, 1))) / 2
