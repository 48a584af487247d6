"""Lesson 06: what its text says of measured times holds in the outputs that are stored with it."""

import re

import nbformat
import pytest

from harness.course import ROOT

NOTEBOOK = nbformat.read(ROOT / "lessons/06_fast_convolution.ipynb", as_version=4)
PRINTED = "\n".join(
    output.text
    for cell in NOTEBOOK.cells
    for output in cell.get("outputs", [])
    if output.output_type == "stream"
)
MILLISECONDS = {
    name: float(number.replace(",", ""))
    for name, number in re.findall(r"^(.+): ([\d,]+\.\d\d) ms$", PRINTED, re.MULTILINE)
}


def test_the_text_says_of_the_same_multiplications_that_they_lie_thousands_of_times_apart():
    assert MILLISECONDS["loops"] > 2000 * MILLISECONDS["im2col + GEMM"]
    assert MILLISECONDS["loops"] > 1000 * MILLISECONDS["im2col in strips"]  # the quiz


def test_a_matrix_product_is_worth_the_copy():
    assert MILLISECONDS["strided windows"] > 2 * MILLISECONDS["im2col + GEMM"]


def test_the_parts_add_up():
    """Product and copy are most of the whole; fresh memory and a hidden copy cost extra."""
    parts = MILLISECONDS["product"] + MILLISECONDS["copy"]
    assert parts > 0.6 * MILLISECONDS["im2col + GEMM"]
    assert MILLISECONDS["copy into fresh memory"] > 1.5 * MILLISECONDS["copy"]
    assert MILLISECONDS["copy and reshape"] > 1.5 * MILLISECONDS["copy"]


def test_on_equal_terms_the_fft_multiplies_least_and_with_preparation_most():
    rows = {
        name: [float(n) for n in numbers]
        for name, *numbers in re.findall(
            r"^(direct or im2col|FFT|Winograd) +([\d.]+) +([\d.]+) +[\d,]+$", PRINTED, re.MULTILINE
        )
    }
    per_picture = {name: numbers[0] for name, numbers in rows.items()}
    with_filters = {name: sum(numbers) for name, numbers in rows.items()}
    assert sorted(per_picture, key=per_picture.get) == ["FFT", "Winograd", "direct or im2col"]
    assert sorted(with_filters, key=with_filters.get) == ["Winograd", "direct or im2col", "FFT"]
    assert per_picture["FFT"] == pytest.approx(23.4) and with_filters["FFT"] > 130


def test_fewer_multiplications_are_not_as_much_less_time():
    ratios = re.findall(
        r"^(?:FFT|Winograd): ([\d.]+) times fewer multiplications, ([\d.]+) times as fast$",
        PRINTED,
        re.MULTILINE,
    )
    assert len(ratios) == 2 and all(float(fewer) > float(faster) for fewer, faster in ratios)


def test_what_remains_of_im2col_in_strips_is_mostly_the_product():
    assert MILLISECONDS["product"] > 0.5 * MILLISECONDS["im2col in strips"]


def test_the_fft_s_line_is_nearly_level_and_im2col_s_climbs():
    small, large = (
        {m: MILLISECONDS[f"{m}, {k} × {k}"] for m in ("im2col", "FFT")} for k in (3, 33)
    )
    assert large["im2col"] > 100 * small["im2col"] and large["FFT"] < 5 * small["FFT"]
    assert small["im2col"] < small["FFT"] and large["FFT"] < large["im2col"]


def test_the_library_of_this_computer_convolved_directly():
    """The text says so; where it is built on another kind of processor, the text has to change."""
    assert re.search(r"^convolution +jit:\w+ +convolution_direct", PRINTED, re.MULTILINE)


def test_all_ways_agree():
    assert len(re.findall(r"^.+ equal: +True$", PRINTED, re.MULTILINE)) == 2 + 7
    assert not re.search(r"equal: +False", PRINTED)
