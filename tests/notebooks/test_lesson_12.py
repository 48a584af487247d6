"""Lesson 12: what its text says of measurements holds in the stored figures."""

import csv
import re

import numpy as np
import pytest
from models.test_architectures import on_paper
from notebooks.stored import printed

from cnnedu.experiments import l12_blocks as blocks
from cnnedu.experiments import l12_depth as depth
from cnnedu.experiments import l12_time as timed
from cnnedu.models.mobilenet import mobilenet_v2
from cnnedu.models.training_memory import kept_for_training
from cnnedu.models.vgg import vgg16
from harness.course import ROOT

LESSON = "12_architectures"
ACCURACY = blocks.figures["accuracy"]
SIGNALS = depth.figures["signals"]
NARROW, WIDE = "plain, wrapped border", "plain, wrapped border, 4 × as wide"


def errors(differences):
    """How many of its standard errors a mean lies away from 0."""
    differences = np.asarray(differences)
    return differences.mean() / (differences.std(ddof=1) / len(differences) ** 0.5)


def lead(a, b):
    return errors(np.subtract(ACCURACY[a], ACCURACY[b]))


def end_to_end(name, signal):
    """The logarithm of what becomes of a signal in 55 layers, one number per network."""
    first, last = (0, -1) if signal == "backward" else (-1, 0)
    runs = np.array([run["55"] for run in SIGNALS[name][signal]])
    return np.log(runs[:, first] / runs[:, last])


def first_weights(name):
    """The logarithm of the first layer's weight gradient, 55 layers over 7."""
    of = SIGNALS[name]["weights"]
    return np.log([run["55"][0] / run["7"][0] for run in of])


def test_the_border_takes_most_of_the_backward_signal():
    plain, wrapped = end_to_end("plain", "backward"), end_to_end(NARROW, "backward")
    assert np.exp(plain.mean()) == pytest.approx(0.2, abs=0.05)
    assert errors(wrapped - plain) > 3 and np.mean(wrapped - plain) > np.log(2)
    assert abs(errors(wrapped)) < 3 and abs(errors(end_to_end(WIDE, "backward"))) < 3


def test_a_loss_of_a_third_would_be_seen_in_the_wide_network():
    wide = end_to_end(WIDE, "backward")
    assert np.log(2 / 3) / (wide.std(ddof=1) / len(wide) ** 0.5) < -3


def test_the_forward_signal_shrinks_with_either_border():
    for name in ("plain", NARROW, WIDE):
        assert errors(end_to_end(name, "forward")) < -3


def test_the_first_weight_gradient_shrinks_with_depth_and_partly_by_the_border():
    for name, left in ((NARROW, 1 / 7), (WIDE, 1 / 3)):
        assert errors(first_weights(name)) < -3
        assert np.exp(first_weights(name).mean()) == pytest.approx(left, rel=0.15)
    assert errors(first_weights(NARROW) - first_weights("plain")) > 3
    assert errors(first_weights("plain, batch norm")) > 3  # the network that is trained below


def test_norms_and_skips_alone_explode():
    for name in ("plain, batch norm", "plain, batch norm, wrapped border", "skips"):
        assert end_to_end(name, "backward").min() > np.log(1000)
    assert end_to_end("skips", "forward").min() > np.log(1000)


@pytest.mark.parametrize("name", ["skips, batch norm", "plain", NARROW, WIDE])
def test_skips_with_a_norm_and_plain_networks_without_one_stay_within_thirty(name):
    for signal in ("forward", "backward"):
        assert abs(end_to_end(name, signal).mean()) < np.log(30)


def faster(row):
    ms = row["milliseconds"]
    return ms["3×3"] / (ms["depthwise"] + ms["1×1"])


def rows(batch, layout):
    return [r for r in timed.figures["times"] if (r["batch"], r["layout"]) == (batch, layout)]


def test_copying_takes_as_long_for_each_layer():
    first, last = (rows(16, layout)[0] for layout in timed.LAYOUTS)
    assert first["channels"] == last["channels"] == 64
    for row in (first, last):
        assert set(row["routine"].values()) == {"Mkldnn"}
    longer = [ms - last["milliseconds"][name] for name, ms in first["milliseconds"].items()]
    assert {round(ms) for ms in longer} == {10, 11}
    single = [rows(1, layout)[0]["milliseconds"]["depthwise"] for layout in timed.LAYOUTS]
    assert single[0] > 8 * single[1]


def test_copying_costs_and_the_gain_grows_with_the_channels():
    last = [faster(row) for row in rows(16, "channels last")]
    assert last == sorted(last)
    assert all(a > b for a, b in zip(last, map(faster, rows(16, "channels first")), strict=True))


def test_the_mixing_layer_does_not_wait_for_memory():
    for row in rows(16, "channels last"):
        ms = row["milliseconds"]
        assert (1 / ms["1×1"]) > 0.8 * 9 / ms["3×3"]  # multiply-adds a second
        assert 1 / row["channels"] / ms["depthwise"] < 0.3 / ms["3×3"]


def test_the_readme_says_how_much_faster():
    with (ROOT / "sources/claims.csv").open(encoding="utf-8", newline="") as file:
        answers = {row["claim"]: row["answer"] for row in csv.DictReader(file)}
    said = re.search(
        r"(\d) to (\d) times as fast", answers["An eighth of the work is eight times as fast"]
    )
    gains = [faster(row) for row in rows(16, "channels last")]
    assert [int(number) for number in said.groups()] == [round(min(gains)), round(max(gains))]


def test_vgg_s_outputs_are_half_as_much_again_as_what_is_kept():
    kept, outputs = re.search(
        r"vgg16 +keeps +([\d,]+) bytes; its outputs have ([\d,]+)", printed(LESSON, "def kept(")
    ).groups()
    kept, outputs = (int(number.replace(",", "")) for number in (kept, outputs))
    assert outputs / kept == pytest.approx(1.5, abs=0.1)


def test_mobilenet_keeps_more_than_vgg():
    small, large = (
        sum(kept_for_training(on_paper(build), (3, 224, 224)).values())
        for build in (mobilenet_v2, vgg16)
    )
    assert small > large
    assert 32 * small / 1e9 == pytest.approx(2.5, abs=0.05)


def gain(a, b):
    """By how many points the network `a` is ahead of `b`, on average."""
    return np.mean(ACCURACY[a]) - np.mean(ACCURACY[b])


def work(name):
    return blocks.multiply_adds(name)


def parameters(name):
    return sum(p.numel() for p in blocks.NETWORKS[name]().parameters())


def memory(name):
    return sum(kept_for_training(blocks.NETWORKS[name](), (3, 16, 16)).values())


@pytest.mark.parametrize(
    ("a", "b"), [("pair", "plain"), ("separable", "plain"), ("ConvNeXt", "residual")]
)
def test_no_difference_is_seen_where_the_text_says_so(a, b):
    assert abs(lead(a, b)) < 3


def test_the_shuffle_and_the_squeeze_cost_points():
    assert lead("shuffle", "no shuffle") < -3
    assert gain("shuffle", "no shuffle") == pytest.approx(-2, abs=0.3)
    assert lead("squeeze-and-excitation", "residual") < -3
    assert -2 < gain("squeeze-and-excitation", "residual") < -1


def test_a_dense_head_learns_faster_and_takes_six_times_the_parameters():
    assert lead("pair, dense head", "pair") > 3
    assert parameters("pair, dense head") / parameters("pair") == pytest.approx(6, abs=0.5)


def test_a_skip_helps_a_pair():
    assert lead("residual", "pair") > 3


def test_a_narrow_bottleneck_is_cheap_and_far_behind_and_a_wide_one_a_little():
    assert work("bottleneck") == pytest.approx(0.1 * work("residual"), rel=0.1)
    assert lead("bottleneck", "residual") < -3 and gain("bottleneck", "residual") < -4
    wide = "bottleneck, 3 × as wide"
    assert work(wide) == pytest.approx(0.8 * work("residual"), rel=0.05)
    assert lead(wide, "residual") < -3
    assert gain(wide, "residual") == pytest.approx(-1.5, abs=0.25)


def test_a_wide_separable_block_wins_at_equal_work_and_parameters_and_pays_in_memory():
    assert work("separable") < 0.25 * work("plain")
    wide = "separable, 3 × as wide"
    for other in ("pair", "residual"):
        assert work(wide) < work(other) and parameters(wide) < parameters(other)
        assert lead(wide, other) > 3 and gain(wide, other) > 4
        assert memory(wide) == pytest.approx(3 * memory(other), rel=0.1)


def test_attention_is_far_behind_for_more_work():
    assert work("attention") > work("residual")
    assert lead("attention", "residual") < -3 and gain("attention", "residual") < -4


def test_convnext_is_between_attention_and_the_inverted_residual():
    assert lead("ConvNeXt", "attention") > 3
    assert lead("inverted residual", "ConvNeXt") > 3
    assert work("ConvNeXt") == pytest.approx(0.6 * work("residual"), rel=0.05)


def test_the_two_best_take_less_work_than_the_residual_network_and_more_memory():
    best = {"separable, 3 × as wide", "inverted residual"}
    for name in best:
        assert all(lead(name, other) > 3 for other in ACCURACY if other not in best)
        assert work(name) < work("residual")
        assert 2.8 < memory(name) / memory("residual") < 4


def final(name):
    """The mean loss of the last 50 batches of a network, one number per seed."""
    return np.array(depth.figures["runs"][name])[:, -5:].mean(axis=1)


def test_plain_networks_learn_worse_the_deeper_they_are():
    for shallow, deep in ((7, 19), (19, 55)):
        differences = final(f"plain, {deep}") - final(f"plain, {shallow}")
        assert errors(differences) > 3 and differences.mean() > 0.08


def test_plain_networks_of_55_layers_hardly_learn_and_with_skips_they_do():
    assert np.log(10) - np.mean(final("plain, 55")) < 0.15
    for kind in ("skips", "skips, γ = 0"):
        differences = final("plain, 55") - final(f"{kind}, 55")
        assert errors(differences) > 3 and differences.mean() > 0.15


def test_depth_gains_nothing():
    for kind in depth.RUNS:
        for layers in (19, 55):
            assert errors(final(f"{kind}, {layers}") - final(f"{kind}, 7")) > -3


def test_deep_residual_networks_want_a_smaller_rate():
    rates = depth.rates()
    assert rates["skips, 55"] == pytest.approx(rates["skips, 19"] / 3, rel=0.2)
