"""Lesson 16 and its claims: what they say of transfer holds in figures and stored outputs."""

import re

import numpy as np
import torch
from notebooks.stored import printed

from cnnedu.data.folders import load_folder
from cnnedu.data.found_objects import write_found_objects
from cnnedu.data.splits import split_by_group, thing_of
from cnnedu.experiments import l16_near as near
from cnnedu.experiments import l16_transfer as transfer
from cnnedu.models.pretrained import load_pretrained
from cnnedu.tasks.transfer import fine_tune, with_head
from cnnedu.training.evaluate import evaluate

LESSON = "16_transfer_learning"
FOUND = transfer.figures
CURVE = FOUND["curve"]


def in_errors(a, b):
    """Return the mean of paired differences, in standard errors of this mean."""
    difference = np.subtract(a, b)
    return difference.mean() / (difference.std(ddof=1) / len(difference) ** 0.5)


def seen(lines):
    """Return {comparison: (points, whether it is seen)} of what `worth` has printed."""
    rows = re.findall(r"^(.+): ([+-][\d.]+) ± [\d.]+ points \((.+)\)$", lines, re.MULTILINE)
    return {name: (float(points), verdict == "seen") for name, points, verdict in rows}


def test_a_probe_falls_behind_from_20_pictures_on_and_full_fine_tuning_wins():
    probe, last, everything, scratch = (
        CURVE[way] for way in (transfer.PROBE, transfer.LAST, transfer.ALL, transfer.SCRATCH)
    )
    assert abs(in_errors(probe["5"], scratch["5"])) < 3
    for shots in ("20", "100"):
        assert in_errors(scratch[shots], probe[shots]) > 3
        assert in_errors(everything[shots], scratch[shots]) > 3
        assert in_errors(everything[shots], last[shots]) > 3
        assert np.mean(everything[shots]) - np.mean(scratch[shots]) > 0.3
    assert in_errors(everything["5"], scratch["5"]) > 3
    assert abs(in_errors(everything["5"], last["5"])) < 3
    assert np.mean(everything["100"]) > 0.95 and np.mean(scratch["100"]) < 0.7


def compared(task, way, shots):
    """Return (points by which the probe is ahead of another way, whether that is seen)."""
    accuracy = near.figures[task]["accuracy"]
    pair = accuracy[near.PROBE][shots], accuracy[way][shots]
    return 100 * np.mean(np.subtract(*pair)), abs(in_errors(*pair)) > 3


def errors_avoided(task):
    """Return the share of the small network's errors that the probe avoids, by pictures."""
    accuracy, ways = near.figures[task]["accuracy"], (near.SCRATCH, near.PROBE)
    left, still = (1 - np.mean(list(accuracy[way].values()), axis=1) for way in ways)
    return 1 - still / left


def test_how_far_the_probe_is_ahead_of_the_small_network():
    ahead = {
        task: [compared(task, near.SCRATCH, shots) for shots in ("5", "20", "100")]
        for task in near.TASKS
    }
    photographs, cifar10, shapes = ahead.values()
    assert round(photographs[0][0]) == 7 and round(photographs[2][0]) == 4
    assert [seen for _, seen in photographs] == [True, True, False]
    assert all(18 < points < 23 for points, _ in cifar10)
    assert [seen for _, seen in cifar10] == [False, True, True]
    assert round(shapes[2][0]) == 67 and all(seen for _, seen in shapes)


def test_photographs_leave_little_to_gain_but_half_of_the_errors_are_avoided():
    scratch = near.figures["photographs"]["accuracy"][near.SCRATCH]
    left = [100 * (1 - np.mean(runs)) for runs in scratch.values()]
    assert round(min(left)) in (6, 7) and round(max(left)) == 17
    assert 0.4 < min(errors_avoided("photographs")) and np.mean(errors_avoided("photographs")) < 0.6
    assert 0.25 < min(errors_avoided("cifar10")) and max(errors_avoided("cifar10")) < 0.42


def test_the_small_network_hardly_begins_with_few_shapes_and_its_rate_was_chosen_there():
    shapes = near.figures["shapes"]
    for shots in ("5", "20"):
        assert max(shapes["epochs"][near.SCRATCH][shots]) < 5
        assert max(shapes["accuracy"][near.SCRATCH][shots]) < 0.14  # guessing names 0.125
    assert min(shapes["accuracy"][near.SCRATCH]["100"]) > 0.25
    tried = near.figures["shapes_rates"][near.SCRATCH]["tried"].values()
    assert all(abs(loss - np.log(near.CLASSES)) < 0.02 for loss in tried)


def test_the_probe_names_shapes_about_as_well_as_photographs():
    named = {
        task: [np.mean(runs) for runs in near.figures[task]["accuracy"][near.PROBE].values()]
        for task in ("shapes", "photographs")
    }
    assert (round(100 * min(named["shapes"])), round(100 * max(named["shapes"]))) == (87, 98)
    assert np.abs(np.subtract(*named.values())).max() < 0.05


def test_what_carries_over_was_learnt_and_fine_tuning_adds_little():
    once = []
    for task in near.TASKS:
        for shots in ("5", "20", "100"):
            points, seen = compared(task, near.TUNED, shots)
            assert -5 < points < 0
            once += [(task, shots)] if seen else []
            points, seen = compared(task, near.CONTROL, shots)
            assert points > 35 and seen
    assert once == [("cifar10", "20")]


def test_the_reader_probes_the_first_of_the_stored_splits():
    (percent,) = re.findall(r"(\d+)% of the test", printed(LESSON, "real_body = "))
    assert int(percent) == round(100 * near.figures["photographs"]["accuracy"][near.PROBE]["5"][0])


def test_moving_statistics_are_not_what_helps():
    for shots, runs in FOUND["statistics"].items():
        assert in_errors(runs, CURVE[transfer.LAST][shots]) < 3
    for shots in ("20", "100"):
        assert in_errors(CURVE[transfer.ALL][shots], FOUND["statistics"][shots]) > 3


def test_the_probe_overfits_and_another_penalty_does_not_help():
    rows = re.findall(
        r"^(\d+) per class: (\d+)%.*, (\d+)%",
        printed(LESSON, "probe = transfer.fit_probe(own"),
        re.M,
    )
    said = {shots: (int(own), int(new)) for shots, own, new in rows}
    assert list(said) == list(CURVE[transfer.PROBE])
    for shots, (_, new) in said.items():  # the first draw is that of the curve's first seed
        assert abs(new - 100 * CURVE[transfer.PROBE][shots][0]) < 1
    assert said["20"][0] == 100 and 64 < said["100"][0] < 70
    usual = FOUND["penalties"]["0.01"]
    assert 0.64 < np.mean(usual["own"]) < 0.7 and 0.3 < np.mean(usual["new"]) < 0.4
    for decay in ("0.001", "0.1"):
        assert in_errors(FOUND["penalties"][decay]["new"], usual["new"]) < 3


def test_one_rate_for_all_is_best_at_its_own_best_rate_and_at_0_003():
    one = FOUND["rates"]["one rate for all"]
    for name, points in (
        ("a third per block down", 8),
        ("head ten times as fast", 14),
        ("both", 21),
    ):
        other = FOUND["rates"][name]
        assert in_errors(one, other) > 3
        assert round(100 * np.subtract(one, other).mean()) == points
    assert {transfer.rate_of(name) for name in transfer.LAYERWISE} == {0.001, 0.003, 0.01}
    order = sorted(FOUND["rates"], key=lambda name: np.mean(FOUND["rates"][name]))
    assert order == sorted(FOUND["rates"], key=lambda name: FOUND["tuning"][name]["0.003"])


def test_frozen_weights_are_not_a_frozen_network():
    before, after = (round(FOUND["norms"][when], 2) for when in ("before", "after"))
    assert (before, after) == (0.87, 0.62)


def test_number_for_number_the_last_features_are_no_worse():
    said = seen(printed(LESSON, 'by_block = found["blocks"]'))
    points, verdict = said["all features, block2 − block1"]
    assert verdict and round(points) == 12
    few, verdict = said["32 of them, block2 − block1"]
    assert verdict and round(few) == 5
    assert not said["32 of them, block3 − block2"][1]
    points, verdict = said["32 of them, block3 − block1"]
    assert verdict and round(points) == 6
    assert said["block2, trained − random"][1] and said["block2, trained − random"][0] > 8
    assert not said["all features, block3 − block2"][1]


def test_the_block_probed_by_the_reader_is_the_first_of_the_stored_draws():
    shown = re.findall(r"^(block\d) .*: (\d+)%$", printed(LESSON, "def after_each_block"), re.M)
    assert len(shown) == 3
    for block, percent in shown:
        assert abs(int(percent) - 100 * FOUND["blocks"]["all features"][block][0]) < 1


def charms(folder):
    """Return the lesson's pictures of charms to learn from, and those held out."""
    write_found_objects(folder)
    own = load_folder(folder)
    x, y = load_pretrained("fast").prepare(own.x), torch.from_numpy(own.y)
    things = np.array([thing_of(file) for file in own.files])
    order = np.random.default_rng(0).permutation(np.unique(things))
    aside = split_by_group(things, order, share=0.5)
    learn = np.flatnonzero(~aside)[transfer.few(y[~aside], 20, seed=0)]
    return (x[learn], y[learn]), (x[aside], y[aside])


def test_what_came_out_at_the_dashboard(tmp_path):
    learn, held_out = charms(tmp_path)

    def scores(rates):
        network = with_head(load_pretrained("fast").network, 3)
        network = fine_tune(network, learn, rates, epochs=8)
        return evaluate(network, *learn)[1], evaluate(network, *held_out)[1]

    head, last = scores({"dense": 0.01}), scores({"block3": 0.001, "dense": 0.01})
    slow, fast = (scores(dict.fromkeys(transfer.ONE, rate)) for rate in (0.001, 0.03))
    assert 0.7 < head[0] < 0.8 and 0.55 < head[1] < 0.7
    assert slow[1] > 0.95 and fast[1] < 0.55
    assert last[0] > last[1] > 0.85


def test_a_random_split_finds_skill_in_a_coin():
    rows = re.findall(
        r"^(patches at random|whole regions) .*? (\d+)% ± (\d+)% \((\d+)% to (\d+)%\)$",
        printed(LESSON, "for (split, name), some in scores.items()"),
        re.MULTILINE,
    )
    assert len(rows) == 4
    for split, mean, error, low, high in rows:
        in_error = (int(mean) - 50) / max(1, int(error))
        if split == "whole regions":
            assert abs(in_error) < 3 and int(high) - int(low) > 20
        else:
            assert in_error > 3 and int(mean) > 60
