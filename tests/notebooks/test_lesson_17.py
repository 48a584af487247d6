"""Lesson 17: what its text says of masks, boxes and faces holds in figures and stored outputs."""

import re

import numpy as np
from notebooks.stored import printed

from cnnedu.experiments import l17_faces
from cnnedu.experiments.l17_beyond import figures

LESSON = "17_beyond_classification"


def test_ground_everywhere_looks_good_by_accuracy_alone():
    said = printed(LESSON, '"ground everywhere": np.zeros_like(said)')
    nothing = re.search(r"ground everywhere +pixels right ([\d.]+)% +mean IoU ([\d.]+)", said)
    assert 88 < float(nothing[1]) < 92 and float(nothing[2]) == 0.08


def test_without_skips_the_borders_suffer():
    """One run of each network: the text says so."""
    skips, none = figures["unet"], figures["no_skips"]
    assert (
        round(skips["mean IoU"], 2) == 0.93 and 0.01 < skips["mean IoU"] - none["mean IoU"] < 0.02
    )
    assert round(100 * (1 - none["border accuracy"]), 1) == 13.5
    assert 0.5 < (1 - skips["border accuracy"]) / (1 - none["border accuracy"]) < 0.6
    assert 0.06 * 0.135 > 0.9 * (1 - none["pixel accuracy"])


def precisions():
    """Return {(stages, IoU): mAP} as printed."""
    rows = re.findall(
        r"^mAP@([\d.]+): one stage ([\d.]+), two stages ([\d.]+)$",
        printed(LESSON, "second = detection.find(two_stage"),
        re.MULTILINE,
    )
    return {(k, row[0]): float(row[k]) for row in rows for k in (1, 2)}


def test_two_looks_are_no_better_than_one_here():
    found = precisions()
    assert found[1, "0.5"] > 0.98 and found[2, "0.5"] > 0.98
    assert found[1, "0.9"] == 0.49 and found[2, "0.9"] == 0.47  # the text and the quiz quote both


def test_the_second_look_takes_time():
    ratio = re.search(r"second look takes ([\d.]+) times", printed(LESSON, "took = {}"))
    assert float(ratio[1]) > 1


def test_a_threshold_of_suppression_depends_on_the_flock():
    rows = re.findall(
        r"threshold ([\d.]+) +our scenes ([\d.]+) +flocks ([\d.]+)",
        printed(LESSON, "best for the flocks"),
    )
    ours, flocks = ({float(row[0]): float(row[k]) for row in rows} for k in (1, 2))
    assert min(ours.values()) > 0.95
    assert 0.25 < flocks[0] < 0.4 and flocks[1] < max(flocks.values()) - 0.1
    assert max(flocks, key=flocks.get) not in (0, 1)


def test_an_embedding_beats_pixels_with_every_seed():
    trained, random, plain = l17_faces.figures["faces"].values()
    assert max(trained) < 0.1 < 0.3 < min(min(random), min(plain))
    assert all(0.3 < np.mean(errors) < 0.4 for errors in (random, plain))
    difference = np.subtract(random, plain)
    error = difference.std(ddof=1) / len(difference) ** 0.5
    assert difference.mean() > -3 * error, "the quiz: the random network is no better than pixels"


def test_a_door_opens_to_more_than_half_of_the_strangers():
    rows = re.findall(
        r"(\d+) enrolled: the door opens to (\d+)% .*independent: (\d+)%",
        printed(LESSON, "def door(seed)"),
    )
    assert [int(row[0]) for row in rows] == [1, 5, 20]
    for _, opened, independent in rows:
        assert abs(int(opened) - int(independent)) < 10
    assert int(rows[-1][1]) > 50
