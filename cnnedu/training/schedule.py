"""The learning rate over the course of a run."""


def triangle(done, warm_up=0.0):
    """Return the learning rate as a share of its peak: straight up, then straight down.

    Equation
        factor = done / warm_up               while done < warm_up
                 (1 − done) / (1 − warm_up)   after that

    Args:
        done: share of the run that is over, from 0 to 1.
        warm_up: share of the run during which the rate rises, from 0 to below 1.

    >>> [triangle(done, warm_up=0.2) for done in (0, 0.1, 0.2, 0.6, 1)]
    [0.0, 0.5, 1.0, 0.5, 0.0]
    """
    return done / warm_up if done < warm_up else (1 - done) / (1 - warm_up)
