"""Exercise 13: each well-known mistake is named."""

import numpy as np
import pytest
from checks.told import message

from cnnedu.checks import Case
from cnnedu.checks.exercises import e13_full_cifar10_training as e13

TURNS = np.array([True, False, False])
INPUTS = {
    "one_cycle": lambda rng: [(9, 0.4, 3.0)],
    "flip_in_turns": lambda rng: [
        (rng.normal(size=(3, 2, 4, 5)), TURNS, epoch) for epoch in (0, 1)
    ],
    "view_logits": lambda rng: [(rng.normal(size=(4, 2, 5, 6)), rng.normal(size=(3, 2, 5, 6)))],
    "in_errors": lambda rng: [(rng.normal(size=(4, 3)) * [[1], [2], [3], [4]],)],
}


@pytest.mark.parametrize(
    ("name", "number"), [(name, n) for name in INPUTS for n in range(len(e13.MISTAKES[name]))]
)
def test_mistakes_are_named(name, number):
    reference, mistakes = getattr(e13, name), e13.MISTAKES[name]

    def answer(*given):
        wrong = mistakes[number].wrong(*given)
        return reference(*given) if wrong is None else wrong

    case = Case(name, INPUTS[name], reference, mistakes=mistakes)
    assert message(answer, case).startswith(mistakes[number].says)


def test_references_by_hand():
    np.testing.assert_allclose(e13.one_cycle(4, 0.5, 8.0), [0, 4, 8, 4])
    np.testing.assert_allclose(e13.one_cycle(2, 0.0, 8.0), [8, 4])
    one, two = [1.0, 2.0], [3.0, 4.0]
    x = np.array([one, two])[:, None, None]
    turned = [e13.flip_in_turns(x, np.array([True, False]), e)[:, 0, 0].tolist() for e in (0, 1)]
    assert turned == [[[2, 1], two], [one, [4, 3]]]
    middle = np.zeros((1, 1, 3, 3))
    middle[0, 0, 1, 1] = 1
    assert e13.view_logits(np.arange(1.0, 10).reshape(1, 1, 3, 3), middle) == [[5]]
    rows = np.array([[4.0, 6, 8], [1, 2, 3]])
    np.testing.assert_allclose(e13.in_errors(rows), [-4 / np.sqrt(5 / 3)])
