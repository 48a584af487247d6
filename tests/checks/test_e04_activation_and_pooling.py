"""Exercise 04: its two drafts are those that the judge knows, and wrong only where it says so."""

import numpy as np
import pytest
from exercises.draw import cells_of, namespace_of

from cnnedu.checks.exercises import e04_activation_and_pooling as e04
from cnnedu.kernels import max_pool2d


@pytest.fixture(scope="module")
def notebook():
    """Return what the solved notebook holds."""
    return namespace_of(cells_of("04_activation_and_pooling"), {})


@pytest.mark.parametrize("letter", "AB")
def test_the_drafts_of_the_notebook_are_those_of_the_judge(notebook, letter):
    draft, judged = notebook[f"draft_{letter.lower()}"], e04.DRAFTS[letter]
    for seed in range(20):
        rng = np.random.default_rng(seed)
        x = rng.normal(size=(2, 3, *rng.integers(4, 9, 2)))
        size, stride = (int(n) for n in rng.integers(1, 4, 2))
        arguments = (x, size, stride, int(rng.integers(0, size // 2 + 1)))
        assert np.array_equal(draft(*arguments), judged(*arguments))


@pytest.mark.parametrize("letter", "AB")
def test_each_draft_is_right_as_the_text_tried_it(letter):
    x = np.maximum(0, np.random.default_rng(0).normal(size=(1, 2, 8, 6)))
    assert np.array_equal(e04.DRAFTS[letter](x, 2, 2, 0), max_pool2d(x, 2, stride=2))
