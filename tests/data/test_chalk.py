import numpy as np
import pytest

from cnnedu.data import smiley
from cnnedu.data.chalk import BOARD, make_smileys, make_x_and_o

MAKERS = [make_smileys, make_x_and_o]


def patterns(pictures):
    """Return what is drawn on each board, cut out: 1 where there is chalk."""
    for picture in pictures > 0:
        rows, columns = np.flatnonzero(picture.any(axis=1)), np.flatnonzero(picture.any(axis=0))
        yield picture[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].astype(int)


def test_happy_is_the_smiley_and_sad_has_its_mouth_upside_down():
    x, y = make_smileys(200, noise=0)
    happy = smiley()
    mouth = np.zeros_like(happy)
    mouth[4:6, 1:7] = happy[4:6, 1:7]
    sad = happy - mouth
    sad[4:6] += mouth[[5, 4]]
    for drawn, label in zip(patterns(x), y, strict=True):
        assert np.array_equal(drawn, happy if label else sad)


def test_x_is_two_diagonals_and_o_a_ring_without_corners():
    x, y = make_x_and_o(200, noise=0)
    seen = set()
    for drawn, label in zip(patterns(x), y, strict=True):
        size = len(drawn)
        seen.add((size, int(label)))
        edge = np.ones_like(drawn)
        edge[1:-1, 1:-1] = 0
        edge[[0, 0, -1, -1], [0, -1, 0, -1]] = 0
        cross = np.maximum(np.eye(size), np.eye(size)[::-1])
        assert np.array_equal(drawn, cross if label else edge)
    assert seen == {(size, label) for size in (5, 7, 9) for label in (0, 1)}


@pytest.mark.parametrize("make", MAKERS)
def test_every_place_and_both_kinds_come_up_equally_often(make):
    x, y = make(5000, seed=3, noise=0)
    assert abs(y.mean() - 0.5) < 3 * 0.5 / 5000**0.5
    chalk = x > 0
    top, left = chalk.any(axis=2).argmax(axis=1), chalk.any(axis=1).argmax(axis=1)
    # Where a drawing lies says nothing about its kind.
    for place in (top, left):
        means = [place[y == kind].mean() for kind in (0, 1)]
        error = place.std() * 2 / 5000**0.5
        assert abs(means[0] - means[1]) < 3 * error
    assert chalk.any(axis=0)[1:-1, 1:-1].all()  # only the rounded corners stay bare


@pytest.mark.parametrize("make", MAKERS)
def test_light_lies_between_0_and_1_and_noise_is_as_large_as_asked(make):
    x, _ = make(500, noise=0)
    light = x[x > 0]
    assert light.min() >= 0.3 and light.max() <= 1 and light.min() < 0.32 and light.max() > 0.98
    noisy, _ = make(500, noise=0.1)
    assert noisy.min() == 0 and noisy.max() == 1
    middling = (x > 0.4) & (x < 0.6)  # four errors from where numbers are clipped
    assert (noisy - x)[middling].std() == pytest.approx(0.1, rel=0.05)


@pytest.mark.parametrize("make", MAKERS)
def test_a_seed_gives_the_same_pictures_again(make):
    for a, b in zip(make(20, seed=4), make(20, seed=4), strict=True):
        assert np.array_equal(a, b)
    assert not np.array_equal(make(20, seed=4)[0], make(20, seed=5)[0])
    assert make(0)[0].shape == (0, BOARD, BOARD)


@pytest.mark.parametrize("make", MAKERS)
def test_refuses_negative_numbers(make):
    with pytest.raises(ValueError, match=r"0 or more, but are -1 and 0\.1"):
        make(-1)
    with pytest.raises(ValueError, match=r"0 or more, but are 3 and -0\.1"):
        make(3, noise=-0.1)
