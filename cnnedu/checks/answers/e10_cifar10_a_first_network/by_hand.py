"""The numbers worked out by hand, and what to say about wrong ones."""

BY_HAND = {"by_hand": [0.8, 0.04, 0.75, 0.6, 0.8]}
BY_HAND_MISTAKES = {
    "by_hand": (
        ([0.8, 0.04, 0.6, 0.75, 0.8], "precision looks down the column, recall along the row"),
        ([0.8, 0.04, 0.6, 0.75, 24 / 38], "precision looks down the column, recall along the row"),
        ([0.8, 0.04, 0.75, 0.6, 24 / 38], "the last is the precision of dogs; give their recall"),
        ([0.8, 0.0016, 0.75, 0.6, 0.8], "the second is the square of the standard error"),
        ([0.8, 0.4, 0.75, 0.6, 0.8], "the second is one answer's deviation: divide it by √100"),
        ([0.8, 0.004, 0.75, 0.6, 0.8], "for the second, divide the deviation by √100, not by 100"),
        (
            [0.2, 0.04, 0.75, 0.6, 0.8],
            "the first is the share of wrong answers; give the right ones",
        ),
        ([80, 4, 75, 60, 80], "give numbers from 0 to 1, not percentages"),
    ),
}
