"""Four gradients on paper, and what to say about wrong ones."""

from cnnedu.checks.by_hand import Question, usual
from cnnedu.checks.value import Value


def _draw(draw):
    """Draw two different numbers, and what is taken away from their product; v is above 0."""
    a, b = draw.some_of(range(2, 8), 2)
    return a, b, a * b - draw.whole(2, min(9, a * b - 2))


def _values(a, b, less):
    u = a * b
    v = u - less
    dv, du = u + a, v + u + a
    right = [dv, du, a * du, b * du + v]
    of_u = "u is used twice: by the ReLU and in v · u; its gradients add up"
    of_v = "v is used twice: in v · u and in a · v; its gradients add up"
    of_a = "a is used twice: in a · b and in a · v; its gradients add up"
    mistakes = (
        ([dv, v, a * v, b * v + v], of_u),
        ([dv, dv, a * dv, b * dv + v], of_u),
        ([u, v + u, a * (v + u), b * (v + u) + v], of_v),
        ([a, v + a, a * (v + a), b * (v + a) + v], of_v),
        ([dv, du, a * du, b * du], of_a),
        ([dv, du, a * du, v], of_a),
        ([dv, du, b * du, a * du + v], "the gradient of b holds a, and that of a holds b"),
    )
    return (Value("by_hand", right, mistakes=mistakes),)


def _shown(a, b, less):
    return rf"a = {a}, \quad b = {b}, \qquad u", rf"\text{{ReLU}}(u - {less})"


GRADIENTS = Question((3, 4, 7), _draw, _values, _shown)
BY_HAND, BY_HAND_MISTAKES = usual(GRADIENTS)
