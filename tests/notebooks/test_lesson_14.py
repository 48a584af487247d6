"""Lesson 14: what its text says of the measured figures."""

import re

import numpy as np
import pytest

from cnnedu.experiments import l14_atlas, l14_depth, l14_photographs
from cnnedu.experiments import l14_seeing as seeing
from tests.notebooks.stored import printed

LESSON = "14_what_the_network_sees"
UNITS, SANITY, DELETION = (seeing.figures[part] for part in ("units", "sanity", "deletion"))
PROBES = l14_depth.figures["probes"]
ATLAS = l14_atlas.figures["atlas"]


def errors(differences):
    """Return how many of its standard errors the mean difference is from 0."""
    differences = np.asarray(differences)
    return differences.mean() / (differences.std(ddof=1) / len(differences) ** 0.5)


def agreement(network, way):
    """ρ with the random network's map of the same and of another picture: (2, seeds)."""
    return np.array([run[network][way]["random"] for run in SANITY]).T


def beyond_centre(network, way):
    same, other = agreement(network, way)
    return same - other


@pytest.mark.parametrize(
    ("network", "way"),
    [
        ("fast", "occlusion"),
        ("fast", "saliency"),
        ("fast", "SmoothGrad"),
        ("fast", "Grad-CAM, block3.conv1"),
        ("fast", "Grad-CAM, block3.gelu2"),
        ("fast", "HiResCAM, block3.gelu2"),
        ("classic", "occlusion"),
        ("classic", "saliency"),
    ],
)
def test_nothing_of_the_picture_is_seen_to_be_kept_without_learning(network, way):
    assert abs(errors(beyond_centre(network, way))) < 3


def test_on_photographs_integrated_gradients_keep_most_and_saliency_a_hundredth_or_two():
    kept = {
        way: np.subtract(found["same"], found["other"]).mean(axis=0)
        for way, found in l14_photographs.figures["sanity"].items()
    }
    for way in ("SmoothGrad", "Grad-CAM, stage9"):
        assert abs(errors(kept[way])) < 3
    assert errors(kept["saliency"]) > 3 and 0.005 < kept["saliency"].mean() < 0.025
    assert errors(kept["integrated gradients"]) > 3
    assert kept["integrated gradients"].mean() > 0.15


def test_all_of_saliency_s_agreement_is_centre_bias():
    same, other = agreement("fast", "saliency").mean(axis=1)
    assert same == pytest.approx(0.5, abs=0.05) and other > 0.9 * same


def test_guided_back_propagation_keeps_a_small_rest_and_smooth_grad_a_hundredth():
    same, other = agreement("classic", "guided back-propagation").mean(axis=1).round(2)
    assert (same, other) == (0.77, 0.72)
    assert errors(beyond_centre("classic", "guided back-propagation")) > 3
    assert errors(beyond_centre("classic", "SmoothGrad")) > 3
    assert beyond_centre("classic", "SmoothGrad").mean() == pytest.approx(0.01, abs=0.004)


def test_integrated_gradients_keep_most():
    kept = beyond_centre("fast", "integrated gradients")
    assert errors(kept) > 3
    others = [
        beyond_centre(network, way).mean()
        for network, ways in seeing.MAPS.items()
        for way in ways
        if way != "integrated gradients"
    ]
    assert kept.mean() > 3 * max(others)
    alone = beyond_centre("fast", seeing.GRADIENT_ALONE)
    assert errors(alone) > 3 and alone.mean() / kept.mean() == pytest.approx(1 / 6, abs=0.03)


def lost(way):
    """How much lower the probability is than with another picture's map."""
    return np.subtract(DELETION[way]["other"], DELETION[way]["own"])


@pytest.mark.parametrize("way", ["occlusion", "integrated gradients", "SmoothGrad"])
def test_maps_that_pass_the_covering(way):
    assert errors(lost(way)) > 3


@pytest.mark.parametrize(
    "way",
    ["saliency", "Grad-CAM, block3.conv1", "Grad-CAM, block3.gelu2", "HiResCAM, block3.gelu2"],
)
def test_maps_that_do_not(way):
    assert abs(errors(lost(way))) < 3


def test_occlusion_wins_by_far_and_edges_do_worse_than_another_picture_s():
    assert all(
        lost("occlusion").mean() > 2 * lost(way).mean() for way in DELETION if way != "occlusion"
    )
    assert errors(lost("edge detector")) < -3


def late_gains(network):
    return [unit.gain for stage in ("stage7", "stage9") for unit in ATLAS[network][stage]]


def test_drawings_excite_late_units_far_more_than_photographs_only_after_learning():
    trained, random = late_gains("trained"), late_gains("random weights")
    assert round(min(trained)) == 5 and round(max(trained)) == 18
    assert 1 < min(random) and max(random) <= 2
    assert ATLAS["trained"]["stage7"][2].number == 76  # the map that is spoken of


def test_all_512_steps_help():
    climbs = np.array([unit.climb for units in ATLAS["trained"].values() for unit in units])
    assert l14_atlas.STEPS == (128, 256, 512)
    assert ((climbs[:, 2] > climbs[:, 1]) & (climbs[:, 1] > climbs[:, 0])).all()
    share = (climbs / climbs[:, 2:]).mean(axis=0)
    assert f"after 256 steps: {share[1]:.0%}" in printed(LESSON, "for steps, share in")
    assert share[1] < 0.95


def test_only_late_units_are_about_a_class():
    trained, random = (UNITS[name] for name in ("trained", "random"))
    assert trained["gelu"] == random["gelu"]  # both have the whitening
    assert abs(errors(np.subtract(trained["block1.gelu2"], random["block1.gelu2"]))) < 3
    for layer in seeing.LAYERS[2:]:
        assert errors(np.subtract(trained[layer], random[layer])) > 3
    assert np.mean(trained["block3.gelu2"]) == pytest.approx(0.9, abs=0.03)
    for layer in seeing.LAYERS:
        assert errors(np.subtract(random[layer], UNITS["chance"][layer])) > 3


def stages(name, factor):
    """Return what was read, (seeds, 10): from the pixels and from stages 1 to 9."""
    return np.array(PROBES[name][factor])


def seen_above(one, other):
    """Return whether the differences of two columns, seed by seed, are seen."""
    return errors(one - other) > 3


def test_edges_can_be_read_from_stage_3_and_random_weights_lose_them():
    trained, random = stages("trained", "edge direction"), stages("random", "edge direction")
    assert np.abs(trained[:, :3]).max() < 0.05
    assert trained[:, 2].mean() == pytest.approx(0, abs=0.01)
    assert trained[:, 3].mean() == pytest.approx(0.82, abs=0.005)
    assert random.mean(axis=0).max() == pytest.approx(0.3, abs=0.03)
    assert random.mean(axis=0)[7:].max() < 0.05


def test_shapes_come_with_stages_4_to_7_and_only_with_training():
    trained, random = stages("trained", "shape"), stages("random", "shape")
    assert trained.mean(axis=0)[:4].max() < 0.1
    assert all(seen_above(trained[:, stage], trained[:, stage - 1]) for stage in (4, 5, 6, 7))
    assert not seen_above(trained[:, 8], trained[:, 7])
    assert np.abs(random.mean(axis=0)).max() < 0.05


def test_objects_become_readable_where_no_shape_is_and_training_helps():
    trained, shape = stages("trained", "object"), stages("trained", "shape")
    assert seen_above(trained[:, 3], trained[:, 2]) and seen_above(trained[:, 3], shape[:, 3])
    assert shape[:, 3].mean() < 0.1
    assert trained.mean(axis=0)[0] == pytest.approx(0.1, abs=0.05)
    assert stages("random", "object").mean(axis=0).max() == pytest.approx(0.2, abs=0.02)
    assert seen_above(trained[:, 5], trained[:, 3]) and seen_above(trained[:, 8], trained[:, 5])
    assert all(seen_above(trained[:, k], stages("random", "object")[:, k]) for k in range(3, 10))


def test_colour_fades_and_position_stays_to_the_end():
    for name in ("trained", "random"):
        assert seen_above(stages(name, "colour")[:, 0], stages(name, "colour")[:, 9])
    position = stages("trained", "position")
    assert position.mean(axis=0).argmax() in (6, 7)
    assert all(seen_above(position[:, 9], position[:, k]) for k in (0, 1, 2))
    assert stages("random", "position").mean(axis=0)[7:].max() < 0.05


def shares(words):
    """Return the numbers in what a cell has printed, line by line."""
    return [
        [float(number) for number in re.findall(r"\d\.\d\d", line)]
        for line in printed(LESSON, words).splitlines()
    ]


def test_edges_lie_best_on_the_cat_and_saliency_just_as_well_without_training():
    saliency, cams, (edges,), (middle,) = shares("def on_cat(")
    assert edges > max(*saliency, *cams)
    assert min(saliency[1:]) <= saliency[0] <= max(saliency[1:])
    assert cams[0] > max(cams[1:])
    assert middle == 0.44
    assert np.mean(cams[1:]) == pytest.approx(0.4, abs=0.03) and np.mean(cams[1:]) < middle


def moves(way):
    """Return for each picture how far the share of the left half falls from class to class."""
    asked = l14_photographs.figures["sides"][way]
    first, second = (np.array(asked[which])[:, 0] for which in ("first", "second"))
    return first - second


def test_two_kinds_of_map_change_sides_each_time_and_occlusion_twice():
    for way in ("integrated gradients", "Grad-CAM, stage9"):
        asked = l14_photographs.figures["sides"][way]
        assert all(left > right for left, right in asked["first"])
        assert all(left < right for left, right in asked["second"])
        assert min(moves(way)) > 0.5
    assert (moves("occlusion") > 0.5).sum() == 2
    for way in ("saliency", "SmoothGrad"):
        assert max(moves(way)) < 0.3


def test_integrated_gradients_speak_against_the_class_on_the_other_half():
    asked = l14_photographs.figures["sides"]["integrated gradients"]
    assert all(right < 0 for _, right in asked["first"])
    assert all(left < 0 for left, _ in asked["second"])


def test_the_verdict_is_that_of_the_three_tests():
    lines = printed(LESSON, "for way, small in names").splitlines()[1:]
    verdict = {line[:22].strip(): line[22:].split() for line in lines}
    for way, words in verdict.items():
        large, small = (
            name if way == "Grad-CAM" else way
            for name in ("Grad-CAM, stage9", "Grad-CAM, block3.conv1")
        )
        signed = way in ("occlusion", "integrated gradients")  # shares from −1 to 1, not from 0
        assert words[:3] == f"{(moves(large) > (0.5 if signed else 0.25)).sum()} of 3".split()
        passed = abs(errors(beyond_centre("fast", small))) <= 3, errors(lost(small)) > 3
        assert words[3:] == ["passed" if one else "failed" for one in passed]
    assert all(words[0] < "3" or "failed" in words for words in verdict.values())
    assert verdict["occlusion"] == "2 of 3 passed passed".split()
    assert len(verdict) == 5


def test_learnt_filters_are_edge_detectors_far_more_often_than_chance_would_have_it():
    learnt, drawn = re.search(
        r"learnt (\d+) of 32; random numbers ([\d.]+) of 32", printed(LESSON, "def edge_share(")
    ).groups()
    assert int(learnt) == 15 and float(drawn) == 2.8
