"""Exercise 06: each well-known mistake is named."""

import numpy as np
import pytest
from checks.told import message

from cnnedu import kernels
from cnnedu.checks import Case
from cnnedu.checks.exercises import e06_fast_convolution as e06


def views(x, KH, KW, stride):
    windows = np.lib.stride_tricks.sliding_window_view(x, (KH, KW), axis=(2, 3))
    return windows[:, :, ::stride, ::stride]  # (N, C, OH, OW, KH, KW)


COLUMNS = Case(
    "im2col",
    lambda rng: [(rng.normal(size=(2, 3, 5, 7)), 3, 2, 2)],
    lambda x, KH, KW, stride: kernels.im2col(x, (KH, KW), stride),
    mistakes=e06.MISTAKES["im2col"],
)


@pytest.mark.parametrize(
    ("axes", "says"),
    [
        ((0, 1, 2, 3, 4, 5), "OH and OW come before"),
        ((0, 2, 3, 1, 4, 5), "laid the windows out as rows"),
        ((0, 4, 5, 1, 2, 3), "channels come last"),
        ((0, 1, 5, 4, 2, 3), "column by column"),
    ],
)
def test_axes_in_a_wrong_order_are_named(axes, says):
    def wrong(x, KH, KW, stride):
        return views(x, KH, KW, stride).transpose(axes).reshape(2, 18, 6)

    assert says in message(wrong, COLUMNS)


def test_windows_as_rows_and_an_ignored_stride_are_named():
    assert "every window is a *column*" in message(
        lambda x, KH, KW, stride: kernels.im2col(x, (KH, KW), stride).swapaxes(1, 2), COLUMNS
    )
    assert "stride is ignored" in message(
        lambda x, KH, KW, stride: (
            views(x, KH, KW, 1)[:, :, :2, :3].transpose(0, 1, 4, 5, 2, 3).reshape(2, 18, 6)
        ),
        COLUMNS,
    )


PRODUCT = Case(
    "conv2d_im2col",
    lambda rng: [
        (rng.normal(size=(2, 3, 5, 4)), rng.normal(size=(3, 3, 3, 2)), rng.normal(size=3), 1, 1)
    ],
    kernels.conv2d,
    mistakes=e06.MISTAKES["conv2d_im2col"],
)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (lambda x, w, b, s, p: kernels.conv2d(x, w, None, s, p), "biases are missing"),
        (lambda x, w, b, s, p: kernels.conv2d(x, w, b, s), "padding is missing"),
        (lambda x, w, b, s, p: kernels.conv2d(x, w[:, :, ::-1, ::-1], b, s, p), "flipped"),
        (
            lambda x, w, b, s, p: kernels.conv2d(x, w, b, s, p).swapaxes(0, 1).reshape(2, 3, 5, 5),
            "mixed up",
        ),
    ],
)
def test_mistakes_of_the_product_are_named(wrong, says):
    assert says in message(wrong, PRODUCT)


def spectra(x, w, size, conjugate=False):
    spectrum = np.fft.fft2(w, size)
    return np.fft.ifft2(np.fft.fft2(x, size) * (spectrum.conj() if conjugate else spectrum)).real


SPECTRA = Case(
    "convolve_fft",
    lambda rng: [(rng.normal(size=(5, 6)), rng.normal(size=(3, 2)))],
    lambda x, w: spectra(x, w, (7, 7)),
    mistakes=e06.MISTAKES["convolve_fft"],
)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (lambda x, w: spectra(x, w, (5, 6)), "wrapped around"),
        (lambda x, w: spectra(x, w, (7, 7), conjugate=True), "cross-correlation"),
        (lambda x, w: kernels.convolve2d(x, w), "inside the picture"),
    ],
)
def test_mistakes_of_the_fourier_transform_are_named(wrong, says):
    assert says in message(wrong, SPECTRA)
