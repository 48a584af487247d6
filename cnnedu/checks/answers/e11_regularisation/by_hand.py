"""The numbers worked out by hand, and what to say about wrong ones."""

BY_HAND = {"by_hand": [4, 1.3, 1.9, 1.5, 0.6]}
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
}
