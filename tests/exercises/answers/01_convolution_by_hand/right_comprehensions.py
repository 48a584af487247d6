# loses nothing: comprehensions, negative places, names that the course uses, too

# %% grade_id="01-by-hand"
from fractions import Fraction

run = case = Case = check = kernels = None
by_hand = [[Fraction(n, 2) for n in row] for row in ((0, -6, 0), (2, -4, -2), (2, -2, -2))]

# %% grade_id="01-correlate2d"
windows = require = "taken"


def correlate2d(picture, kernel, stride=(1, 1)):
    down, across = stride
    (h, w), (kh, kw) = np.shape(picture), np.shape(kernel)
    return [
        [
            sum(picture[i + u, j + v] * kernel[u, v] for u in range(kh) for v in range(kw))
            for j in range(0, w - kw + 1, across)
        ]
        for i in range(0, h - kh + 1, down)
    ]


# %% grade_id="01-flip"
def flip(kernel):
    kh, kw = kernel.shape
    return [[kernel[-1 - u, -1 - v] for v in range(kw)] for u in range(kh)]


# %% grade_id="01-horizontal-kernel"
horizontal = [[Fraction(1, 3)] * 3, [Fraction(-2, 3)] * 3, [Fraction(1, 3)] * 3]


# %% grade_id="01-changed"
def outputs_changed(shape, kernel, row, column):
    (h, w), (kh, kw) = shape, kernel.shape
    tops, lefts = range(h - kh + 1), range(w - kw + 1)
    return sum(
        bool(kernel[row - top, column - left])
        for top in tops
        if top <= row < top + kh
        for left in lefts
        if left <= column < left + kw
    )
