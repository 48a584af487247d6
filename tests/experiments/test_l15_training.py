"""What training does to failures: small runs of each experiment of lesson 15."""

import numpy as np
import pytest
import torch

from cnnedu.experiments import l15_training as training


def test_adversarial_training_withstands_more_and_counts_its_passes():
    x, y = (part[:400] for part in training.digits(0)[0])
    plain, passes = training.harden(x, y, 6, 0.03, 0, "usual")
    armed, more = training.harden(x, y, 6, 0.03, 0, training.ATTACKED)
    assert (passes, more) == (6 * 400, 4 * 6 * 400)
    new = [part[:100] for part in training.digits(0)[1]]
    at = training.JUDGED_BY.index(training.EPSILON)
    assert training.withstood(armed, *new)[at] > training.withstood(plain, *new)[at] + 0.1


def test_digits_differ_from_seed_to_seed_and_are_never_shared():
    learnt, judged = training.digits(0)
    assert len(learnt[1]) + len(judged[1]) == 1797 and learnt[0].shape[1:] == (3, 8, 8)
    assert not torch.equal(judged[0], training.digits(1)[1][0])


@pytest.mark.parametrize("part", ["shortcut", "cues"])
def test_cues_are_measured_as_stored(part):
    found = getattr(training, part)(0)
    stored = training.figures[part]
    assert list(found) == list(stored)
    for name, row in found.items():
        assert row.keys() == stored[name].keys()
        for key, value in row.items():
            values = value.values() if isinstance(value, dict) else [value]
            assert all(0 <= share <= 1 for share in values), key


def test_a_mark_falls_on_one_class_alone():
    x, y = training.marked_shapes(30, seed=1)
    changed = (training.marked(x, y, [0]) != x).any(axis=(1, 2, 3))
    assert np.array_equal(changed, y == 0)
