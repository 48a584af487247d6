"""Three kernels on paper, and the slips of a pencil."""

import numpy as np

from cnnedu import kernels
from cnnedu.checks.by_hand import Question, matrix, usual
from cnnedu.checks.value import Value

_PICTURE = ((0, 0, 9, 9), (0, 9, 9, 0), (9, 9, 9, 9))
_LIGHT = 8  # pixels that aren't 0
_TONES = (9, 18, 27, 36)  # with which the blur answers whole numbers
_SOBEL = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
_LAPLACIAN = 9 * (np.arange(9) == 4).reshape(3, 3) - 1
_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def _answers(x, *used):
    return np.concatenate([kernels.correlate2d(x, w) for w in used])


def _draw(draw):
    """Draw a picture with as many light pixels, on which no answer is 0 or comes twice."""
    while True:
        light = np.isin(np.arange(12), draw.some_of(range(12), _LIGHT)).reshape(3, 4)
        picture = draw.one_of(_TONES) * light
        blur, sobel, laplacian = right = _answers(picture, np.ones((3, 3)), _SOBEL, _LAPLACIAN)
        if right.all() and all(first != second for first, second in (blur, sobel, laplacian)):
            return (tuple(map(tuple, picture.tolist())),)


def _values(rows):
    x = np.array(rows)
    sums = _answers(x, np.ones((3, 3)))[0]
    right = np.array([sums / 9, *_answers(x, _SOBEL, _LAPLACIAN)])
    middle = x[1, 1:3]
    mistakes = (
        (right.T, "it needs one row per kernel, three rows of two numbers"),
        (right[:, ::-1], "column 0 comes first, then column 1"),
        (right * [[9], [1], [1]], "the blur takes the mean: divide its sums by 9"),
        (right / [[9], [1], [1]], "the blur's weights are 1/9 already: divide by 9 only once"),
        (
            right / [[1], [9], [9]],
            "only the blur takes a mean; the other two add the products up",
        ),
        (
            [right[0], _answers(x, np.sign(_SOBEL))[0], right[2]],
            "the middle row of Sobel's kernel counts twice; yours counts all three rows alike",
        ),
        (
            [right[0], _answers(x, _SOBEL.T)[0], right[2]],
            "you took Sobel's transpose, bottom minus top; the kernel shown is right minus left",
        ),
        (
            [*right[:2], right[2] - middle],
            "the Laplacian is 8 times the middle minus the eight others: leave the middle out of "
            "what you subtract",
        ),
        (right * [[1], [-1], [1]], "Sobel is right minus left, not left minus right"),
        (right * [[1], [1], [-1]], "the Laplacian is 8 times the middle minus the others"),
    )
    return (Value("by_hand", right, mistakes=mistakes),)


def _shown(rows):
    window = np.array(rows)[:, :3]
    light, total = np.count_nonzero(window), window.sum()
    return (
        matrix(rows),
        f"{_WORDS[light]} of the nine pixels are {np.max(rows)},",
        f"${total} / 9 = {total // 9}$",
    )


PICTURE = Question((_PICTURE,), _draw, _values, _shown)
BY_HAND, BY_HAND_MISTAKES = usual(PICTURE)
