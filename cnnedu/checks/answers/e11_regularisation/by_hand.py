"""The numbers worked out by hand, and what to say about wrong ones."""

BY_HAND = {"by_hand": [4, 1.3, 1.9, 1.5, 0.6], "remedies": [4, 5, 2, 3, 1]}
BY_HAND_MISTAKES = {
    "by_hand": (
        ([1, 1.3, 1.9, 1.5, 0.6], "the kept number is multiplied by 1 / (1 − p)"),
        ([4 / 3, 1.3, 1.9, 1.5, 0.6], "p is the probability of a zero: divide by 1 − p, not by p"),
        ([0.25, 1.3, 1.9, 1.5, 0.6], "the kept number is divided by 1 − p, not multiplied by it"),
        ([4, 1.7, 1.9, 1.5, 0.6], "the second leaves the gradient of the penalty, λ w, out"),
        ([4, 0.9, 1.9, 1.5, 0.6], "in the second, the gradient of λ/2 · w² is λ w, not 2 λ w"),
        ([4, 1.5, 1.9, 1.5, 0.6], "in the second, the gradient of λ/2 · w² is λ w, not λ w / 2"),
        ([4, 1.3, 1.3, 1.5, 0.6], "Adam's first step has length lr, however large the gradient"),
        ([4, 1.3, 1.5, 1.9, 0.6], "you swapped L2 in the loss, the third, and AdamW, the fourth"),
        ([4, 1.3, 1.9, 1.9, 0.6], "AdamW shortens the weight by lr · λ · w beside its step"),
        ([4, 1.3, 1.9, -2.1, 0.6], "AdamW shortens the weight by lr · λ · w, not by λ · w"),
        ([4, 1.3, 1.9, 1.5, 0.5], "the right class has its share of ε, too: ε / K on top of 1 − ε"),
        ([4, 1.3, 1.9, 1.5, 0.1], "the fifth is the target of the *wrong* classes; give the other"),
    ),
    "remedies": (
        (
            [4, 3, 2, 5, 1],
            "B and D both report less than they know. Only one of them answers differently when "
            "asked twice: what in that network is random, even when the digits aren't?",
        ),
        (
            [3, 5, 2, 4, 1],
            "A's loss is high although all digits are right in training; with dropout some of them "
            "would be wrong while the training goes through them",
        ),
        (
            [5, 4, 2, 3, 1],
            "one of A and B gets some digits wrong in training that it knows as they are; a target "
            "that is merely softer wouldn't do that",
        ),
        (
            [4, 5, 1, 3, 2],
            "early stopping leaves out epochs, and weight decay makes the parameters small: look "
            "at the first and the last column",
        ),
        (
            [2, 5, 4, 3, 1],
            "compare the reported loss of A and C with their loss in the usual cross-entropy: one "
            "of the two was trained with another loss",
        ),
        (
            [4, 2, 5, 3, 1],
            "compare what B and C report with what they know: only one of the two was shown digits "
            "other than these",
        ),
    ),
}
