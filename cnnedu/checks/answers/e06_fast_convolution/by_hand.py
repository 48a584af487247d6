"""Columns on paper and the memory they take, and the slips that are made with both."""

import numpy as np

from cnnedu.checks.by_hand import Question, matrix, usual
from cnnedu.checks.value import Value
from cnnedu.kernels import unfolding

_COUNTED = tuple(tuple(range(start, start + 4)) for start in (1, 5, 9))


def _draw_picture(draw):
    """Draw twelve different numbers."""
    numbers = draw.some_of(range(1, 25), 12)
    return (tuple(tuple(numbers[start : start + 4]) for start in (0, 4, 8)),)


def _columns(rows):
    right = unfolding.im2col(np.array(rows)[None, None], (2, 2))[0]
    mistakes = (
        (right.T, "you wrote each window as a row; it is a column, so there are four rows"),
        (
            right[[0, 2, 1, 3]],
            "you read each window column by column; its second number stands right of the first",
        ),
        (
            right[:, [0, 3, 1, 4, 2, 5]],
            "the windows go row by row: the second window is one pixel right of the first",
        ),
        (right[:, [0, 2, 3, 5]], "you left windows out: from one to the next it is one pixel"),
    )
    return (Value("columns", right, mistakes=mistakes),)


COLUMNS = Question((_COUNTED,), _draw_picture, _columns, lambda rows: (matrix(rows),))


def _draw_shape(draw):
    """Draw an odd height, so that stride 2 doesn't halve the rows of windows, and an even width."""
    return 8 * draw.whole(2, 8), 2 * draw.whole(10, 20) + 1, 2 * draw.whole(15, 30)


def _bytes(C, rows, columns):
    """Return the bytes of so many rows and columns of windows of 5 × 3."""
    return 4 * 15 * C * rows * columns


def _memory(C, H, W):
    padded = 4 * C * (H + 4) * (W + 4)
    one, two = _bytes(C, H, W + 2), _bytes(C, (H + 1) // 2, W // 2 + 1)
    right = [padded, one, two]
    one_less = _bytes(C, (H - 1) // 2, W // 2)
    mistakes = (
        ([n / 4 for n in right], "these are numbers; one number of float32 takes 4 bytes"),
        ([2 * n for n in right], "one number of float32 takes 4 bytes, not 8"),
        (
            [4 * C * H * W, _bytes(C, H - 4, W - 2), _bytes(C, (H - 3) // 2, W // 2 - 1)],
            "the padding is missing: two rows or columns of zeros on each of the four sides",
        ),
        (
            [4 * C * (H + 2) * (W + 2), _bytes(C, H - 2, W), one_less],
            "the zeros stand on all four sides: 2 · padding more rows, and as many more columns",
        ),
        ([padded, one / C, two / C], f"a column holds the windows of all {C} channels"),
        (
            [padded, one, one / 2],
            "with stride 2 there are about half as many rows of windows *and* columns of windows",
        ),
        (
            [padded, one, one / 4],
            f"with stride 2, {H} rows of windows become {(H + 1) // 2}, not {H / 2}: count the "
            "places",
        ),
        (
            [padded, one, one_less],
            "with stride 2 there is one more row and one more column of windows: the first",
        ),
        (
            [padded, _bytes(C, H - 1, W + 1), one_less],
            "there is one more row and one more column of windows: the first",
        ),
        (
            [padded, _bytes(C, H + 2, W), _bytes(C, (H + 3) // 2, W // 2)],
            "KH and KW are swapped: a window of 5 × 3 is 5 pixels high and 3 wide",
        ),
        ([4 * C * H * W, one, two], "the first number is that of the *padded* picture"),
    )
    return (Value("memory", right, mistakes=mistakes),)


def _shapes(*shape):
    written = ", ".join(map(str, (1, *shape)))
    return f"A picture of shape ({written})", f"np.zeros(({written}), np.float32)"


MEMORY = Question((48, 31, 40), _draw_shape, _memory, _shapes)
BY_HAND, BY_HAND_MISTAKES = usual(COLUMNS, MEMORY)
