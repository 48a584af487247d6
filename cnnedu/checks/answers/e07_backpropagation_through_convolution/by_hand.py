"""The gradients worked out by hand, and what to say about wrong ones."""

from cnnedu.checks.by_hand import Question, usual
from cnnedu.checks.value import Value


def _draw(draw):
    """Draw three different pixels; the two weights, and the two numbers of dout, differ in sign."""
    sign, other = draw.one_of((1, -1)), draw.one_of((1, -1))
    large, small = draw.some_of((1, 2, 3), 2)
    return tuple(draw.some_of(range(1, 6), 3)), (sign, -sign), (other * large, -other * small)


def _values(x, w, dout):
    first, second = dout
    dw = [first * x[0] + second * x[1], first * x[1] + second * x[2]]
    dx = [w[0] * first, w[1] * first + w[0] * second, w[1] * second]
    db = first + second
    flipped = [w[1] * first, w[0] * first + w[1] * second, w[0] * second]
    right = [*dw, *dx, db]
    both = "the middle pixel lies in both windows: add up both shares"
    shares = "each weight takes part in both outputs: add up both shares"
    order = "the order is another one: first dw, then dx, then db"
    mistakes = (
        (
            [*dw, *flipped, db],
            "dx uses the kernel as it lies in the forward pass: don't flip it",
        ),
        ([*dw, dx[0], w[0] * second, dx[2], db], both),
        ([*dw, dx[0], w[1] * first, dx[2], db], both),
        ([*dw, *dx, first], "db adds up all numbers of dout: the bias is part of each output"),
        ([*dw, *dx, db / 2], "db is the sum of dout, not its mean"),
        (
            [*dw[::-1], *dx, db],
            "dw is in the wrong order: its first number belongs to w's first",
        ),
        ([second * x[1], second * x[2], *dx, db], shares),
        ([first * x[0], first * x[1], *dx, db], shares),
        ([*dx, *dw, db], order),
        ([db, *dw, *dx], order),
        ([-n for n in right], "all signs are the wrong way round: a gradient isn't a step"),
    )
    return (Value("by_hand", right, mistakes=mistakes),)


def _shown(x, w, dout):
    x, w, dout = (", ".join(map(str, numbers)) for numbers in (x, w, dout))
    return f"$x = ({x})$ and $w = ({w})$", rf"$\text{{dout}} = ({dout})$"


GRADIENTS = Question(((2, 1, 3), (1, -1), (2, -1)), _draw, _values, _shown)
BY_HAND, BY_HAND_MISTAKES = usual(GRADIENTS)
