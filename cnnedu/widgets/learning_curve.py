"""The curve of a training, thinned out so that it stays small however long the training is."""

import numpy as np

MOST_POINTS = 400


class LearningCurve:
    """Loss and accuracy against batches; each point is the mean over a stretch of batches.

    All stretches are equally long, and become twice as long whenever there are `MOST_POINTS`.

    >>> curve = LearningCurve()
    >>> for batch in range(1, 1001):
    ...     curve.add(batch, 1000, loss=1 / batch, accuracy=0.5)
    >>> len(curve.array()), float(curve.array()[0, 0])
    (250, 2.5)
    """

    def __init__(self):
        self.last = None  # the number of the batch added last, and of all batches
        self._points, self._stretch, self._open = [], 1, []

    def add(self, batch, total, loss, accuracy):
        """Add the batch of this number."""
        self.last = [batch, total]
        self._open.append((batch, loss, accuracy))
        if len(self._open) == self._stretch:
            self._points.append(np.mean(self._open, axis=0))
            self._open = []
        if len(self._points) == MOST_POINTS:
            self._points = list(np.reshape(self._points, (-1, 2, 3)).mean(axis=1))
            self._stretch *= 2

    def array(self):
        """Return the points, shape (P, 3): number of the batch, loss, accuracy."""
        return np.reshape(self._points, (-1, 3)).astype(np.float32)
