"""Turn a student's backward pass and training loop into functions on arrays.

A check compares arrays, and may send its inputs to another process. So a student's cell ends with
a line that makes such functions.
"""

import numpy as np

from cnnedu.checks.compare import CheckFailed


def row_function(gradients):
    """Return a function that writes each gradient of a backward pass in a row of its own.

    Args:
        gradients: the student's function of (x, dlogits, w, b, v, c); returns dw, db, dv, dc.

    Returns:
        gradient_rows(x, dlogits, w, b, v, c): array (4, longest); zeros fill the rows up.
    """

    def gradient_rows(x, dlogits, w, b, v, c):
        found = gradients(x, dlogits, w, b, v, c)
        _require_shapes("gradients", found, dict(dw=w, db=b, dv=v, dc=c))
        rows = np.zeros((4, max(part.size for part in (w, b, v, c))))
        for row, part in zip(rows, found, strict=True):
            row[: np.size(part)] = np.ravel(part)
        return rows

    return gradient_rows


def loop_function(train):
    """Return a function that runs a training loop on a toy network with a toy optimiser.

    Args:
        train: the student's function of (x, y, weights, order, size, rates, gradients, step).

    Returns:
        after_training(x, y, w, b, order, size, rates): the weights (D,) and the bias (1,) after the
            last step, in one row.
    """

    def after_training(x, y, w, b, order, size, rates):
        first = [w, b]
        weights = train(x, y, first, order, size, rates, toy_gradients, toy_step)
        if len(first) != 2 or first[0] is not w or first[1] is not b:
            raise CheckFailed(
                "`train` changed the list of the first weights; work on a copy, `list(weights)`"
            )
        _require_shapes("train", weights, {"weights[0]": w, "weights[1]": b})
        return np.concatenate(weights)

    return after_training


def toy_gradients(x, y, weights):
    """Return the gradients of ½ · mean of (x · w + b − y)² with respect to w (D,) and b (1,)."""
    w, b = weights
    error = x @ w + b - y
    return [x.T @ error / len(x), np.mean(error, keepdims=True)]


def toy_step(w, g, m, s, t, lr):
    """Return the new w, m and s of a step that uses all it is given, as Adam's does."""
    m, s = m / 2 + g, s / 3 + g / (t + 1)
    return w - lr * (m + s), m, s


def _require_shapes(function, found, named):
    """Require a list of arrays of the same shapes as those in `named`."""
    if not isinstance(found, (list, tuple)) or len(found) != len(named):
        raise CheckFailed(f"`{function}` should return {len(named)} arrays: {', '.join(named)}")
    for (name, like), part in zip(named.items(), found, strict=True):
        if np.shape(part) != like.shape:
            raise CheckFailed(
                f"`{function}`: {name} has shape {np.shape(part)}, but should have {like.shape}"
            )
