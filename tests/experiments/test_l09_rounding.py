"""How far rounding drives two trainings apart, and what lesson 09 says of it."""

import numpy as np
import torch

from cnnedu.experiments import l09_rounding as rounding


def test_forward_and_reverse_differ_by_rounding_alone(monkeypatch):
    monkeypatch.setattr(rounding, "EPOCHS", 1)
    first, again = rounding.weights(0, 0.01), rounding.weights(0, 0.01)
    reverse = rounding.weights(0, 0.01, reverse=True)
    assert torch.equal(first, again)
    distances = rounding.apart(first, reverse)
    assert 0 < max(distances) < 1e-4


def test_what_lesson_09_says_came_out():
    """Eight of fifteen pairs stay within five millionths, one within twenty; six leap."""
    distances = {name: np.array(runs) for name, runs in rounding.figures["apart"].items()}
    other = distances.pop("another seed")
    last = np.concatenate([runs[:, -1] for runs in distances.values()])
    assert len(last) == 15 and (last > 1e-4).sum() == 6
    assert (last < 5e-6).sum() == 8 and (last < 2e-5).sum() == 9 and round(last.max(), 2) == 0.03
    leaps = np.array([max(run[1:] / run[:-1]) for runs in distances.values() for run in runs])
    assert rounding.EVERY == 10 and (leaps[last > 1e-4] > 25).sum() == 5
    assert leaps[last < 1e-4].max() < 4  # the others never leap
    assert other[:, -1].min() > 10 * last.max()
