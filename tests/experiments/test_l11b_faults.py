"""The eight programs of exercise 11b: what the exercise and lesson 11b say of their runs."""

import numpy as np
import pytest

from cnnedu.checks import sabotaged
from cnnedu.experiments import l11b_faults as faults

RUNS = faults.figures["runs"]


def end(letter, kind):
    """Return the mean of the last ten losses, as far as they are numbers."""
    losses = np.array(RUNS[letter][kind]["loss"], float)
    return np.nanmean(losses[-10:])


def test_each_repaired_program_learns():
    for letter, pair in RUNS.items():
        assert pair["right"]["new"] > 95 and end(letter, "right") < 0.3


def test_five_faults_stop_the_learning():
    for letter in "ACDFG":
        assert end(letter, "fault") > 1.7 and RUNS[letter]["fault"]["new"] < 40


def test_with_two_softmaxes_the_loss_stays_above_its_bound_and_digits_are_read():
    assert min(RUNS["B"]["fault"]["loss"]) > np.log(1 + 9 / np.e) - 1e-3
    assert RUNS["B"]["fault"]["new"] > 90


def test_measured_in_training_mode_a_good_network_looks_worse():
    run = RUNS["E"]["fault"]
    assert run["new"] > run["reported"][-1] + 2 and end("E", "fault") < 0.4


def test_the_leak_shows_in_no_curve():
    assert end("H", "fault") < 0.3 and RUNS["H"]["fault"]["reported"][-1] > 95


def test_the_leak_is_there():
    pictures = np.arange(1, 1 + 50 * 64).reshape(50, 8, 8)
    for part, overlap in ((sabotaged.split, True), (faults.RIGHT["split"], False)):
        learn, _, held, _ = part(pictures, np.arange(50), np.arange(50))
        # A copy is moved by one pixel: the two have most numbers in common.
        shared = {*learn[..., 1:-1].ravel()} & {*held[..., 1:-1].ravel()}
        assert bool(shared) == overlap


@pytest.mark.parametrize("letter", "BE")
def test_a_program_gives_nearly_the_same_run_again(letter):
    """On another processor rounding may differ, and training makes the difference grow."""
    found, stored = faults.run(letter), RUNS[letter]["right"]
    assert found["loss"][:20] == pytest.approx(stored["loss"][:20], abs=0.01)
    assert found["new"] == pytest.approx(stored["new"], abs=3)
