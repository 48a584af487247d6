"""`ShiftLab` on the Python side: what moves, both comparisons, the answers, and errors."""

import io

import numpy as np
import pytest
import torch
from PIL import Image
from widgets.refusal import assert_refused

from cnnedu.experiments import l04_shifts
from cnnedu.models.pretrained import load_pretrained
from cnnedu.widgets import ShiftLab

POOLINGS = ("max pool", "average pool", "stride 2", "max + blur")


@pytest.fixture(scope="module")
def lab():
    """One lab for all tests: each makes the pictures of all shifts go through a network."""
    return ShiftLab()


@pytest.mark.parametrize("pooling", POOLINGS)
def test_numbers_are_those_of_the_experiment_of_lesson_04(lab, pooling):
    """The same photograph, filter and shifts, halved and compared by the experiment's functions."""
    lab.pooling = pooling
    grey = torch.from_numpy(lab.photograph.mean(axis=2, dtype=np.float32) / 255)
    sobel = torch.tensor(lab.kernel)[None, None].float()

    def halved(down, right):
        window = grey[8 - down : 44 - down, 8 - right : 44 - right][None, None]
        return l04_shifts.halve(torch.nn.functional.conv2d(window, sobel).relu(), pooling)[0]

    before = halved(0, 0)
    for shift in [(0, 0), (0, 1), (0, -3), (8, 0), (-5, 0), (0, 4)]:
        lab.shift = shift
        after = halved(*shift)
        np.testing.assert_allclose(lab.pooled, after[0], atol=1e-5)
        assert lab.change["pooled"] == pytest.approx(l04_shifts.change(after, before), abs=1e-5)
    for by in (1, 2, 4):  # the experiment's camera moves, and the photograph the other way
        lab.shift = (0, -by)
        left = l04_shifts.left_over(halved(0, -by), before, 2)
        assert lab.left_over["pooled"] == pytest.approx(left, abs=1e-5)


def test_what_moves_along_and_what_stays(lab):
    for pooling in POOLINGS:
        lab.pooling = pooling
        for shift in [(0, 1), (1, 0), (-3, 2), (2, -4), (-8, 8)]:
            lab.shift = shift
            assert lab.left_over["map"] == 0 < lab.change["map"]
            is_whole = not (shift[0] % 2 or shift[1] % 2)
            assert (lab.left_over["pooled"] < 1e-12) == is_whole
            assert lab.change["pooled"] > 0.2


def test_the_window_shows_the_photograph_and_the_network_what_is_in_it(lab):
    network = load_pretrained("classic")
    for shift in [(0, 0), (-8, 8), (3, -5), (0, 3)]:
        lab.shift = shift
        top, left = 10 - shift[0], 10 - shift[1]
        wanted = lab.photograph[top : top + 32, left : left + 32]
        np.testing.assert_array_equal(lab.window, wanted)
        answers = network.probabilities(wanted.transpose(2, 0, 1)[None].copy())[0]
        np.testing.assert_allclose(lab.answers, answers, atol=1e-5)
    assert repr(lab).endswith("photograph moved 0 down and 3 right, answer dog)")


def test_a_larger_photograph_is_cut_and_a_longer_one_moves_further():
    photograph = np.random.default_rng(0).integers(0, 256, (90, 41, 3)).astype(np.uint8)
    network = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(3 * 32 * 32, 2))
    lab = ShiftLab(photograph, network, classes=("a", "b"), shift=(8, -2))
    np.testing.assert_array_equal(lab.photograph, photograph[19:71, :40])
    assert lab.probabilities.shape == (17, 5, 2)
    with pytest.raises(ValueError, match="whole numbers up to ±8 and ±2, but is"):
        lab.shift = (0, 3)


def test_stored_picture_is_small_and_the_same_twice(lab):
    lab.shift, lab.pooling = (3, -5), "max + blur"
    assert len(lab.picture_png()) < 100_000
    assert lab.picture_png() == lab.picture_png()


def test_maps_are_grey_in_the_stored_picture(lab):
    picture = np.asarray(Image.open(io.BytesIO(lab.picture_png())).convert("RGB")).astype(int)
    maps = picture[60:440, 560:]  # right of the photograph, above the curves
    assert len(np.unique(maps[..., 0])) > 10
    assert np.ptp(maps, axis=2).max() == 0


GREY = np.zeros((52, 52, 3), np.uint8)
ONE = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(3072, 3))
WRONG = [
    (dict(photograph="cat"), TypeError, "photograph must be uint8, from 0 to 255, but is str"),
    (dict(photograph=GREY[0]), ValueError, r"photograph must be \(H, W, 3\)"),
    (dict(photograph=GREY[:37]), ValueError, r"38 or more rows and columns, .*\(37, 52, 3\)"),
    (dict(network="classic"), TypeError, "network must be a torch.nn.Module"),
    (dict(network=ONE, classes=("a",)), ValueError, "1 names, but the network has 3 outputs"),
    (dict(network=ONE, kernel=np.zeros((3, 3))), ValueError, "kernel must not be all 0"),
    (dict(network=ONE, pooling="max"), ValueError, "pooling must be one of 'max pool'"),
    (dict(network=ONE, shift=(9, 0)), ValueError, r"up to ±8 and ±8, but is \(9, 0\)"),
    (dict(network=ONE, shift=1), ValueError, "shift must be"),
]


@pytest.mark.parametrize("arguments, error, message", WRONG, ids=lambda value: str(value)[:50])
def test_wrong_arguments(arguments, error, message):
    assert_refused(lambda: ShiftLab(**arguments), error, message)
