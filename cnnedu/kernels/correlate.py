"""Cross-correlation of one picture with one kernel, written out as it is defined."""

import numpy as np

from cnnedu.kernels.validation import check_overflow, number_array, whole


def correlate2d(x, w, stride=1, padding=0):
    """Slide the kernel `w` over the picture `x`; multiply and add at every position.

    Equation
        out[i, j] = Σ_u Σ_v  x[i·stride + u, j·stride + v] · w[u, v]

    Deep learning calls this convolution; mathematics calls it cross-correlation, because
    the kernel is not flipped (see `convolve2d`).

    Args:
        x: picture, shape (H, W), in any unit (a grey level, say).
        w: kernel, shape (KH, KW).
        stride: pixels the window moves between two outputs, at least 1.
        padding: rings of zeros put around `x` first, at least 0.

    Returns:
        Array of shape (OH, OW), OH = ⌊(H + 2·padding − KH) / stride⌋ + 1, OW likewise.
        Integer inputs give exact int64 results; nothing wraps around.

    Raises:
        TypeError: `x` or `w` doesn't hold numbers, or `stride` or `padding` isn't whole.
        ValueError: a shape, the stride or the padding leaves no output.

    Source
        Goodfellow, Bengio, Courville, "Deep Learning" (2016), equation 9.6.

    >>> x = np.array([[1, 2, 3], [4, 5, 6]])
    >>> correlate2d(x, np.array([[-1, 1]]))
    array([[1, 1],
           [1, 1]])
    """
    x, w = _matrix("x", x), _matrix("w", w)
    x = np.pad(x, whole("correlate2d", "padding", padding, least=0))
    stride = whole("correlate2d", "stride", stride, least=1)
    if x.dtype.kind == w.dtype.kind == "i":
        check_overflow("correlate2d", x, w[None])
    height, width = x.shape
    kernel_height, kernel_width = w.shape
    if kernel_height > height or kernel_width > width:
        raise ValueError(
            f"correlate2d: the kernel {w.shape} is larger than the padded picture {x.shape}; "
            "use a smaller kernel or more padding"
        )
    out_height = (height - kernel_height) // stride + 1
    out_width = (width - kernel_width) // stride + 1
    out = np.zeros((out_height, out_width), np.result_type(x, w))
    for i in range(out_height):
        for j in range(out_width):
            top, left = i * stride, j * stride
            window = x[top : top + kernel_height, left : left + kernel_width]
            out[i, j] = np.sum(window * w)
    return out


def convolve2d(x, w, stride=1, padding=0):
    """Convolve as mathematicians define it: flip the kernel along both axes, then correlate.

    Equation
        out[i, j] = Σ_u Σ_v  x[i·stride + u, j·stride + v] · w[KH − 1 − u, KW − 1 − v]

    Arguments, result, errors and source as for `correlate2d`.

    >>> convolve2d(np.array([[1, 2, 4]]), np.array([[-1, 1]]))
    array([[-1, -2]])
    """
    return correlate2d(x, _matrix("w", w)[::-1, ::-1], stride, padding)


def _matrix(name, value):
    """Return `value` as a matrix; whole numbers and booleans become int64, so sums stay exact."""
    array = number_array("correlate2d", name, value)
    if array.ndim != 2 or array.size == 0:
        raise ValueError(
            f"correlate2d: {name} must be (rows, columns), but has shape {array.shape}"
        )
    return array
