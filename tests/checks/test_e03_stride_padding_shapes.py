"""Exercise 03: its judge and its claims, measured; a mistake that some shapes don't allow."""

import numpy as np
import pytest
from checks.told import message

from cnnedu import kernels
from cnnedu.checks import Case, CheckFailed
from cnnedu.checks.answers import e03_stride_padding_shapes as answers
from cnnedu.checks.exercises.e03_stride_padding_shapes import check


def test_a_mistake_that_these_shapes_do_not_allow_is_passed_over():
    # Without its padding, the picture is smaller than the window.
    case = Case(
        "conv2d",
        lambda rng: [(np.ones((1, 1, 2, 2)), np.ones((1, 1, 3, 3)), np.zeros(1), 1, 1, 1)],
        kernels.conv2d,
        mistakes=answers.MISTAKES["conv2d"],
    )
    assert "expected" in message(lambda *arguments: kernels.conv2d(*arguments) + 1, case)


def backwards(block):
    """Return the maps' size after a block, and which of its 56×56 places reach an output."""
    sizes = [56]
    for window, stride, padding in block:
        sizes.append(kernels.output_size(sizes[-1], window, stride, padding))
    used = np.ones((1, 1, sizes[-1], sizes[-1]))
    for size, (window, stride, padding) in zip(sizes[-2::-1], block[::-1], strict=True):
        x, w = np.ones((1, 1, size, size)), np.ones((1, 1, window, window))
        used = kernels.conv2d_backward(used, x, w, stride, padding)[0]
    return sizes[-1], used > 0


@pytest.mark.parametrize("stride", [(1, 1, 2), (1, 2, 1), (2, 1, 1)])
@pytest.mark.parametrize("padding", [(0, 0, 0), (0, 1, 0), (1, 0, 0), (0, 0, 1), (2, 0, 0)])
def test_the_judge_of_blocks_finds_what_a_backward_pass_finds(stride, padding):
    block = list(zip((1, 3, 1), stride, padding, strict=True))
    size, used = backwards(block)
    try:
        check("mended", {"mended": block})
        accepted = True
    except CheckFailed as refused:
        accepted = False
        told = str(refused)
        if size == 28 and "as it was" not in told:
            assert f"{np.sum(~used):,} of the 3,136 places" in told
    assert accepted == (size == 28 and used.all())


def test_edges_answer_at_the_border_of_a_page_as_strongly_as_at_a_letter():
    page = np.full((24, 24), 255)
    page[6:18, 8:11] = page[15:18, 8:16] = 0  # an L
    sobel = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    for kernel in (sobel, sobel.T, np.array([[-1, 0, 1]] * 3)):
        answer = abs(kernels.correlate2d(page, kernel, padding=1))
        assert answer[2:-2, 2:-2].max() == max(answer[:, [0, -1]].max(), answer[[0, -1]].max())
