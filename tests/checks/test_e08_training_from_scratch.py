"""Exercise 08: its answers are those of the course's modules; whole numbers meet fractions."""

import numpy as np
import pytest

from cnnedu import kernels, nn
from cnnedu.checks.exercises import e08_training_from_scratch as e08
from cnnedu.data import edge_kernel

CASES = {check.name: check for check in e08.CHECKS[1:]}


def adam_steps(g, steps, lr, betas):
    """Return what the course's Adam makes of weights of 1 in some steps with one gradient."""
    w = nn.Parameter(np.ones(g.shape))
    optimiser = nn.Adam([w], lr=lr, betas=betas)
    for _ in range(steps):
        w.grad = g
        optimiser.step()
    return w.value


def test_the_gradient_is_that_of_the_kernels():
    case = CASES["cross_entropy_gradient"]
    for logits, y in [*case.inputs(rng := np.random.default_rng(0)), *case.hidden(rng)]:
        expected = kernels.cross_entropy_backward(1.0, logits.astype(float), y.astype(int))
        np.testing.assert_allclose(case.reference(logits, y), expected, rtol=1e-9, atol=1e-12)


def test_adam_is_that_of_the_course():
    g = np.array([3.0, -1e-7, 0.0])
    w, m, s = np.ones(3), np.zeros(3), np.zeros(3)
    for t in range(1, 5):
        w, m, s = CASES["adam_step"].reference(w, g, m, s, t, 0.1, 0.8, 0.95)
    np.testing.assert_allclose(w, adam_steps(g, 4, 0.1, (0.8, 0.95)), rtol=1e-12)


def test_the_smiley_teaches_the_edge_detector():
    learned = CASES["train"].reference(*e08.FACE).reshape(3, 3)
    np.testing.assert_allclose(learned, edge_kernel(), atol=0.005)


@pytest.mark.parametrize(
    ("name", "places"),
    [("cross_entropy_gradient", [0]), ("adam_step", [0, 1, 2, 3]), ("train", [0, 1, 2])],
)
def test_whole_numbers_come_in_each_place(name, places):
    drawn = CASES[name].hidden(np.random.default_rng(0))
    for place in places:
        assert {arguments[place].dtype.kind for arguments in drawn} >= {"i", "f"}
