"""Exercise 08: each well-known mistake is named."""

import numpy as np
import pytest
from checks.told import message

from cnnedu import kernels
from cnnedu.checks import Case
from cnnedu.checks.exercises import e08_training_from_scratch as e08


def dlogits(logits, y, axis=1, wanted=1.0):
    powers = np.exp(logits - logits.max(axis=axis, keepdims=True))
    return (powers / powers.sum(axis=axis, keepdims=True) - wanted * np.eye(4)[y]) / len(y)


def overflowing(logits, y):
    with np.errstate(all="ignore"):
        powers = np.exp(logits)
        return (powers / powers.sum(axis=1, keepdims=True) - np.eye(4)[y]) / len(y)


GRADIENT = Case(
    "cross_entropy_gradient",
    lambda rng: [(rng.normal(size=(3, 4)), rng.integers(0, 4, size=3))],
    lambda logits, y: kernels.cross_entropy_backward(1.0, logits, y),
    mistakes=e08.MISTAKES["cross_entropy_gradient"],
)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (lambda logits, y: 3 * dlogits(logits, y), "forgot the mean"),
        (lambda logits, y: dlogits(logits, y) / 4, "number of scores"),
        (lambda logits, y: -dlogits(logits, y), "sign"),
        (lambda logits, y: dlogits(logits, y, wanted=0), "subtract 1 from p"),
        (lambda logits, y: dlogits(logits, y, axis=0), "down the columns"),
    ],
)
def test_mistakes_of_the_gradient_are_named(wrong, says):
    assert says in message(wrong, GRADIENT)


def test_overflow_is_named():
    case = Case(
        "cross_entropy_gradient",
        lambda rng: [(1000 * rng.normal(size=(3, 4)), rng.integers(0, 4, size=3))],
        GRADIENT.reference,
        mistakes=e08.MISTAKES["cross_entropy_gradient"],
    )
    assert "overflows" in message(overflowing, case)


def adam_like(
    step=lambda m, s, g: m / (np.sqrt(s) + 1e-8),
    size=np.square,
    correct=True,
    keep=False,
    late=0,
):
    """Return an Adam of which one part is replaced."""

    def answer(w, g, m, s, t, lr, beta1, beta2):
        m, s = beta1 * m + (1 - beta1) * g, beta2 * s + (1 - beta2) * size(g)
        hats = m / (1 - beta1 ** (t + late)), s / (1 - beta2 ** (t + late))
        moved = w - lr * step(*(hats if correct else (m, s)), g)
        return (moved, *(hats if keep else (m, s)))

    return answer


def state(rng):
    w, g, m = 1e-3 * rng.normal(size=(3, 5))
    return [(w, np.abs(g), m, 1e-6 * rng.random(5), 3, 0.1, 0.9, 0.8)]


ADAM = Case("adam_step", state, e08.adam_step, mistakes=e08.MISTAKES["adam_step"])


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (adam_like(correct=False), "correction is missing"),
        (adam_like(keep=True), "return the corrected means"),
        (adam_like(step=lambda m, s, g: m / (s + 1e-8)), "root is missing"),
        (adam_like(step=lambda m, s, g: m / np.sqrt(s + 1e-8)), "Add eps after"),
        (adam_like(size=lambda g: g), "*square*"),
        (adam_like(step=lambda m, s, g: -m / (np.sqrt(s) + 1e-8)), "uphill"),
        (adam_like(step=lambda m, s, g: g), "plain gradient descent"),
        (lambda *a: adam_like()(*a[:6], a[7], a[6]), "β₁ and β₂ are swapped"),
        (adam_like(late=1), "counts from 1"),
    ],
)
def test_mistakes_of_adam_are_named(wrong, says):
    assert says in message(wrong, ADAM)


def fall(share):
    return (1 + np.cos(np.pi * share)) / 2


@pytest.mark.parametrize(
    ("step", "wrong", "says"),
    [
        (1, lambda step, steps, warm, lr: lr * step / warm, "begins at 0"),
        (6, lambda step, steps, warm, lr: lr * fall(step / steps), "begins after the climb"),
        (
            6,
            lambda step, steps, warm, lr: lr * fall(step / (steps - warm)),
            "count the cosine's steps from 0",
        ),
        (
            6,
            lambda step, steps, warm, lr: 2 * lr * fall((step - warm) / (steps - warm)),
            "The factor ½",
        ),
        (6, lambda step, steps, warm, lr: lr * (steps - step) / (steps - warm), "straight line"),
    ],
)
def test_mistakes_of_the_schedule_are_named(step, wrong, says):
    case = Case(
        "rate",
        lambda rng: [(step, 12, 3, 0.5)],
        e08.rate,
        mistakes=e08.MISTAKES["rate"],
    )
    assert says in message(wrong, case)


def loop(
    batches=lambda epoch, size: [epoch[i : i + size] for i in range(0, len(epoch), size)],
    epochs=lambda order: order,
    rate=lambda rates, step, k, e: rates[step],
    keeps=lambda k: True,
    sign=-1,
    share=lambda momentum: 1,
    seen=lambda batch, epoch: batch,
):
    """Return a training loop of which one part is replaced."""

    def answer(x, y, w, order, size, rates, momentum):
        v, step = 0, 0
        for e, epoch in enumerate(epochs(order)):
            for k, batch in enumerate(batches(epoch, size)):
                rows = seen(batch, epoch)
                g = x[rows].T @ (x[rows] @ w - y[rows]) / len(rows)
                v = momentum * v * keeps(k) + share(momentum) * g
                w = w + sign * rate(rates, step, k, e) * v
                step += 1
        return w

    return answer


TRAIN = Case(
    "train",
    lambda rng: [
        (
            *(rng.normal(size=(7, 3)), rng.normal(size=7), rng.normal(size=3)),
            np.array([rng.permutation(7) for _ in range(3)]),
            *(3, rng.uniform(0.05, 0.2, size=9), 0.6),
        )
    ],
    loop(),
    mistakes=e08.MISTAKES["train"],
)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (loop(lambda epoch, size: [epoch[:3], epoch[3:6]]), "last batch"),
        (loop(rate=lambda rates, step, k, e: rates[k]), "from the start in every epoch"),
        (loop(rate=lambda rates, step, k, e: rates[e]), "one rate per epoch"),
        (loop(epochs=lambda order: np.sort(order, axis=1)), "in the order of x"),
        (loop(epochs=lambda order: [order[0]] * len(order)), "order of the first"),
        (loop(keeps=lambda k: False), "from step to step"),
        (loop(keeps=lambda k: k > 0), "at the start of every epoch"),
        (loop(seen=lambda batch, epoch: epoch), "uses all examples"),
        (loop(share=lambda momentum: 1 - momentum), "multiply the gradient by 1 − momentum"),
        (loop(sign=1), "uphill"),
    ],
)
def test_mistakes_of_the_loop_are_named(wrong, says):
    assert says in message(wrong, TRAIN)
