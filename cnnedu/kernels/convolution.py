"""Convolution of pictures with filters: checks the arguments and calls the method chosen."""

from functools import lru_cache

from cnnedu.kernels.conv import dispatch
from cnnedu.kernels.geometry import sliding_window, transposed_window
from cnnedu.kernels.validation import (
    check_overflow,
    check_pictures,
    check_shape,
    check_weights,
    choice,
    matching_floats,
    matching_numbers,
    whole,
)


def conv2d(x, w, b=None, stride=1, padding=0, dilation=1, groups=1, method="auto"):
    """Slide every filter over every picture of a batch; multiply and add over all channels.

    Equation
        out[n, f, i, j] = b[f] + Σ_c Σ_u Σ_v
            x[n, c, i·stride + u·dilation − top, j·stride + v·dilation − left] · w[f, c, u, v]

    where `x` counts as zero outside the picture. It is a cross-correlation: nothing is flipped.

    Args:
        x: batch of pictures, shape (N, C, H, W), in any unit.
        w: filters, shape (F, C/groups, KH, KW).
        b: biases, shape (F,), or None for none.
        stride: pixels the window moves between two outputs: a number or (height, width).
        padding: zeros around the picture: a number, (height, width), ((top, bottom), (left,
            right)), "valid" for none, or "same" for ⌈H / stride⌉ outputs (an odd pixel goes to
            the bottom and the right).
        dilation: distance between neighbours in the window: a number or (height, width).
        groups: number of groups; channels and filters of different groups don't mix.
        method: "loops", "windows", "im2col", "fft", for 3×3 filters with stride 1 also "winograd"
            (2×2 outputs at once) or "winograd4" (4×4 at once, in float32 less exact: 1e-5 of the
            largest result), or "auto" for the one that is fastest for these shapes.

    Returns:
        Array of shape (N, F, OH, OW), OH = ⌊(H + top + bottom − dilation·(KH − 1) − 1) / stride⌋
        + 1, OW likewise, in the widest float type among the arguments; if all hold whole numbers,
        the results are exact int64. With many channels, those of one pixel lie side by side in
        memory; the shape is the same.

    Raises:
        TypeError: an argument has the wrong type, or `method` works only on floats.
        ValueError: the shapes don't match, the window doesn't fit, the padding is negative, or
            whole numbers are so large that their sum may not fit in int64.

    Source
        Goodfellow, Bengio, Courville, "Deep Learning" (2016), equation 9.7; the arguments are
        those of `torch.nn.functional.conv2d`.

    >>> import numpy as np
    >>> x = np.arange(9.0).reshape(1, 1, 3, 3)
    >>> conv2d(x, np.array([[[[-1.0, 0.0, 1.0]]]])).ravel()
    array([2., 2., 2.])
    """
    caller = "conv2d"
    if b is None:
        x, w = matching_numbers(caller, x=x, w=w)
    else:
        x, w, b = matching_numbers(caller, x=x, w=w, b=b)
        check_shape(caller, "b", b, w.shape[:1], "one number per filter")
    window, groups = _geometry(caller, x.shape, w.shape, stride, padding, dilation, groups)
    _check_method(caller, method, dispatch.FORWARD, x, window)
    if x.dtype.kind == "i":
        check_overflow(caller, x, w, b)
    out = dispatch.forward(x, w, window, groups, method)
    if b is not None:
        out += b[:, None, None]
    return out


def conv2d_backward(dout, x, w, stride=1, padding=0, dilation=1, groups=1, method="auto"):
    """Return the gradients of a loss with respect to the input, filters and biases of `conv2d`.

    Equation
        dx[n, c, p, q] = Σ dout[n, f, i, j] · w[f, c, u, v] over all windows that see (p, q)
        dw[f, c, u, v] = Σ_n Σ_i Σ_j dout[n, f, i, j] · x[n, c, i·s + u·d − top, j·s + v·d − left]
        db[f] = Σ_n Σ_i Σ_j dout[n, f, i, j]

    Args:
        dout: gradient with respect to the output, shape (N, F, OH, OW).
        x, w, stride, padding, dilation, groups: as given to `conv2d`.
        method: "loops", "windows", "im2col", "fft", or "auto" for the fastest.

    Returns:
        dx of shape (N, C, H, W), dw of shape (F, C/groups, KH, KW), db of shape (F,).

    Raises:
        TypeError, ValueError: as `conv2d`, and if `dout` isn't of the output's shape.

    Source
        Goodfellow, Bengio, Courville, "Deep Learning" (2016), equations 9.11 and 9.13.

    >>> import numpy as np
    >>> x, w = np.array([[[[1.0, 2.0, 3.0]]]]), np.array([[[[10.0, 20.0]]]])
    >>> dx, dw, db = conv2d_backward(np.array([[[[1.0, 0.0]]]]), x, w)
    >>> dx.ravel(), dw.ravel(), db
    (array([10., 20.,  0.]), array([1., 2.]), array([1.]))
    """
    caller = "conv2d_backward"
    dout, x, w = matching_floats(caller, dout=dout, x=x, w=w)
    window, groups = _geometry(caller, x.shape, w.shape, stride, padding, dilation, groups)
    check_shape(caller, "dout", dout, (len(x), len(w), *window.output), "that of the output")
    _check_method(caller, method, dispatch.BACKWARD, x, window)
    dx, dw = dispatch.backward(dout, x, w, window, groups, method)
    return dx, dw, dout.sum(axis=(0, 2, 3))


def conv_transpose2d(x, w, b=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1):
    """Add each filter, scaled by a pixel, to a larger picture at that pixel's place.

    Equation
        out[n, f, p, q] = b[f] + Σ x[n, c, i, j] · w[c, f, u, v]
            over all p = i·stride + u·dilation − top, q = j·stride + v·dilation − left

    It is the gradient of `conv2d` with respect to its input: a convolution's backward pass.

    Args:
        x: batch of pictures, shape (N, C, H, W).
        w: filters, shape (C, F/groups, KH, KW).
        b: biases, shape (F,), or None for none.
        stride: pixels between the places of two filters: a number or (height, width).
        padding: pixels cut off the result: a number, (height, width), ((top, bottom), (left,
            right)).
        output_padding: pixels added at the bottom and the right: a number or (height, width).
        groups: number of groups; channels and filters of different groups don't mix.
        dilation: distance between neighbours in the window: a number or (height, width).

    Returns:
        Array of shape (N, F, OH, OW), OH = (H − 1)·stride − top − bottom + dilation·(KH − 1)
        + output_padding + 1, OW likewise; float64 for whole numbers.

    Raises:
        TypeError: an argument has the wrong type.
        ValueError: the shapes don't match, or the padding leaves nothing.

    Source
        Dumoulin, Visin, "A guide to convolution arithmetic for deep learning" (2016), chapter 4.

    >>> import numpy as np
    >>> x, w = np.array([[[[1.0, 2.0]]]]), np.array([[[[1.0, 1.0, 1.0]]]])
    >>> conv_transpose2d(x, w).ravel()
    array([1., 3., 3., 2.])
    """
    caller = "conv_transpose2d"
    if b is None:
        x, w = matching_floats(caller, x=x, w=w)
    else:
        x, w, b = matching_floats(caller, x=x, w=w, b=b)
    groups, window, size = _check_transposed(
        caller, x, w, stride, padding, output_padding, groups, dilation
    )
    if b is not None:
        filters = w.shape[1] * groups
        check_shape(caller, "b", b, (filters,), "one number per filter")
    out = dispatch.input_gradient(x, w, window, groups, size)
    return out if b is None else out + b[:, None, None]


def conv_transpose2d_backward(
    dout, x, w, stride=1, padding=0, output_padding=0, groups=1, dilation=1
):
    """Return the gradients of a loss with respect to x, w and b of `conv_transpose2d`.

    Equation
        dx = conv2d(dout, w); dw = the dw of `conv2d_backward` with x and dout swapped;
        db[f] = Σ_n Σ_p Σ_q dout[n, f, p, q]

    Args:
        dout: gradient with respect to the output, shape (N, F, OH, OW).
        x, w, stride, padding, output_padding, groups, dilation: as given to `conv_transpose2d`.

    Returns:
        dx of shape (N, C, H, W), dw of shape (C, F/groups, KH, KW), db of shape (F,).

    Raises:
        TypeError, ValueError: as `conv_transpose2d`, and if `dout` isn't of the output's shape.

    Source
        Dumoulin, Visin, "A guide to convolution arithmetic for deep learning" (2016), chapter 4.

    >>> import numpy as np
    >>> x, w = np.array([[[[1.0, 2.0]]]]), np.array([[[[1.0, 1.0, 1.0]]]])
    >>> conv_transpose2d_backward(np.array([[[[1.0, 0.0, 0.0, 0.0]]]]), x, w)[0].ravel()
    array([1., 0.])
    """
    caller = "conv_transpose2d_backward"
    dout, x, w = matching_floats(caller, dout=dout, x=x, w=w)
    groups, window, size = _check_transposed(
        caller, x, w, stride, padding, output_padding, groups, dilation
    )
    shape = (len(x), w.shape[1] * groups, *size)
    check_shape(caller, "dout", dout, shape, "that of the output")
    dx = dispatch.forward(dout, w, window, groups, "auto")
    return dx, dispatch.weight_gradient(x, dout, w, window, groups), dout.sum(axis=(0, 2, 3))


def _geometry(*arguments):
    """Return the `Window` and the number of groups of a convolution; see `_checked_geometry`.

    A layer asks for the same geometry again and again, and a small picture takes less time than
    checking it. Only whole numbers are looked up: to a dictionary, 1, 1.0 and True are the same.
    """
    if {*map(type, arguments[3:])} == {int}:
        return _known_geometry(*arguments)
    return _checked_geometry(*arguments)


def _checked_geometry(caller, x, w, stride, padding, dilation, groups):
    """Check the shapes `x` and `w` of pictures and filters, and how the window moves."""
    check_pictures(caller, x)
    check_weights(caller, w, "(F, C/groups, KH, KW)")
    groups = whole(caller, "groups", groups, 1)
    if x[1] != w[1] * groups:
        times = f" × {groups} groups" if groups > 1 else ""
        raise ValueError(
            f"{caller}: w has {w[1]} input channels{times} but x has {x[1]} "
            f"(x is (N, C, H, W) = {x})"
        )
    if w[0] % groups:
        raise ValueError(
            f"{caller}: w has {w[0]} filters, which {groups} groups can't share evenly "
            f"(w is (F, C/groups, KH, KW) = {w})"
        )
    return sliding_window(caller, x[2:], w[2:], stride, padding, dilation), groups


_known_geometry = lru_cache(1000)(_checked_geometry)


def _check_transposed(caller, x, w, stride, padding, output_padding, groups, dilation):
    """Return groups, window and the result's size if pictures and filters match."""
    check_pictures(caller, x.shape)
    check_weights(caller, w.shape, "(C, F/groups, KH, KW)")
    groups = whole(caller, "groups", groups, 1)
    if x.shape[1] != len(w):
        raise ValueError(
            f"{caller}: w has {len(w)} input channels but x has {x.shape[1]} "
            f"(x is (N, C, H, W) = {x.shape}, w is (C, F/groups, KH, KW) = {w.shape})"
        )
    if len(w) % groups:
        raise ValueError(
            f"{caller}: x has {len(w)} channels, which {groups} groups can't share evenly"
        )
    size, kernel = x.shape[2:], w.shape[2:]
    window, size = transposed_window(
        caller, size, kernel, stride, padding, output_padding, dilation
    )
    return groups, window, size


def _check_method(caller, method, methods, x, window):
    """Refuse a method that doesn't exist or can't do what it is asked to."""
    if method == "auto":
        return
    choice(caller, "method", method, ("auto", *methods))
    if method.startswith("winograd") and (window.kernel, window.stride) != ((3, 3), (1, 1)):
        raise ValueError(
            f"{caller}: method {method!r} needs 3×3 filters and stride 1, but they are "
            f"{window.kernel} and {window.stride}; use method='auto'"
        )
    if method in dispatch.TRANSFORMS and x.dtype.kind != "f":
        raise TypeError(
            f"{caller}: method {method!r} works only on floats, but x and w hold whole numbers; "
            "use method='auto'"
        )
