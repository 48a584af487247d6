"""Lesson 18: what its text says of splits and heat maps holds in figures and stored outputs."""

import re

import numpy as np
from notebooks.stored import printed

from cnnedu.experiments.l18_splits import figures

LESSON = "18_capstone"
PERCENT = re.compile(r"(\d+)%")


def test_a_random_split_hides_nearly_all_mistakes():
    at_random, whole = (1 - np.array(runs) for runs in figures["splits"].values())
    assert at_random.mean() < 0.05 * whole.mean()
    # A single split with many mistakes widens the error of the mean, so here the signs decide.
    assert (at_random < whole).sum() >= 9 and not (at_random > whole).any()
    assert 0.001 < at_random.mean() < 0.0025 and 0.045 < whole.mean() < 0.055  # the quiz
    assert whole.std() > 10 * at_random.std()


def test_the_trained_network_looks_at_the_charm_and_random_ones_seldom():
    said = printed(LESSON, "def with_random_weights")
    trained, mean, by_seed = (
        [int(share) for share in PERCENT.findall(line)] for line in said.splitlines()
    )
    assert len(by_seed) == 10 and 88 <= trained[1] <= 95
    assert 20 <= mean[1] <= 33 and min(by_seed) <= 15 and 50 < max(by_seed) < trained[1] - 20
    chance, error = 100 / 6, np.std(by_seed, ddof=1) / len(by_seed) ** 0.5
    assert trained[0] - mean[0] > 15
    assert abs(mean[1] - chance) < 3 * error, "the text doesn't say that they beat chance"


def test_the_network_beats_both_baselines():
    assert printed(LESSON, "network = dashboard.wait()") == "better than both baselines: True\n"


def test_an_error_by_things_is_wider_than_one_by_pictures():
    by_things, by_pictures = re.search(
        r"standard error ([\d.]+)% \(as if independent: ([\d.]+)%\)",
        printed(LESSON, "answers = logits_of(network, test)"),
    ).groups()
    assert 1.2 < float(by_things) / float(by_pictures) <= 2.05
