"""The sizes of a network and the places that a block never looks at, worked out by hand."""

from cnnedu.checks.by_hand import Question, usual
from cnnedu.checks.value import Value

_LENET = (28, 6, 5, 16, 5)  # height of the picture; maps and window of step 1, and of step 3


def _draw(draw):
    """Draw sizes that the pooling halves without a remainder, as in LeNet-5."""
    height, (maps, more) = 4 * draw.whole(6, 15), draw.some_of(range(4, 25), 2)
    first, second = draw.one_of((3, 5, 7)), draw.one_of((3, 5, 7))
    return height, min(maps, more), first, max(maps, more), second


def _sizes(first, maps, window, pool=2):
    """Return the five numbers, from the height after step 1."""
    pooled = first // pool if pool > 1 else first - 1
    third = pooled - window + 1
    last = third // pool if pool > 1 else third - 1
    return [first, pooled, third, last, maps * last * last]


def _values(height, few, first, maps, second):
    right = _sizes(height, maps, second)
    *_, last, flat = right
    around = (first - 1) // 2
    same = [height, height // 2, height // 2, height // 4]
    mistakes = (
        (
            _sizes(height - 2 * around, maps, second),
            f"step 1 has padding {around} on both sides",
        ),
        (
            _sizes(height - around, maps, second),
            f"step 1 has padding {around} on both sides: it adds {2 * around} in all",
        ),
        (
            _sizes(height + 2 * around, maps, second),
            f"step 1 has a window of {first}, which takes {first - 1} away from {height} + "
            f"{2 * around}",
        ),
        (_sizes(height, maps, second, pool=1), "pooling has stride 2: it halves the height"),
        ([*same, maps * same[-1] ** 2], "step 3 has no padding, so the map gets smaller"),
        ([*right[:4], last * last], f"flattening counts the numbers of all {maps} maps"),
        (
            [*right[:4], few * last * last],
            f"flattening counts the {maps} maps of step 3, not the {few} of step 1",
        ),
        (
            [*right[:4], few * flat],
            f"step 3 makes {maps} maps in all, not {maps} for each of the {few}",
        ),
        (
            [*right[:4], maps * last],
            f"flattening counts rows and columns: {last} · {last} in each map",
        ),
    )
    return (Value("sizes", right, mistakes=mistakes),)


def _shown(height, few, first, maps, second):
    is_usual = (height, few, first, maps, second) == _LENET
    begins = "In a common form it begins" if is_usual else "A network like it begins"
    return (
        f"{begins} with a picture",
        f"of {height}×{height}×1 and goes on",
        f"{few} filters of {first}×{first}, padding {(first - 1) // 2};",
        f"{maps} filters of {second}×{second}, no padding;",
    )


SIZES = Question(_LENET, _draw, _values, _shown)
UNSEEN = Value(
    "unseen",
    2352,
    mistakes=(
        (784, "that is how many are used; the question is how many are not"),
        (1568, "every second row is left out, and of the other rows every second column"),
        (28, "that is for one row; the maps have rows and columns"),
        (56, "that is for one row and one column; count all places of the map"),
        (0, "layer 1 has a window of 1 and stride 2: which columns does it look at?"),
    ),
)
BY_HAND, BY_HAND_MISTAKES = usual(SIZES)
BY_HAND |= {"unseen": UNSEEN.expected}
BY_HAND_MISTAKES |= {"unseen": UNSEEN.mistakes}
