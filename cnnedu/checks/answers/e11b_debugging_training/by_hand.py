"""The numbers worked out by hand, and what to say about wrong ones."""

import math

FIRST, LOWEST, MOVED, UPDATE = math.log(7), math.log(1 + 6 / math.e), 2, 0.004

BY_HAND = {"by_hand": [FIRST, LOWEST, MOVED, UPDATE]}
BY_HAND_MISTAKES = {
    "by_hand": (
        ([2.8074, LOWEST, MOVED, UPDATE], "the loss is in nats: take the natural logarithm"),
        ([0.8451, LOWEST, MOVED, UPDATE], "the loss is in nats: take the natural logarithm"),
        ([0.1429, LOWEST, MOVED, UPDATE], "1/7 is the right class's share; the loss is −ln of it"),
        ([FIRST, 0, MOVED, UPDATE], "in the second, cross-entropy takes a softmax of the shares"),
        ([FIRST, 0.3118, MOVED, UPDATE], "in the second, the loss is −ln of the share you found"),
        ([FIRST, LOWEST, 0.8, UPDATE], "in the third, the gradients of all earlier steps add up"),
        ([FIRST, LOWEST, 20, UPDATE], "in the third, each step is the rate times the gradient"),
        ([FIRST, LOWEST, MOVED, 0.04], "the fourth is a share of the weight's size, which is 5"),
        ([FIRST, LOWEST, MOVED, 0.02], "the fourth is a share of the weight's size, which is 5"),
        ([FIRST, LOWEST, MOVED, 0.1], "the fourth is the step's size over the weight's size"),
    ),
}
