"""Cross-correlation with a stride, and the mistakes that are made with it."""

import numpy as np

from cnnedu import kernels
from cnnedu.checks.case import Mistake


def correlate2d(x, w, stride=(1, 1)):
    """Cross-correlate with a stride (down, across): some outputs of stride 1."""
    down, across = stride
    return kernels.correlate2d(x, w)[::down, ::across]


def _strided(wrong):
    """Return a mistake of stride 1 for every stride: the outputs at the places of the stride."""

    def with_stride(x, w, stride=(1, 1)):
        out = wrong(np.asarray(x), np.asarray(w))
        return None if out is None else out[:: stride[0], :: stride[1]]

    return with_stride


def _last_place_forgotten(x, w, stride=(1, 1)):
    """Count (H − KH + 1) // down rows of outputs, and columns alike: the draft's bug."""
    (H, W), (KH, KW) = x.shape, w.shape
    down, across = stride
    return correlate2d(x, w, stride)[: (H - KH + 1) // down, : (W - KW + 1) // across]


def _down_in_both_directions(x, w, stride=(1, 1)):
    """Take the window's left column from `down`: the draft's bug; None where it sticks out."""
    down = stride[0]
    out, everywhere = correlate2d(x, w, stride), kernels.correlate2d(x, w)
    columns = down * np.arange(out.shape[1])
    if columns[-1] >= everywhere.shape[1]:
        return None
    return everywhere[::down][:, columns]


def _across_in_both_directions(x, w, stride=(1, 1)):
    """Take the window's top row from `across`; None where it sticks out."""
    turned = _down_in_both_directions(np.transpose(x), np.transpose(w), stride[::-1])
    return None if turned is None else turned.T


def _last_product_only(x, w):
    """Return the last product of each window in place of their sum."""
    return x[w.shape[0] - 1 :, w.shape[1] - 1 :] * w[-1, -1]


def _first_window_only(x, w):
    """Multiply the kernel with the window at row 0, column 0 every time."""
    out = kernels.correlate2d(x, w)
    return np.full(out.shape, out[0, 0])


def _stopped_after(rows, columns, x, w, stride=(1, 1)):
    """Fill in the first rows and columns alone, as a `return` inside a loop does."""
    right = correlate2d(x, w, stride)
    out = np.zeros_like(right)
    out[:rows, :columns] = right[:rows, :columns]
    return out


def _sums_go_on(x, w, stride=(1, 1)):
    """Begin the sum of an output with that of the one before."""
    out = correlate2d(x, w, stride)
    return out.cumsum().reshape(out.shape)


def _without_last_taps(x, w):
    """Leave out the kernel's last row and column, as `range(KH - 1)` does."""
    w = np.array(w)
    w[-1], w[:, -1] = 0, 0
    return kernels.correlate2d(x, w)


_PADDED = "You padded the picture with zeros; here the window stays inside the picture."
_TOO_EARLY = "Only the first output or the first row is filled in: is the `return` inside a loop?"


def _padded_by(before, after):
    """Return the mistake of padding; both take a side of the kernel."""

    def padded(x, w):
        return kernels.correlate2d(np.pad(x, [(before(s), after(s)) for s in w.shape]), w)

    return Mistake(_PADDED, _strided(padded))


MISTAKES = (
    Mistake(
        "Some outputs are missing. In how many places does a window of 3 rows fit into 7 rows if "
        "it moves 2 rows at a time? Draw them, and count the first one, too.",
        _last_place_forgotten,
    ),
    Mistake(
        "From one column of outputs to the next the window moves `across` columns, not `down`.",
        _down_in_both_directions,
    ),
    Mistake(
        "From one row of outputs to the next the window moves `down` rows, not `across`.",
        _across_in_both_directions,
    ),
    Mistake(
        "The stride is exchanged: its first number counts rows, its second columns.",
        lambda x, w, stride=(1, 1): correlate2d(x, w, stride[::-1]),
    ),
    Mistake(
        "You gave all outputs of stride 1; with a stride the window leaves places out.",
        lambda x, w, stride=(1, 1): correlate2d(x, w),
    ),
    Mistake(
        "You flipped the kernel, as mathematical convolution does; cross-correlation uses it "
        "as it is.",
        lambda x, w, stride=(1, 1): correlate2d(x, w[::-1, ::-1], stride),
    ),
    Mistake(
        "The last row and column of outputs are missing: at stride 1 the last window starts at "
        "row H − KH, column W − KW.",
        lambda x, w, stride=(1, 1): correlate2d(x, w, stride)[:-1, :-1],
    ),
    Mistake(
        "You took the mean of the products; add them up instead.",
        lambda x, w, stride=(1, 1): correlate2d(x, w, stride) / w.size,
    ),
    Mistake(
        "Rows and columns are swapped: out[i, j] looks at the window whose top row is i · down "
        "and whose left column is j · across.",
        lambda x, w, stride=(1, 1): correlate2d(x, w, stride).T,
    ),
    Mistake(
        "The kernel is transposed: its first index counts rows, as the picture's does.",
        _strided(lambda x, w: kernels.correlate2d(x, w.T) if w.shape[0] == w.shape[1] else None),
    ),
    _padded_by(lambda size: size // 2, lambda size: (size - 1) // 2),
    _padded_by(lambda size: (size - 1) // 2, lambda size: size // 2),
    _padded_by(lambda size: size // 2, lambda size: size // 2),
    _padded_by(lambda size: size - 1, lambda size: size - 1),
    Mistake(
        "Every output comes from the window at row 0, column 0: the window starts at row "
        "i · down, column j · across.",
        _strided(_first_window_only),
    ),
    Mistake(_TOO_EARLY, lambda *given: _stopped_after(1, 1, *given)),
    Mistake(_TOO_EARLY, lambda *given: _stopped_after(1, None, *given)),
    Mistake(
        "Each output holds the sums of those before it, too: start each sum from 0.",
        _sums_go_on,
    ),
    Mistake(
        "You added up the pixels of the window; multiply each by its weight first.",
        lambda x, w, stride=(1, 1): correlate2d(x, np.ones(w.shape), stride),
    ),
    Mistake(
        "You added the weights to the pixels; multiply each pixel by its weight.",
        lambda x, w, stride=(1, 1): correlate2d(x, np.ones(w.shape), stride) + w.sum(),
    ),
    Mistake(
        "The kernel's last row and column are left out: its loops are `range(KH)` and `range(KW)`.",
        _strided(_without_last_taps),
    ),
    Mistake(
        "Your windows lie side by side; how far each one moves is given by the stride.",
        lambda x, w, stride=(1, 1): correlate2d(x, w, w.shape),
    ),
    Mistake(
        "You cut negative outputs off; here they stay.",
        lambda *given: np.maximum(correlate2d(*given), 0),
    ),
    Mistake(
        "Each output holds only one product: add up all KH·KW products of the window.",
        _strided(_last_product_only),
    ),
    Mistake(
        "You took absolute values; the sign says which side is lighter.",
        lambda *given: np.abs(correlate2d(*given)),
    ),
)
