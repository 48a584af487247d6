"""Exercise 13: each well-known mistake is named."""

import re

import numpy as np
import pytest
from checks.told import message

from cnnedu.checks import Case, CheckFailed, check_value
from cnnedu.checks.exercises import e13_full_cifar10_training as recipes


@pytest.mark.parametrize("number", range(len(recipes.BY_HAND)))
def test_mistakes_on_paper_are_named(number):
    wrong, says = recipes.BY_HAND[number]
    with pytest.raises(CheckFailed, match=re.escape(says)):
        check_value(
            "by_hand",
            {"by_hand": wrong},
            recipes.numbers_by_hand(),
            rtol=0,
            atol=0.001,
            mistakes=recipes.BY_HAND,
        )


TURNS = np.array([True, False, False])
CASES = {
    "one_cycle": (lambda rng: [(9, 0.4, 3.0)], recipes.one_cycle, recipes.ONE_CYCLE),
    "flip_in_turns": (
        lambda rng: [(rng.normal(size=(3, 2, 4, 5)), TURNS, epoch) for epoch in (0, 1)],
        recipes.flip_in_turns,
        recipes.FLIP_IN_TURNS,
    ),
    "view_logits": (
        lambda rng: [(rng.normal(size=(4, 2, 5, 6)), rng.normal(size=(3, 2, 5, 6)))],
        recipes.view_logits,
        recipes.VIEWS,
    ),
    "in_errors": (
        lambda rng: [(rng.normal(size=(4, 3)) * [[1], [2], [3], [4]],)],
        recipes.in_errors,
        recipes.IN_ERRORS,
    ),
}


@pytest.mark.parametrize(
    ("name", "number"), [(name, n) for name, (_, _, all) in CASES.items() for n in range(len(all))]
)
def test_mistakes_are_named(name, number):
    inputs, reference, mistakes = CASES[name]
    case = Case(name, inputs, reference, mistakes=mistakes)

    def answer(*given):
        wrong = mistakes[number].wrong(*given)
        return reference(*given) if wrong is None else wrong

    assert message(answer, case).startswith(mistakes[number].says)


def test_references_by_hand():
    np.testing.assert_allclose(recipes.one_cycle(4, 0.5, 8.0), [0, 4, 8, 4])
    np.testing.assert_allclose(recipes.one_cycle(2, 0.0, 8.0), [8, 4])
    one, two = [1.0, 2.0], [3.0, 4.0]
    x = np.array([one, two])[:, None, None]
    turned = [
        recipes.flip_in_turns(x, np.array([True, False]), e)[:, 0, 0].tolist() for e in (0, 1)
    ]
    assert turned == [[[2, 1], two], [one, [4, 3]]]
    middle = np.zeros((1, 1, 3, 3))
    middle[0, 0, 1, 1] = 1
    assert recipes.view_logits(np.arange(1.0, 10).reshape(1, 1, 3, 3), middle) == [[5]]
    rows = np.array([[4.0, 6, 8], [1, 2, 3]])
    np.testing.assert_allclose(recipes.in_errors(rows), [-4 / np.sqrt(5 / 3)])
