"""The gradient and the steps worked out by hand, and what to say about wrong ones."""

BY_HAND = {"by_hand": [-0.9, 0.3, 0.6, 0.1, -0.1, -0.1]}
BY_HAND_MISTAKES = {
    "by_hand": (
        ([-0.9, 0.3, 0.6, 0.09, -0.03, -0.06], "those changes are plain gradient descent's"),
        ([-0.9, 0.3, 0.6, -0.1, 0.1, 0.1], "the changes lead uphill: a step is subtracted"),
        ([-0.9, 0.3, 0.6, -0.09, 0.03, 0.06], "the changes lead uphill: a step is subtracted"),
        ([-0.9, 0.3, 0.6, 0.1, 0.1, 0.1], "the three changes don't all have the same sign"),
        ([-0.9, 0.3, 0.6, -0.1, -0.1, -0.1], "the three changes don't all have the same sign"),
        ([-0.9, 0.3, 0.6, 1, -1, -1], "multiply the changes by the learning rate"),
        ([0.1, 0.3, 0.6, 0.1, -0.1, -0.1], "the first three are p: subtract 1 at the right class"),
        ([0.1, 0.3, 0.6, -0.1, -0.1, -0.1], "the first three are p: subtract 1 at the right class"),
        ([0.9, -0.3, -0.6, 0.1, -0.1, -0.1], "the gradient is p − t, not t − p"),
        ([0.9, -0.3, -0.6, -0.1, 0.1, 0.1], "the gradient is p − t, not t − p"),
        ([-1, 1 / 3, 2 / 3, 0.1, -0.1, -0.1], "a score of 0 counts as well: e⁰ is 1"),
    ),
}
