"""The six numbers worked out by hand, and what to say about wrong ones."""

_RIGHT = [50, 1.4, 3, 0.875, 100, 3]

MEAN = "a: the covariance is a mean over the four patches; divide by 4"
SMALLER = "a: that is the variance along (1, −1), the smaller one"
BY_HAND = {"by_hand": _RIGHT}
BY_HAND_MISTAKES = {
    "by_hand": (
        ([200, 0.7, *_RIGHT[2:]], MEAN),
        ([200, *_RIGHT[1:]], MEAN),
        ([200 / 3, 1.4 * 0.75**0.5, *_RIGHT[2:]], MEAN),
        ([200 / 3, *_RIGHT[1:]], MEAN),
        ([26, *_RIGHT[1:]], "a: that is the variance of one pixel; take it along (1, 1) / √2"),
        ([24, *_RIGHT[1:]], "a: that is the covariance of the two pixels, not a variance"),
        ([50**0.5, *_RIGHT[1:]], "a: that is the deviation; the variance is its square"),
        ([2, *_RIGHT[1:]], SMALLER),
        ([2, 1, *_RIGHT[2:]], SMALLER),
        (
            [50, 1, *_RIGHT[2:]],
            "b: that is the coordinate along (1, −1), the direction of the smaller variance",
        ),
        ([50, 14 / 50**0.5, *_RIGHT[2:]], "b: the direction has length 1: (1, 1) / √2"),
        ([50, 14 / 2**0.5, *_RIGHT[2:]], "b: divide the coordinate by the deviation √λ"),
        (
            [50, -1.4, *_RIGHT[2:]],
            "b: the entries of the filter are positive, and so is the answer",
        ),
        (
            [50, 14 / 2**0.5 / 50, *_RIGHT[2:]],
            "b: divide by the deviation √λ, not by the variance λ",
        ),
        (
            [*_RIGHT[:2], 2.5, *_RIGHT[3:]],
            "c: the average begins with the first weight, not with 0",
        ),
        (
            [*_RIGHT[:2], 2, *_RIGHT[3:]],
            "c: that is the average after the second step; do the third, too",
        ),
        (
            [*_RIGHT[:2], 8 / 3, *_RIGHT[3:]],
            "c: that is the plain mean; the latest weight counts for ½",
        ),
        ([*_RIGHT[:3], 0.125, 100, 3], "d: that is the share shown one way only"),
        ([*_RIGHT[:3], 0.9375, 100, 3], "d: one way only may be either way: twice (1/2)⁴"),
        ([*_RIGHT[:4], 100.1, 3], "e: between 64 and 128, bfloat16 goes in steps of 64/128 = 0.5"),
        ([*_RIGHT[:4], 100.5, 3], "e: round to the nearest number that bfloat16 has"),
        ([*_RIGHT[:5], 12], "f: that is the sum; the loss is a mean over four pictures"),
        ([*_RIGHT[:5], 5], "f: the part of 3 pictures has the gradient 2, not 6"),
        ([*_RIGHT[:5], 4], "f: three pictures count three times as much as one"),
    ),
}
