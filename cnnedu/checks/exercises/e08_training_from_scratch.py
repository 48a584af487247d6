"""Exercise 08: what is checked, and on which inputs."""

import numpy as np

from cnnedu.checks.answers import e08_training_from_scratch as answers
from cnnedu.checks.case import Case
from cnnedu.checks.value import Value, checker
from cnnedu.data import edge_kernel, smiley


def _scores(rng, N, K):
    """Return random scores; the right classes differ, and the last one doesn't occur."""
    return 3 * rng.normal(size=(N, K)), rng.permutation(K - 1)[:N]


def _logits(rng):
    return [
        (np.array([[0, 0], [0, 0]]), np.array([1, 0])),
        _scores(rng, 3, 5),
        _scores(rng, 1, 4),
        (rng.integers(-3, 4, (4, 4)), np.array([2, 0, 2, 1])),
        (np.array([[1000, 999, 0], [-1000, 0, 1]]), np.array([1, 0])),
        (np.array([[-999, -1000]]), np.array([1])),
    ]


def _more_logits(rng):
    scores, y = _scores(rng, 2, 12)
    large = [[1000.0, 998.5, -1000.0], [-999.0, -1000.0, -1001.5], [-1000.0, 1000.0, -1000.0]]
    return [
        (np.array(large), np.array([0, 2, 0])),
        (rng.integers(-2, 3, (3, 3)), np.array([0, 1, 0])),
        (1000 + rng.integers(-2, 3, (5, 2)), np.array([1, 1, 0, 1, 0])),
        (np.array([[0.0, -50.0], [0.0, -17.0]]), np.array([0, 1])),
        (scores, y),
        (-scores, y[::-1].astype(np.uint8)),
        (np.zeros((1, 2)), np.array([0])),
    ]


def _states(rng, *rows, size=1.0):
    """Yield states of Adam in the middle of training, for rows of shape, t, lr and betas."""
    for shape, t, lr, beta1, beta2 in rows:
        w, g, m = rng.choice([-1, 1], (3, *shape)) * rng.uniform(0.5, 2, (3, *shape))
        s = size**2 * rng.uniform(0.5, 2, shape)
        yield w, size * g, size * m, s, t, lr, beta1, beta2


def _whole_states(rng, *rows):
    """Yield the same, where weights, gradients and means are whole numbers."""
    for w, g, m, s, *rest in _states(rng, *rows):
        yield *(np.sign(a).astype(int) * rng.integers(2, 9, a.shape) for a in (w, g, m, s)), *rest


def _steps(rng):
    zero = np.zeros(1)
    return [
        (np.array([1]), np.array([4]), np.array([0]), np.array([0]), 1, 0.1, 0.5, 0.75),
        *_states(rng, ((2, 1, 3, 2), 3, 0.01, 0.9, 0.99)),
        *_whole_states(rng, ((3, 2), 4, 0.3, 0.6, 0.8)),
        (np.ones(1), zero, zero, zero, 1, 0.1, 0.9, 0.999),
        *_states(rng, ((5, 2), 2, 0.1, 0.9, 0.999), size=1e-6),
    ]


def _more_steps(rng):
    # Nothing changes at a place without gradients; where there were some, the means go on.
    still, m, s = np.zeros(3), np.array([0, 1, -2]), np.array([0, 0.5, 3])
    return [
        *_whole_states(rng, ((3, 2), 2, 0.3, 0.6, 0.8)),
        *_states(rng, ((3, 4), 2, 0.5, 0.9, 0.999), ((3, 4), 200, 0.2, 0.0, 0.999), size=50),
        *_states(rng, ((5, 2), 4, 0.3, 0.8, 0.5), size=1e-7),
        (np.arange(3), still, m, s, 3, 0.1, 0.9, 0.999),
    ]


def _rates(rng):
    return [
        *((step, 10, 2, 1) for step in (0, 1, 2, 6, 9)),
        *((step, 7, 3, 0.5) for step in range(7)),
        *((step, 4, 0, 0.1) for step in range(4)),
    ]


def _more_rates(rng):
    # Backwards: a function's own count of its calls is no count of the steps.
    trainings = [
        ((5, 0, 0.1), (4, 3, 1, 0)),
        ((9, 8, 3), (8, 7, 0)),
        ((12, 5, 0.01), (11, 6, 5, 4, 2)),
        ((40, 1, 2.0), (39, 1, 0)),
        ((500, 20, 0.01), (499, 250)),
    ]
    return [(step, *training) for training, steps in trainings for step in steps]


def _trainings(rng, *rows):
    """Yield random windows and answers, in batches that may not divide their number."""
    for N, D, epochs, size, momentum in rows:
        order = np.array([rng.permutation(N) for _ in range(epochs)])
        rates = rng.uniform(0.02, 0.2, size=epochs * -(-N // size))
        x, y, w = rng.normal(size=(N, D)), rng.normal(size=N), rng.normal(size=D)
        yield x, y, w, order, size, rates, momentum


def _face():
    """Return the windows of the smiley and the answers of the edge detector, as a training."""
    windows = np.lib.stride_tricks.sliding_window_view(smiley(), (3, 3)).reshape(36, 9)
    orders = np.array([np.random.default_rng(epoch).permutation(36) for epoch in range(60)])
    wanted = windows @ edge_kernel().ravel()
    return windows, wanted, np.zeros(9, int), orders, 8, np.full(300, 0.1), 0.5


FACE = _face()


def _loops(rng):
    tiny = np.array([[1], [1]]), np.array([1, 3]), np.array([0]), np.array([[1, 0]])
    return [
        (*tiny, 1, np.array([0.5, 0.5]), 0.0),
        *_trainings(rng, (6, 3, 2, 3, 0.9), (7, 2, 3, 3, 0.5)),
        FACE,
    ]


def _more_loops(rng):
    row = 7, 2, 3, 3, 0.8
    x, y, w, *rest = next(_trainings(rng, row))
    # The first weights are right for example 0: there is a step whose gradient is 0.
    settled = np.array([[1], [2], [3]]), np.array([2, 1, 5]), np.array([2.0])
    return [
        (*settled, np.array([[0, 1, 2], [2, 0, 1]]), 1, np.full(6, 0.1), 0.5),
        (x, y, rng.integers(1, 9, w.shape), *rest),
        (rng.integers(-3, 4, x.shape), rng.integers(100, 900, y.shape), w, *rest),
        *_trainings(rng, row, (4, 1, 2, 10, 0.0), (6, 2, 1, 1, 0.7), (1, 3, 4, 1, 0.9)),
    ]


CHECKS = (
    Value(
        "by_hand",
        answers.BY_HAND["by_hand"],
        rtol=1e-6,
        mistakes=answers.BY_HAND_MISTAKES["by_hand"],
    ),
    Case(
        "cross_entropy_gradient",
        _logits,
        answers.cross_entropy_gradient,
        _more_logits,
        mistakes=answers.MISTAKES["cross_entropy_gradient"],
    ),
    Case(
        "adam_step",
        _steps,
        answers.adam_step,
        _more_steps,
        mistakes=answers.MISTAKES["adam_step"],
    ),
    Case("rate", _rates, answers.rate, _more_rates, mistakes=answers.MISTAKES["rate"]),
    Case("train", _loops, answers.train, _more_loops, mistakes=answers.MISTAKES["train"]),
)
check = checker(CHECKS)
