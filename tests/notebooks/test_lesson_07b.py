"""Lesson 07b: what its text says of the numbers holds in the outputs that are stored with it."""

import re

import nbformat
import numpy as np
import pytest
from notebooks.stored import printed

from cnnedu.data import edge_kernel, smiley
from cnnedu.kernels import conv2d, conv2d_backward, gradcheck, relu, relu_backward
from cnnedu.widgets import GraphStepper
from harness.course import ROOT

NAME = "07b_a_network_of_your_own"
CELLS = nbformat.read(ROOT / f"lessons/{NAME}.ipynb", as_version=4).cells
PRINTED = "".join(o.get("text", "") for cell in CELLS for o in cell.get("outputs", []))


def test_on_paper_and_in_code():
    assert "L = 48.0, ds = 14.0, da = 48.0, db = 28.0" in PRINTED
    assert "in a hurry: ds = 14.0, da = 30.0, db = 16.0" in PRINTED  # 16 is the quiz's answer
    assert "dx [[-2.0, -2.0], [6.0, 8.0]]  dw [[1.0, 4.0], [-1.0, -2.0]]  db [3, -1]" in PRINTED
    assert "dx [ 2. -2.  0.  0.]" in PRINTED
    assert printed(NAME, "y = y + y") == "1048576.0\n"  # 2²⁰: "a million ways"


def test_every_rule_is_checked_and_equals_the_course_s():
    assert len(re.findall(r"gradient check: True$", PRINTED, re.MULTILINE)) == 4
    assert len(re.findall(r"as in cnnedu: True$", PRINTED, re.MULTILINE)) == 4
    assert "data: 11 of 11" in PRINTED and "grad: 11 of 11" in PRINTED
    assert "gradients equal: 6 of 6" in PRINTED and "False" not in PRINTED


def test_a_step_puts_the_score_for_happy_ahead_and_lowers_the_loss():
    sad, happy, loss = re.search(
        r"scores \[\[(\S+) (\S+)\]\], loss (\S+)", printed(NAME, "stepped = ")
    ).groups()
    assert float(happy) > float(sad) and float(loss) < 0.6931


def test_before_training_the_networks_guess_and_afterwards_all_are_right_nine_times_in_ten():
    before, after = (
        [float(n) for n in re.findall(r"([\d.]+)%", line)]
        for line in printed(NAME, "def train").splitlines()
    )
    assert len(before) == len(after) == 5
    assert all(40 < share < 60 for share in before) and all(share > 93 for share in after)


def test_a_dense_layer_alone_hardly_does_better_than_a_guess():
    lines = printed(NAME, "new_pixels").splitlines()
    shares = [[int(n) for n in re.findall(r"(\d+)%", line)] for line in lines]
    assert len(shares) == 4 and max(own for own, _ in shares) == 84
    assert all(own > new and 45 < new < 60 for own, new in shares)


def test_the_answers_about_a_pixel_and_about_a_smiley_without_eyes():
    w2 = [[1, 0, -1, 0, 2, -1, 0, 0, 0], [0, 0, 0, 0, 1, 1, 1, 0, -1]]
    whole = GraphStepper(smiley(), edge_kernel(), -1, w2, [1, 0], y=1)
    dconv = whole.gradients["conv"]
    assert (dconv[2, 3], dconv[3, 5], np.count_nonzero(dconv)) == (0.5, -1, 2)
    assert whole.gradients["x"][3, 5] == 0.5 * 1 + -1 * -1
    without_eyes = smiley()
    without_eyes[2, [2, 5]] = 0
    blind = GraphStepper(without_eyes, edge_kernel(), -1, w2, [1, 0], y=1)
    assert blind.values["scores"].tolist() == [-1, 1]


def test_a_backward_pass_costs_one_to_two_forward_passes_as_the_text_says():
    ratios = [float(n) for n in re.findall(r"(\d\.\d\d)$", printed(NAME, "VGG16"), re.MULTILINE)]
    assert len(ratios) == 4 and ratios == sorted(ratios)
    assert ratios[:2] == [1.05, 1.05] and ratios[2] < 1.95 and ratios[3] == 1.99


def test_central_differences_need_two_passes_for_each_of_498_weights_and_biases():
    assert "498 weights and biases" in printed(NAME, "def loss_backward")
    said = next(c.source for c in CELLS if "central differences, each of our" in c.source)
    assert "996 of them, in place of one forward and one backward" in " ".join(said.split())


def test_on_the_clean_smiley_the_gradient_check_would_be_refused():
    x, w = (array[None, None].astype(float) for array in (smiley(), edge_kernel()))

    def forward(w):
        return relu(conv2d(x, w, [-1.0]))

    def backward(dout, w):
        return conv2d_backward(relu_backward(dout, conv2d(x, w, [-1.0])), x, w)[1]

    with pytest.raises(AssertionError, match="central differences"):
        gradcheck(forward, backward, w)
