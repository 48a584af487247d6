"""The four numbers worked out by hand, and what to say about wrong ones."""

import math

_RIGHT = [0.35, 0.05, 0.36, 2 / math.log(4)]

BY_HAND = {"by_hand": _RIGHT}
BY_HAND_MISTAKES = {
    "by_hand": (
        ([0.35, 0.0, *_RIGHT[2:]], "b: a pixel can't exceed 1"),
        ([0.35, 0.65, *_RIGHT[2:]], "b: the push must make the score *smaller*"),
        ([*_RIGHT[:2], 0.45, _RIGHT[3]], "c: weight each bin by how many answers it holds"),
        ([*_RIGHT[:2], 0.12, _RIGHT[3]], "c: the two gaps must not cancel; take their sizes"),
        ([*_RIGHT[:3], math.log(4) / 2], "d: that is 1 / T"),
        ([*_RIGHT[:3], 2 / math.log(5)], "d: the odds are 4 to 1, not 5 to 1"),
    ),
}
