"""Exercise 02: its drafts, descent as its text describes it, and right networks and wrong ones."""

import numpy as np
import pytest
from checks.told import message
from exercises.draw import ANSWERS, answers_in, cells_of, namespace_of

from cnnedu import kernels
from cnnedu.checks import Case, CheckFailed
from cnnedu.checks.answers import e02_filters_and_features as answers
from cnnedu.checks.exercises import e02_filters_and_features as e02
from cnnedu.data.chalk import make_smileys

NAME = "02_filters_and_features"
FIND = next(check for check in e02.CHECKS if isinstance(check, Case))


@pytest.fixture(scope="module")
def notebook():
    """Return what the solved notebook holds."""
    return namespace_of(cells_of(NAME), {})


@pytest.mark.parametrize("letter", "ABC")
def test_the_drafts_of_the_notebook_are_those_of_the_judge(notebook, letter):
    draft, judged = notebook[f"draft_{letter.lower()}"], e02.DRAFTS[letter]
    for seed in range(20):
        rng = np.random.default_rng(seed)
        C, F = rng.integers(1, 4, 2)
        x, w, b = rng.normal(size=(C, 4, 5)), rng.normal(size=(F, C, 2, 3)), rng.normal(size=F)
        right = kernels.conv2d(x[None], w, b)[0]
        assert np.array_equal(draft(x, w, b), judged(x, w, b))
        assert np.allclose(draft(x, w, b), right) == ((F if letter == "C" else C) == 1)


def descend(x, y, rate=None, steps=1000):
    """Go downhill from zeros, at the rate that the exercise calls safe.

    Each output is the product of a window of `x`, a row here, and the kernel.
    """
    size = tuple(np.subtract(x.shape, y.shape) + 1)
    windows = np.lib.stride_tricks.sliding_window_view(x, size).reshape(y.size, -1)
    w = np.zeros(windows.shape[1])
    rate = rate or 1 / (2 * w.size * np.mean(x**2.0))
    for _ in range(steps):
        w = w - rate * 2 * windows.T @ (windows @ w - np.ravel(y)) / y.size
    return w.reshape(size)


def test_descent_here_goes_the_way_of_the_lesson():
    for x, y in FIND.inputs(np.random.default_rng(0)):
        w = descend(x, y, steps=3)
        step = descend(x, y, steps=4) - w
        off = kernels.correlate2d(x, w) - y
        rate = 1 / (2 * w.size * np.mean(x**2.0))
        assert np.allclose(step, -rate * 2 * kernels.correlate2d(x, off) / y.size)


@pytest.mark.parametrize("seed", range(5))
def test_descent_as_the_text_describes_it_is_right_with_margin(seed):
    for draw in (FIND.inputs, FIND.hidden):
        for x, y in draw(np.random.default_rng(seed)):
            assert abs(descend(x, y) - answers.find_kernel(x, y)).max() < 5e-4


def test_some_pictures_allow_several_kernels_and_those_are_asked_for():
    for draw in (FIND.inputs, FIND.hidden):
        ranks = []
        for x, y in draw(np.random.default_rng(0)):
            size = tuple(np.subtract(x.shape, y.shape) + 1)
            windows = np.lib.stride_tricks.sliding_window_view(x, size).reshape(y.size, -1)
            ranks.append(np.linalg.matrix_rank(windows) < windows.shape[1])
        assert any(ranks) and not all(ranks)


def test_the_rate_of_the_lesson_does_not_suit_these_pictures():
    with np.errstate(all="ignore"):
        assert "expected" in message(lambda x, y: descend(x, y, rate=0.1), FIND)


def share(network, faces, happy):
    answered = np.maximum(0, kernels.conv2d(faces[:, None], np.array(network, float)[:, None]))
    first, second = answered.max(axis=(2, 3)).T
    return np.mean((first > second) == happy)


def networks(kind, notebook):
    """Yield (file, network) of the answer files that hold one."""
    for path in sorted((ANSWERS / NAME).glob(f"{kind}_*.py")):
        cell = answers_in(path).get("02-network")
        if cell:
            held = dict(notebook)
            exec(cell, held)
            yield path.stem, held["network"]


def test_luck_decides_about_no_network(notebook):
    """Right ones are four standard deviations from 94 % on the fresh faces, and wrong ones, too."""
    faces = [make_smileys(e02.FRESH, seed=10**9 + n, noise=e02.NOISE) for n in range(5)]
    for name, network in [*networks("right", notebook), ("solution", notebook["network"])]:
        right = np.mean([share(network, *some) for some in faces])
        assert right - e02.FRESH_SHARE > 4 * (right * (1 - right) / e02.FRESH) ** 0.5, name
    wrong = dict(networks("wrong", notebook))
    for name in ("of_the_lesson", "rows_of_minus_ones", "outline", "no_negative_weights"):
        network = wrong[f"wrong_network_{name}"]
        right = np.mean([share(network, *some) for some in faces])
        assert e02.FRESH_SHARE - right > 4 * (right * (1 - right) / e02.FRESH) ** 0.5, name


def test_a_network_that_just_passes_is_safe_on_fresh_faces():
    seen, fresh = e02.SEEN_SHARE, e02.FRESH_SHARE
    assert seen - fresh > 4 * (seen * (1 - seen) / e02.FRESH) ** 0.5


def test_the_scale_of_a_network_does_not_matter(notebook):
    for scale in (1e-200, 1e200):
        e02.check("network", {"network": [scale * np.array(w) for w in notebook["network"]]})


def test_hidden_faces_differ_from_draw_to_draw(monkeypatch, notebook):
    seeds = []
    monkeypatch.setattr(
        e02, "make_smileys", lambda *a, seed, **o: seeds.append(seed) or make_smileys(9, seed)
    )
    for seed in (1, 1, 2):
        e02.check("network", notebook, hidden=True, seed=seed)
    assert seeds[0] == seeds[1] != seeds[2]


def test_a_network_that_fits_the_seen_faces_alone_fails_when_it_is_handed_in(monkeypatch, notebook):
    monkeypatch.setattr(e02, "SEEN_SHARE", 0.8)
    lesson = np.array([[1, -1, -1, 1], [-1, 1, 1, -1]])
    handed_in = {"network": [lesson, lesson[::-1]]}
    e02.check("network", handed_in)
    with pytest.raises(CheckFailed, match="of 2,000 faces are right, and 94 % are asked for"):
        e02.check("network", handed_in, hidden=True)
