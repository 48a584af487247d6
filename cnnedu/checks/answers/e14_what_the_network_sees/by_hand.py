"""The six numbers worked out by hand, and what to say about wrong ones."""

_RIGHT = [1, 0, -2, 1, 1, 0]

BY_HAND = {"by_hand": _RIGHT}
BY_HAND_MISTAKES = {
    "by_hand": (
        ([-1, 0, 2, *_RIGHT[3:]], "a, c: the drop is the score before minus the score after"),
        ([2, 3, 5, *_RIGHT[3:]], "a, b, c: those are the scores after; how far do they fall?"),
        ([3, *_RIGHT[1:]], "a: without pixel 2, the row still rises at its end, from 0 to 2"),
        ([1, 2, *_RIGHT[2:]], "b: only rises count, and this pixel was not part of one"),
        ([1, 0, 2, *_RIGHT[3:]], "c: the score rises, so the drop is negative"),
        ([*_RIGHT[:3], -1, 1, 0], "d: saliency is the *size* of the gradient"),
        ([*_RIGHT[:3], 0, 1, 0], "d: the gradient doesn't depend on how large the pixel itself is"),
        ([*_RIGHT[:3], 2, 1, 0], "d: pixel 1 is part of one rise; the fall before it has slope 0"),
        ([*_RIGHT[:4], 0, 0], "e, f: that is HiResCAM; Grad-CAM averages the gradient first"),
        ([*_RIGHT[:4], 4, 0], "e: α is the *mean* of the gradient, not its sum"),
        ([*_RIGHT[:4], 2, 0], "e, f: the ReLU belongs to the sum, not to each map or weight"),
        ([*_RIGHT[:4], 3, 4], "e, f: α is −1 for the second map, so it takes heat away"),
        ([*_RIGHT[:4], 1, -4], "f: the ReLU comes last: negative sums become 0"),
    ),
}
