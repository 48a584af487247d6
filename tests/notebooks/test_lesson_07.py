"""Lesson 07: what its text says of the numbers holds in the outputs that are stored with it."""

import ast
import re

import nbformat
import numpy as np
from notebooks.stored import printed

from harness.course import ROOT

NAME = "07_backpropagation_through_convolution"
CELLS = nbformat.read(ROOT / f"lessons/{NAME}.ipynb", as_version=4).cells
PRINTED = "".join(o.get("text", "") for cell in CELLS for o in cell.get("outputs", []))


def test_whatever_is_written_out_is_what_the_course_computes():
    assert len(re.findall(r"is the (?:course|widget)'s: True", PRINTED)) == 6
    assert len(re.findall(r"^(?:dw|dx).*: +True$", PRINTED, re.MULTILINE)) >= 4
    assert "False" not in PRINTED


def test_the_check_tells_the_forgotten_flip_from_rounding():
    found = printed(NAME, "def largest_difference")
    right, wrong = (float(n) for n in re.findall(r"largest difference (\S+)$", found, re.MULTILINE))
    assert right < 1e-7 < 1e-1 < wrong


def test_the_error_of_the_check_has_the_two_slopes_and_turns_near_1e_5():
    found = printed(NAME, "def slope")
    assert re.search(r"from 1e-1 to 1e-3: +\+2$", found, re.MULTILINE)
    assert re.search(r"from 1e-7 to 1e-12: +-1$", found, re.MULTILINE)
    assert re.search(r"smallest at a step of about 1e-0[56]$", found, re.MULTILINE)


def test_in_float32_even_the_best_step_leaves_a_much_larger_error():
    errors = {h: float(e) for h, e in ast.literal_eval(printed(NAME, "def float32_error")).items()}
    steps = 10.0 ** -np.arange(1, 13)
    slopes = (np.tanh(0.5 + steps) - np.tanh(0.5 - steps)) / (2 * steps)
    in_float64 = abs(slopes - (1 - np.tanh(0.5) ** 2)).min()
    assert min(errors.values()) > 1000 * in_float64
    assert 1e-3 <= min(errors, key=errors.get) <= 1e-2


def test_a_symmetric_kernel_lets_the_wrong_pass_through_and_a_kink_stops_the_right_one():
    found = printed(NAME, "blur = ")
    assert "wrong pass, blur: True" in found and "right pass, ReLU at 0: refused" in found


def test_nine_zeros_become_the_edge_detector():
    found = printed(NAME, "wanted = ")
    losses = [float(n) for n in re.findall(r"loss +([\d.]+)", found)]
    assert losses == sorted(losses, reverse=True) and losses[-1] == 0
    assert found.endswith("[[-1.  0.  1.]\n [-1.  0.  1.]\n [-1.  0.  1.]]\n")
