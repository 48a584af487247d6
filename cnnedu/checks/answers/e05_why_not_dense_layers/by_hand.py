"""The values worked out by hand, and the well-known wrong ones."""

from cnnedu.checks.by_hand import Question, usual
from cnnedu.checks.value import Value

_COUNT = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight"}


def _draw_picture(draw):
    """Draw a picture that isn't square, and the side of the kernels."""
    return (*draw.some_of(range(8, 21), 2), draw.one_of((3, 4)))


def _two_layers(H, W, k):
    pixels = H * W
    between, outputs = (H - k + 1) * (W - k + 1), (H - 2 * k + 2) * (W - 2 * k + 2)
    seen, ways = (2 * k - 1) ** 2, k * k
    right = [outputs, pixels, seen, ways]
    mistakes = (
        ([pixels, outputs, seen, ways], "the order is rows (outputs), then columns (pixels)"),
        (
            [between, pixels, seen, ways],
            f"{between} × {pixels} is the first layer's matrix; the second one comes after it",
        ),
        (
            [outputs, between, seen, ways],
            f"{outputs} × {between} is the second layer's matrix; the product sees the {pixels} "
            "pixels",
        ),
        (
            [outputs, pixels, k * k, ways],
            f"an output of the second layer looks at {k} × {k} windows, which overlap",
        ),
        (
            [outputs, pixels, k**4, ways],
            f"the {'nine' if k == 3 else 'sixteen'} windows of the first layer overlap, and share "
            "pixels",
        ),
        (
            [outputs, pixels, (2 * k) ** 2, ways],
            f"the windows overlap: along one axis, two layers see {k} + {k - 1} pixels",
        ),
        (
            [outputs, pixels, seen, 1],
            "several ways lead from the middle pixel to the output, and they add up",
        ),
        (
            [outputs, pixels, seen, k],
            f"{_COUNT[k]} is along one axis; in two dimensions the ways multiply",
        ),
    )
    return (Value("two_layers", right, mistakes=mistakes),)


def _picture(H, W, k):
    return (
        f"A picture of {H} × {W} pixels goes through a convolution with a {k} × {k} kernel of ones",
        f"(The second layer's picture isn't {H} × {W}.)",
    )


TWO_LAYERS = Question((8, 8, 3), _draw_picture, _two_layers, _picture)


def _draw_width(draw):
    """Draw an even width, for which layers of stride 1 see one pixel too few or one too many."""
    return (2 * draw.whole(40, 250),)


def _depth(width):
    ones = width // 2
    twos = next(layers for layers in range(1, 12) if 2 ** (layers + 1) - 1 >= width)
    right = [ones, twos]
    mistakes = (
        (
            [ones - 1, twos],
            f"with {ones - 1} layers of stride 1 a unit sees 1 + 2 · {ones - 1} = {width - 1} "
            "pixels, one too few",
        ),
        (right[::-1], "the order is the other way round: first stride 1, then stride 2"),
        (
            [ones, twos + 1],
            "with stride 2, size and jump grow from layer to layer: 3, 7, 15, and so on",
        ),
        (
            [ones, twos - 1],
            f"with stride 2, {_COUNT[twos - 1]} layers see {2**twos - 1} pixels",
        ),
        (
            [-(-width // 3), twos],
            "a second layer of 3 × 3 doesn't add 3 pixels: its windows overlap",
        ),
        ([width, twos], "each layer of 3 × 3 adds a pixel on the left *and* one on the right"),
    )
    return (Value("depth", right, mistakes=mistakes),)


DEPTH = Question(
    (224,),
    _draw_width,
    _depth,
    lambda width: (f"see a picture of {width} pixels from edge to edge",),
)
BY_HAND, BY_HAND_MISTAKES = usual(TWO_LAYERS, DEPTH)
