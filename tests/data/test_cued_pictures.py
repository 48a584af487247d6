"""Pictures with several cues: each lies in its own place, and changes nothing elsewhere."""

import numpy as np
import pytest

from cnnedu.data.cued_pictures import PLACES, make_agreeing, make_cued, place_masks


def test_the_places_do_not_overlap():
    assert place_masks().sum(axis=0).max() == 1


@pytest.mark.parametrize("place", range(1, len(PLACES)))
def test_what_a_place_says_is_seen_there_alone(place):
    said = np.random.default_rng(0).integers(2, size=(6, 4))
    other = said.copy()
    other[:, place] = 1 - other[:, place]
    one, two = (make_cued(some, np.random.default_rng(1)) for some in (said, other))
    changed = (one != two).any(axis=1)
    assert not changed[:, ~place_masks()[place]].any()
    assert changed[:, place_masks()[place]].any(axis=1).all()


@pytest.mark.parametrize("bar", [0, 1])
def test_a_bar_is_upright_or_flat_and_in_its_place(bar):
    plain = np.tile([bar, 0, 0, 0], (50, 1))
    x = make_cued(plain, np.random.default_rng(2)).mean(axis=1)
    light = (x > 0.52) & place_masks()[0]
    sizes = np.array([(p.any(axis=1).sum(), p.any(axis=0).sum()) for p in light])
    assert np.median(sizes, axis=0).tolist() == ([6, 2], [2, 6])[bar]


def test_places_agree_with_the_class_as_often_as_asked():
    x, y = make_agreeing(400, 0.9, np.random.default_rng(3))
    sky = (x[:, 2, :2].mean(axis=(1, 2)) > x[:, 0, :2].mean(axis=(1, 2))).astype(int)
    assert y.sum() == 200 and 0 <= x.min() and x.max() <= 1
    assert np.mean(sky == y) == pytest.approx(0.9, abs=0.06)
