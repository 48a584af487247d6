"""The six numbers worked out by hand, and what to say about wrong ones."""

_RIGHT = [0.25, -0.75, -0.5, 5.5, 5.95, 965]

BY_HAND = {"by_hand": _RIGHT}
BY_HAND_MISTAKES = {
    "by_hand": (
        ([-0.25, 0.75, 0.5, *_RIGHT[3:]], "a, b: a step goes *against* the gradient: down, not up"),
        (
            [1, -3, -2, *_RIGHT[3:]],
            "a, b: the loss is the mean over the four pictures: divide by 4",
        ),
        (
            [*_RIGHT[:3], 9.5, 9.95, 965],
            "d, e: the new batch has the share 0.1, the old mean keeps 0.9",
        ),
        ([*_RIGHT[:5], 960], "f: each of the five classes has a bias, too"),
    ),
}
