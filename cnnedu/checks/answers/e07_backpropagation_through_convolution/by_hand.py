"""The gradients worked out by hand, and what to say about wrong ones."""

BY_HAND = {"by_hand": [3, -1, 2, -3, 1, 1]}
BY_HAND_MISTAKES = {
    "by_hand": (
        ([3, -1, -2, 3, -1, 1], "dx uses the kernel as it lies in the forward pass: don't flip it"),
        ([3, -1, 2, -1, 1, 1], "the middle pixel lies in both windows: add up both shares"),
        ([3, -1, 2, -2, 1, 1], "the middle pixel lies in both windows: add up both shares"),
        ([3, -1, 2, -3, 1, 2], "db adds up all numbers of dout: the bias is part of each output"),
        ([3, -1, 2, -3, 1, 0.5], "db is the sum of dout, not its mean"),
        ([-1, 3, 2, -3, 1, 1], "dw is in the wrong order: its first number belongs to w's first"),
        ([-1, -3, 2, -3, 1, 1], "each weight takes part in both outputs: add up both shares"),
        ([4, 2, 2, -3, 1, 1], "each weight takes part in both outputs: add up both shares"),
        ([2, -3, 1, 3, -1, 1], "the order is another one: first dw, then dx, then db"),
        ([1, 3, -1, 2, -3, 1], "the order is another one: first dw, then dx, then db"),
        ([-3, 1, -2, 3, -1, -1], "all signs are the wrong way round: a gradient isn't a step"),
    ),
}
