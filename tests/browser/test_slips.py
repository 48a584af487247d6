"""What the stepper makes of a typed number, held to NumPy."""

import numpy as np
import pytest
from browser.pages import javascript

from cnnedu.data import edge_kernel, smiley
from cnnedu.kernels import correlate2d
from cnnedu.widgets.assets import module


@pytest.fixture(scope="module")
def slips(browser):
    """Return a function: call(name, *arguments) of static/slips.js."""
    with javascript(browser, module("slips")) as call:
        yield lambda *given: call("(module, name, ...given) => module[name](...given)", *given)


@pytest.mark.parametrize("text, number", [
    ("−2", -2), ("-2", -2), ("–2", -2), ("- 2", -2), ("+3", 3), (" 7 ", 7), ("0,5", 0.5),
    (".25", 0.25), ("4.", 4), ("1/3", 1 / 3), ("−1 / 9", -1 / 9), ("007", 7),
])  # fmt: skip
def test_numbers_as_people_write_them(slips, text, number):
    assert slips("readNumber", text) == number


@pytest.mark.parametrize("text", ["", "two", "1e3", "2 3", "1,000.5", "1/0", "--2", "−", "0x1"])
def test_no_number(slips, text):
    assert np.isnan(slips("readNumber", text))


def test_whole_numbers_exactly_others_to_two_decimals(slips):
    assert slips("agrees", 2, 2.0000000000000004)
    assert not slips("agrees", 2.004, 2)
    assert slips("agrees", 0.33, 1 / 3) and slips("agrees", 0.67, 2 / 3)
    assert not slips("agrees", 0.3, 1 / 3)


def test_each_slip_gives_the_numbers_of_numpy(slips):
    random = np.random.default_rng(3)
    for _ in range(40):
        x = random.integers(-9, 10, random.integers(5, 9, 2))
        w = random.integers(-4, 5, random.integers(1, 5, 2))
        stride, padding = random.integers(1, 4).item(), random.integers(0, 3).item()
        out = correlate2d(x, w, stride, padding)
        i, j = (random.integers(size).item() for size in out.shape)
        state = {"picture": x.tolist(), "kernel": w.tolist(), "stride": stride, "padding": padding}
        found = slips("slipsAt", state, i, j)

        top, left = i * stride, j * stride
        padded = np.pad(x, padding)

        def at(kernel=w, row=top, column=left, padded=padded):
            outputs = correlate2d(padded, kernel)
            inside = 0 <= row < outputs.shape[0] and 0 <= column < outputs.shape[1]
            return [outputs[row, column].item()] if inside else []

        window = padded[top : top + w.shape[0], left : left + w.shape[1]]
        products = (window * w).ravel().tolist()
        right, size = sum(products), sum(map(abs, products))
        beside = [(top - 1, left), (top + 1, left), (top, left - 1), (top, left + 1)]
        assert right == out[i, j]
        expected = {
            "flipped": at(w[::-1, ::-1]) + at(w[:, ::-1]) + at(w[::-1]),
            "transposed": at(w.T) if max(w.shape) <= min(padded.shape) else [],
            "minus": [size] + [right - 2 * p for p in products if p < 0],
            "sign": [] if (w[::-1, ::-1] == -w).all() else [-right],
            "left out": [right - p for p in products if p],
            "shifted": [number for place in beside for number in at(w, *place)],
            "swapped": at(w, left, top),
            "no stride": at(w, i, j) if stride > 1 else [],
            "no padding": at(w, top + padding, left + padding) if padding else [],
            "unweighted": [] if window.sum() == size else [window.sum()],
            "weights": [w.sum()],
            "added": [window.sum() + w.sum()] if w.sum() else [],
            "mean": [pytest.approx(right / w.size)],
        }
        assert found == expected


def test_only_a_slip_that_no_other_explains_is_named(slips):
    state = {
        "picture": smiley().tolist(),
        "kernel": edge_kernel().tolist(),
        "stride": 1,
        "padding": 0,
    }
    named = {number: slips("slipBehind", number, state, 3, 0) for number in (2, 4, -3, -1, 0, 7)}
    assert named == {2: "flipped", 4: "minus", -3: "left out", -1: None, 0: None, 7: None}
