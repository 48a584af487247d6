"""Lesson 18: what its text says of splits and heat maps holds in figures and stored outputs."""

import re

import numpy as np
from notebooks.stored import printed

from cnnedu.data.folders import load_folder
from cnnedu.data.found_objects import write_found_objects
from cnnedu.experiments.l18_splits import figures
from harness.course import ROOT

LESSON = "18_capstone"
PERCENT = re.compile(r"(\d+)%")


def test_a_random_split_hides_nearly_all_mistakes():
    at_random, whole = (1 - np.array(runs) for runs in figures["splits"].values())
    assert at_random.mean() < 0.05 * whole.mean()
    # A single split with many mistakes widens the error of the mean, so here the signs decide.
    assert (at_random < whole).sum() >= 9 and not (at_random > whole).any()
    assert 0.001 < at_random.mean() < 0.0025 and 0.045 < whole.mean() < 0.055  # the quiz
    assert whole.std() > 10 * at_random.std()


def test_one_honest_split_lies_far_below_the_others():
    lowest, second = sorted(figures["splits"]["whole things"])[:2]
    assert second - lowest > 0.1


def test_the_lesson_tests_on_charms_that_no_split_has_seen(tmp_path):
    """The splits were measured, and settings chosen, on the charms of seed 0."""
    source = (ROOT / f"sources/lessons/{LESSON}.py").read_text(encoding="utf-8")
    seed = int(re.search(r"write_found_objects\(work\.name, seed=(\d+)\)", source)[1])
    write_found_objects(tmp_path / "splits")
    write_found_objects(tmp_path / "lesson", seed=seed)
    seen, new = (load_folder(tmp_path / name) for name in ("splits", "lesson"))
    assert seen.files == new.files
    same = (seen.x == new.x).mean(axis=(1, 2, 3))
    assert same.max() < 0.2, "no picture of the one is in the other"


def test_the_trained_network_looks_at_the_charm_and_controls_do_so_less():
    said = printed(LESSON, "def with_random_weights")
    trained, evenly, other, mean, by_seed = (
        [int(share) for share in PERCENT.findall(line)] for line in said.splitlines()
    )
    assert len(by_seed) == 10 and 86 <= trained[1] <= 94
    assert 40 <= other[1] <= 50 and other[0] > evenly[0], "the maps favour the middle"
    assert 24 <= mean[1] <= 35 and 10 <= min(by_seed) <= 15 and 45 <= max(by_seed) <= 55
    assert trained[0] - max(other[0], mean[0]) > 15


def test_mistakes_come_in_families():
    said = printed(LESSON, "def pairs_misread")
    both, shuffled = (
        int(n) for n in re.search(r"(\d+) pairs of one.*at most (\d+)", said, re.S).groups()
    )
    assert both > shuffled


def test_the_calibration_error_lies_about_at_its_bound():
    said = printed(LESSON, "T = best_temperature")
    temperature, after, before, bound = (
        float(n)
        for n in re.search(
            r"temperature ([\d.]+): calibration error ([\d.]+)%, was ([\d.]+)%.*below ([\d.]+)%",
            said,
            re.DOTALL,
        ).groups()
    )
    assert 0.9 < temperature < 1.1 and abs(before - bound) < 2 and abs(after - before) < 2


def test_one_command_ends_with_a_card_and_refuses_a_single_thing():
    said = printed(LESSON, "def cnnedu(")
    assert "27 pictures of 3 classes: 15 for training, 6 for validation, 6 for test" in said
    assert "6 of 6 test pictures were classified correctly" in said and "model_card.md" in said
    assert printed(LESSON, '"photographs", "--out"').startswith(
        "Error: class brick has 1 thing; it needs at least 3"
    )


def test_the_network_beats_both_baselines():
    assert printed(LESSON, "network = dashboard.wait()") == "better than both baselines: True\n"


def test_an_error_by_things_is_wider_than_one_by_pictures():
    by_things, by_pictures = re.search(
        r"standard error ([\d.]+)% \(as if independent: ([\d.]+)%\)",
        printed(LESSON, "answers = logits_of(network, test)"),
    ).groups()
    assert 1.2 < float(by_things) / float(by_pictures) <= 2.05
