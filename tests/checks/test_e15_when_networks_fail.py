"""Exercise 15: the references agree with what the text and a few lines of arithmetic say."""

import numpy as np
import pytest

from cnnedu.checks.answers import e15_when_networks_fail as answers
from cnnedu.checks.answers.e15_when_networks_fail import counterfactual
from cnnedu.checks.exercises import e15_when_networks_fail as checks
from cnnedu.checks.suspect_weights import numbers_of, suspect
from cnnedu.data.cued_pictures import PLACES, make_agreeing, place_masks
from cnnedu.experiments.l15_suspects import LEARNT_FROM

# Two bins: 0.9, 0.9, 0.8 (right, right, wrong) and 0.4, 0.5 (both right; 0.5 on the edge).
P = np.array(
    [[0.9, 0.05, 0.05], [0.05, 0.9, 0.05], [0.8, 0.1, 0.1], [0.4, 0.3, 0.3], [0.2, 0.5, 0.3]]
)
Y = np.array([0, 1, 2, 0, 1])


@pytest.mark.parametrize("bins", [2, 4])  # the same answers lie together
def test_the_calibration_error_of_five_answers(bins):
    by_hand = 0.6 * abs(2 / 3 - 13 / 15) + 0.4 * abs(1 - 0.45)
    assert answers.calibration_error(P, Y, bins) == pytest.approx(by_hand, abs=1e-12)


def test_the_temperature_of_four_equal_rows():
    logits, y = np.array([[4.0, 0.0]] * 4), np.array([0, 0, 0, 1])
    best = answers.temperature(logits, y, np.array([1.0, 0.25, 4.0, 8.0]))
    np.testing.assert_allclose(best, [4, 0.25 + np.log(1 + np.exp(-1))])


@pytest.mark.parametrize("seed", range(20))
def test_the_confidences_asked_for_are_the_largest_of_their_rows(seed):
    rng = np.random.default_rng(seed)
    for p, y, _ in checks._more_tables(rng):
        assert (np.sort(p, axis=1)[:, -1] > np.sort(p, axis=1)[:, -2]).all()
        assert ((0 <= y) & (y < p.shape[1])).all()


def test_the_shortcut_of_the_text():
    """Two pictures, and a network of which only the second pixel matters."""
    x = np.array([[0.2, 0.9], [0.8, 0.1]]).reshape(2, 1, 1, 2)
    regions = np.array([[[True, False]], [[False, True]]])
    assert counterfactual._partners(np.array([0, 1])).tolist() == [1, 0]
    first, second = counterfactual._transplanted(x, np.array([0, 1]), regions)
    assert first.ravel().tolist() == [0.8, 0.9, 0.2, 0.1]
    assert second.ravel().tolist() == [0.2, 0.1, 0.8, 0.9]


@pytest.mark.parametrize("name", "ABCD")
def test_the_four_networks_are_found_out_by_the_text_s_pictures(name):
    x, y = make_agreeing(200, share=0.9, rng=np.random.default_rng(3))
    assert np.mean(suspect(name)(x) == y) == pytest.approx(0.9, abs=0.05)
    place, share = answers.shortcut_as_numbers(x, y, place_masks(), numbers_of(name))
    assert PLACES[int(place)] == LEARNT_FROM[name] and share > 0.7
