"""The values worked out by hand, and the well-known wrong ones."""

BY_HAND = {
    "two_layers": [16, 64, 25, 9],
    "depth": [112, 7],
}

BY_HAND_MISTAKES = {
    "two_layers": (
        ([64, 16, 25, 9], "the order is rows (outputs), then columns (pixels)"),
        ([36, 64, 25, 9], "36 × 64 is the first layer's matrix; the second one comes after it"),
        ([16, 36, 25, 9], "16 × 36 is the second layer's matrix; the product sees the 64 pixels"),
        ([16, 64, 9, 9], "an output of the second layer looks at 3 × 3 windows, which overlap"),
        ([16, 64, 81, 9], "the nine windows of the first layer overlap, and share pixels"),
        ([16, 64, 36, 9], "the windows overlap: along one axis, two layers see 3 + 2 pixels"),
        ([16, 64, 25, 1], "several ways lead from the middle pixel to the output, and they add up"),
        ([16, 64, 25, 3], "three is along one axis; in two dimensions the ways multiply"),
    ),
    "depth": (
        ([111, 7], "with 111 layers of stride 1 a unit sees 1 + 2 · 111 = 223 pixels, one too few"),
        ([7, 112], "the order is the other way round: first stride 1, then stride 2"),
        ([112, 8], "with stride 2, size and jump grow from layer to layer: 3, 7, 15, and so on"),
        ([112, 6], "with stride 2, six layers see 127 pixels"),
        ([75, 7], "a second layer of 3 × 3 doesn't add 3 pixels: its windows overlap"),
        ([224, 7], "each layer of 3 × 3 adds a pixel on the left *and* one on the right"),
    ),
}
