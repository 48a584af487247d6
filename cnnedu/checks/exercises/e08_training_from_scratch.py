"""Exercise 08: what is checked, and on which inputs."""

import numpy as np

from cnnedu.checks.answers import e08_training_from_scratch as answers
from cnnedu.checks.case import Case
from cnnedu.checks.digit_judge import reads_digits, reads_fresh_digits
from cnnedu.checks.value import Design, checker

IMPORTS = (
    "numpy",
    "cnnedu.data",
    "cnnedu.kernels.convolution",
    "cnnedu.kernels.pooling",
    "cnnedu.checks.training_functions",
)


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
        yield w, size * g, size * m, s, t, lr, beta1, beta2, rng.uniform(0.2, 0.6)


def _whole_states(rng, *rows):
    """Yield the same, where weights, gradients and means are whole numbers."""
    for w, g, m, s, *rest in _states(rng, *rows):
        yield *(np.sign(a).astype(int) * rng.integers(2, 9, a.shape) for a in (w, g, m, s)), *rest


def _steps(rng):
    zero = np.zeros(1)
    return [
        (np.array([1]), np.array([4]), np.array([0]), np.array([0]), 1, 0.1, 0.5, 0.75, 0.5),
        *_states(rng, ((2, 1, 3, 2), 3, 0.01, 0.9, 0.99)),
        *_whole_states(rng, ((3, 2), 4, 0.3, 0.6, 0.8)),
        (np.ones(1), zero, zero, zero, 1, 0.1, 0.9, 0.999, 0.0),
        *_states(rng, ((5, 2), 2, 0.1, 0.9, 0.999), size=1e-6),
    ]


def _more_steps(rng):
    # Nothing changes at a place without gradients; where there were some, the means go on.
    still, m, s = np.zeros(3), np.array([0, 1, -2]), np.array([0, 0.5, 3])
    return [
        *_whole_states(rng, ((3, 2), 2, 0.3, 0.6, 0.8)),
        *_states(rng, ((3, 4), 2, 0.5, 0.9, 0.999), ((3, 4), 200, 0.2, 0.0, 0.999), size=50),
        *_states(rng, ((5, 2), 4, 0.3, 0.8, 0.5), size=1e-7),
        (np.arange(3), still, m, s, 3, 0.1, 0.9, 0.999, 0.25),
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


def _pictures(rng, N, C, H, W, F, K, whole=False):
    """Return pictures and the numbers w, b, v, c of a network; of all three, or of x, whole."""
    shapes = (N, C, H, W), (F, C, 3, 3), (F,), (K, F * (H // 2) * (W // 2)), (K,)
    if whole:
        return tuple(rng.choice([-1, 1], shape) * rng.integers(1, 6, shape) for shape in shapes)
    return tuple(rng.choice([-1, 1], shape) * rng.uniform(0.3, 1.5, shape) for shape in shapes)


def _blank(rng, *sizes):
    """Return the same, where the first picture is blank and the first filter has no bias."""
    x, w, b, v, c = _pictures(rng, *sizes)
    x[0], b[0] = 0, 0
    return x, w, b, v, c


def _networks(rng):
    one = np.zeros((1, 1, 2, 2)), np.ones((1, 1, 3, 3)), np.zeros(1), np.ones((2, 1)), np.ones(2)
    one[0][0, 0, 0, 0], one[2][0], one[3][1], one[4][:] = 2, 1, -1, (0, 10)
    return [
        one,
        _pictures(rng, 3, 2, 4, 6, 3, 4),
        _pictures(rng, 2, 1, 4, 4, 2, 3, whole=True),
        _blank(rng, 4, 1, 6, 4, 3, 5),
    ]


def _more_networks(rng):
    return [
        _pictures(rng, 1, 1, 2, 2, 1, 1),
        _pictures(rng, 1, 3, 2, 6, 4, 2),
        _pictures(rng, 5, 1, 8, 8, 6, 10),
        _pictures(rng, 3, 2, 6, 4, 2, 3, whole=True),
        _blank(rng, 2, 2, 4, 4, 4, 3),
        _blank(rng, 2, 2, 4, 4, 4, 3),
    ]


def _with_dlogits(rng, networks):
    for x, w, b, v, c in networks:
        whole = x.dtype.kind == "i"
        dlogits = _pictures(rng, len(x), 1, 1, 1, 1, len(c), whole)[4]
        dlogits = np.stack([rng.permutation(dlogits) * (n + 1) for n in range(len(x))])
        yield x, dlogits, w, b, v, c


def _trainings(rng, *rows):
    """Yield random windows and answers, in batches that may not divide their number."""
    for N, D, epochs, size in rows:
        order = np.array([rng.permutation(N) for _ in range(epochs)])
        rates = rng.uniform(0.02, 0.2, size=epochs * -(-N // size))
        x, y, w = rng.normal(size=(N, D)), rng.normal(size=N), rng.normal(size=D)
        yield x, y, w, rng.normal(size=1), order, size, rates


def _loops(rng):
    tiny = np.array([[1], [1]]), np.array([1, 3]), np.array([0]), np.array([0])
    return [
        (*tiny, np.array([[1, 0]]), 1, np.array([0.25, 0.5])),
        *_trainings(rng, (6, 3, 2, 3), (7, 2, 3, 3)),
    ]


def _more_loops(rng):
    row = 7, 2, 3, 3
    x, y, w, b, *rest = next(_trainings(rng, row))
    # The first weights are right for example 0: there is a step whose gradient is 0.
    settled = np.array([[1], [2], [3]]), np.array([2, 1, 5]), np.array([2.0]), np.array([0.0])
    return [
        (*settled, np.array([[0, 1, 2], [2, 0, 1]]), 1, np.full(6, 0.1)),
        (x, y, rng.integers(1, 9, w.shape), np.array([3]), *rest),
        (rng.integers(-3, 4, x.shape), rng.integers(100, 900, y.shape), w, b, *rest),
        *_trainings(rng, row, (4, 1, 2, 10), (6, 2, 1, 1), (1, 3, 4, 1)),
    ]


GRADIENT = Case(
    "cross_entropy_gradient",
    _logits,
    answers.cross_entropy_gradient,
    _more_logits,
    mistakes=answers.MISTAKES["cross_entropy_gradient"],
    imports=IMPORTS,
)
ADAM = Case(
    "adam_step",
    _steps,
    answers.adam_step,
    _more_steps,
    mistakes=answers.MISTAKES["adam_step"],
    imports=IMPORTS,
)
RATE = Case(
    "rate", _rates, answers.rate, _more_rates, mistakes=answers.MISTAKES["rate"], imports=IMPORTS
)
SCORES = Case(
    "scores",
    _networks,
    answers.scores,
    _more_networks,
    mistakes=answers.MISTAKES["scores"],
    imports=IMPORTS,
)
NETWORK = Case(
    "gradient_rows",
    lambda rng: list(_with_dlogits(rng, _networks(rng))),
    answers.gradient_rows,
    lambda rng: list(_with_dlogits(rng, _more_networks(rng))),
    mistakes=answers.MISTAKES["gradient_rows"],
    imports=IMPORTS,
)
LOOP = Case(
    "after_training",
    _loops,
    answers.after_training,
    _more_loops,
    mistakes=answers.MISTAKES["after_training"],
    imports=IMPORTS,
)
CHECKS = (
    *answers.STEP.checks(),
    GRADIENT,
    ADAM,
    RATE,
    SCORES,
    NETWORK,
    LOOP,
    Design(
        "learn",
        reads_digits,
        reads_fresh_digits,
        imports=IMPORTS,
        builds_on={
            "cross_entropy_gradient": GRADIENT,
            "adam_step": ADAM,
            "rate": RATE,
            "scores": SCORES,
            "gradients": NETWORK,
            "train": LOOP,
        },
    ),
)
check = checker(CHECKS)
