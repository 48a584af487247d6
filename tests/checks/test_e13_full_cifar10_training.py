"""Exercise 13: the references give what its text says."""

import numpy as np

from cnnedu.checks.answers import e13_full_cifar10_training as e13


def test_references_by_hand():
    rates = [0, 0.2, 0.4, 0.35, 0.3, 0.25, 0.2, 0.15, 0.1, 0.05]
    np.testing.assert_allclose(e13.one_cycle(10, 0.2, 0.4), rates)
    np.testing.assert_allclose(e13.one_cycle(2, 0.0, 8.0), [8, 4])
    one, two = [1, 2], [3, 4]
    x = np.array([one, two])[:, None, None]
    turned = [e13.flip_in_turns(x, np.array([True, False]), e)[:, 0, 0].tolist() for e in (0, 1)]
    assert turned == [[[2, 1], two], [one, [4, 3]]]
    middle = np.zeros((1, 1, 3, 3))
    middle[0, 0, 1, 1] = 1
    assert e13.view_logits(np.arange(1.0, 10).reshape(1, 1, 3, 3), middle) == [[5]]
    rows = np.array([[4, 6, 8], [1, 2, 3]])
    np.testing.assert_allclose(e13.in_errors(rows), [-4 / np.sqrt(5 / 3)])
