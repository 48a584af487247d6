"""The network of one convolution and one dense layer, and well-known mistakes with it."""

import numpy as np

from cnnedu.checks.case import Mistake
from cnnedu.kernels.convolution import conv2d, conv2d_backward
from cnnedu.kernels.pooling import avg_pool2d, max_pool2d, max_pool2d_backward


def scores(x, w, b, v, c):
    """Return the scores: convolution, ReLU, max pooling, dense layer."""
    return _flat(_pooled(x, w, b)) @ v.T + c


def gradient_rows(x, dlogits, w, b, v, c):
    """Return the gradients of w, b, v and c, one in each row, filled up with zeros."""
    return _rows(*_gradients(x, dlogits, w, b, v))


def _pooled(x, w, b):
    return max_pool2d(np.maximum(conv2d(x, w, b, padding=1), 0), 2)


def _flat(maps):
    return maps.reshape(len(maps), -1)


def _flat_by_place(maps):
    """Write the maps' numbers of one place side by side."""
    return _flat(maps.transpose(0, 2, 3, 1))


def _gate(dout, a):
    """Return the gradient that ReLU passes back."""
    return dout * (a > 0)


def _gradients(x, dlogits, w, b, v, relu=lambda a: np.maximum(a, 0), gate=_gate, flat=_flat):
    """Return dw, db, dv, dc, with other parts in place of ReLU, its gradient and flattening."""
    a = conv2d(x, w, b, padding=1)
    r = relu(a)
    pooled = max_pool2d(r, 2)
    dpooled = _unflat(dlogits @ v, pooled, flat)
    da = gate(max_pool2d_backward(dpooled, r, 2), a)
    _, dw, db = conv2d_backward(da, x, w, padding=1)
    return dw, db, dlogits.T @ flat(pooled), dlogits.sum(axis=0)


def _unflat(dflat, pooled, flat):
    """Undo the flattening of a gradient."""
    places = flat(np.arange(pooled.size).reshape(pooled.shape))
    dpooled = np.empty(pooled.size, dflat.dtype)
    dpooled[places] = dflat
    return dpooled.reshape(pooled.shape)


def _rows(*parts):
    rows = np.zeros((len(parts), max(part.size for part in parts)))
    for row, part in zip(rows, parts, strict=True):
        row[: part.size] = part.ravel()
    return rows


def _with(**parts):
    """Make a backward pass that is right but for these parts."""
    return lambda x, dlogits, w, b, v, c: _rows(*_gradients(x, dlogits, w, b, v, **parts))


def _then(change):
    """Make a backward pass whose gradients are changed in the end."""
    return lambda x, dlogits, w, b, v, c: _rows(
        *change(*_gradients(x, dlogits, w, b, v), len(x), dlogits)
    )


def _softmax(x, *weights):
    logits = scores(x, *weights)
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


SCORES_MISTAKES = (
    Mistake(
        "ReLU is missing: numbers below 0 become 0 before the pooling.",
        lambda x, w, b, v, c: _flat(max_pool2d(conv2d(x, w, b, padding=1), 2)) @ v.T + c,
    ),
    Mistake(
        "The filters' biases are missing: `conv2d(x, w, b, padding=1)`.",
        lambda x, w, b, v, c: scores(x, w, 0 * b, v, c),
    ),
    Mistake("The biases c are missing.", lambda x, w, b, v, c: scores(x, w, b, v, 0 * c)),
    Mistake(
        "You average the windows; the pooling takes the largest number of each.",
        lambda x, w, b, v, c: (
            _flat(avg_pool2d(np.maximum(conv2d(x, w, b, padding=1), 0).astype(float), 2)) @ v.T + c
        ),
    ),
    Mistake(
        "You flatten in another order: map after map, and each map row by row, as `reshape` does.",
        lambda x, w, b, v, c: _flat_by_place(_pooled(x, w, b)) @ v.T + c,
    ),
    Mistake("Those are probabilities; return the scores, before the softmax.", _softmax),
    Mistake(
        "There is a ReLU too many: the scores themselves may be below 0.",
        lambda *arguments: np.maximum(scores(*arguments), 0),
    ),
)
GRADIENT_MISTAKES = (
    Mistake(
        "ReLU lets everything through in your backward pass: where its input was 0 or below, the "
        "gradient is 0.",
        _with(gate=lambda dout, a: dout),
    ),
    Mistake(
        "Your ReLU blocks where the *gradient* is below 0; it should block where its own input "
        "was 0 or below.",
        _with(gate=lambda dout, a: np.maximum(dout, 0)),
    ),
    Mistake(
        "Your ReLU multiplies the gradient by its output; it should multiply by 1 or by 0.",
        _with(gate=lambda dout, a: dout * np.maximum(a, 0)),
    ),
    Mistake(
        "Where ReLU's input is exactly 0, its gradient is 0: compare with >, not with >=.",
        _with(gate=lambda dout, a: dout * (a >= 0)),
    ),
    Mistake(
        "ReLU is missing in your forward pass: dv needs what came out of it and of the pooling.",
        _with(relu=lambda a: a),
    ),
    Mistake(
        "The filters' biases are missing in your forward pass: `conv2d(x, w, b, padding=1)`.",
        lambda x, dlogits, w, b, v, c: _rows(*_gradients(x, dlogits, w, 0 * b, v)),
    ),
    Mistake(
        "You flatten in another order: map after map, and each map row by row, as `reshape` does.",
        _with(flat=_flat_by_place),
    ),
    Mistake(
        "You divide by N once more: dlogits already holds the 1/N of the mean.",
        _then(lambda dw, db, dv, dc, N, dlogits: (part / N for part in (dw, db, dv, dc))),
    ),
    Mistake(
        "You divide dv and dc by N once more: dlogits already holds the 1/N of the mean.",
        _then(lambda dw, db, dv, dc, N, dlogits: (dw, db, dv / N, dc / N)),
    ),
    Mistake(
        "dc is the sum over the pictures, not their mean: each of them used c.",
        _then(lambda dw, db, dv, dc, N, dlogits: (dw, db, dv, dc / N)),
    ),
    Mistake(
        "dc takes the gradient of one picture only: it adds up over all of them.",
        _then(lambda dw, db, dv, dc, N, dlogits: (dw, db, dv, dlogits[0])),
    ),
    Mistake(
        "The signs are wrong: return the gradients themselves; the step downhill comes later.",
        _then(lambda dw, db, dv, dc, N, dlogits: (-dw, -db, -dv, -dc)),
    ),
)
