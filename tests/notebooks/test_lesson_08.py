"""Lesson 08: what its text says holds in the stored figures and in the outputs stored with it."""

import re

import numpy as np
import pytest
from notebooks.stored import printed

from cnnedu import nn
from cnnedu.data import edge_kernel
from cnnedu.data.digits import load_digits
from cnnedu.experiments import l08_features as features
from cnnedu.experiments import l08_rates as rates

LESSON = "08_training_from_scratch"


def errors(a, b):
    """Return by how many standard errors paired runs `a` lie above runs `b`."""
    difference = np.subtract(a, b)
    return difference.mean() / (difference.std(ddof=1) / np.sqrt(len(difference)))


def at_best():
    """Return {optimiser: % right of each seed}, at the rate that was best with other seeds."""
    return {
        name: np.array(rates.figures["sweep"][name])[:, np.mean(runs, axis=0).argmax()]
        for name, runs in rates.figures["tuning"].items()
    }


def test_the_toy_flatters_rmsprop_until_the_valley_is_turned():
    text = printed(LESSON, 'print("loss after 30 steps')
    found = re.findall(r"^(\w+) +([\d.e-]+) +([\d.e-]+)$", text, re.MULTILINE)
    losses = {name: (float(along), float(turned)) for name, along, turned in found}
    assert losses.keys() == {"SGD", "momentum", "RMSProp", "Adam"}
    along, turned = ({name: pair[k] for name, pair in losses.items()} for k in (0, 1))
    assert along["RMSProp"] < 1e-6 * min(along[name] for name in losses if name != "RMSProp")
    assert turned["RMSProp"] > turned["momentum"] and turned["Adam"] > along["Adam"]
    assert turned["Adam"] < 2 * along["Adam"]  # the quiz: "little depended on it here"
    for name in ("SGD", "momentum"):
        assert turned[name] == pytest.approx(along[name], rel=0.3)  # rounded differently


def test_how_far_rmsprop_wins_is_the_luck_of_its_first_step():
    found = []
    for rate in np.geomspace(0.001, 1, 31):
        w = nn.Parameter(np.array([-4.0, 1.0]))
        optimiser, way = nn.RMSProp([w], rate, alpha=0.9), []
        for _ in range(30):
            w.grad = np.array([1, 25]) * w.value
            optimiser.step()
            way.append(w.value.copy())
        found.append((way[-1] @ (np.array([1, 25]) * way[-1]) / 2, way[0]))
    assert min(found, key=lambda run: run[0])[1] == pytest.approx([-3, 0], abs=1e-6)


def likeness(filters, kernel):
    """Return the correlation of each filter (..., 3, 3) with a kernel."""
    flat = filters.reshape(*filters.shape[:-2], 9).astype(float)
    return np.vectorize(lambda f: np.corrcoef(f, np.ravel(kernel))[0, 1], signature="(n)->()")(flat)


def test_half_of_the_networks_find_the_edge_detector_from_nearly_nothing_and_chance_does_not():
    found = {
        kind: (abs(likeness(features.figures["edges"][kind], edge_kernel())).max(axis=1) > 0.9)
        for kind in features.EDGE_KINDS
    }
    shares = {kind: some.mean() for kind, some in found.items()}
    assert shares.pop("from nearly nothing") == pytest.approx(0.5, abs=0.1)
    from_start = shares.pop("from He's start")
    assert from_start == pytest.approx(1 / 8, abs=0.03)
    assert max(shares.values()) <= 1 / 20
    error = np.sqrt((from_start * (1 - from_start) + 0.05 * 0.95) / 40)
    assert from_start - 0.05 < 3 * error  # "too few to tell from the controls"
    forty = features.figures["edges"]["from nearly nothing"]
    best = abs(likeness(forty, edge_kernel())).max(axis=1)
    assert best[0] > 0.9 and best.mean() == pytest.approx(0.9, abs=0.01)
    rng = np.random.default_rng(1)
    others = [(abs(likeness(forty, k)).max(axis=1) > 0.9).mean() for k in rng.normal(size=(50, 9))]
    assert np.mean(others) < 0.03
    chance = abs(likeness(rng.normal(size=(500, 16, 3, 3)), edge_kernel())).max(axis=1) > 0.9
    assert chance.mean() < 0.03
    right = features.figures["edges"]["from nearly nothing accuracy"]
    assert right.mean() > 97


def test_about_as_many_find_the_edge_detector_lying_on_its_side():
    for kind in features.EDGE_KINDS:
        lying = abs(likeness(features.figures["edges"][kind], edge_kernel().T)).max(axis=1) > 0.9
        assert 0.4 < lying.mean() < 0.6 if kind == "from nearly nothing" else lying.mean() <= 0.05


def test_networks_from_the_usual_start_read_no_worse_than_those_from_nearly_nothing():
    edges = features.figures["edges"]
    assert errors(edges["from He's start accuracy"], edges["from nearly nothing accuracy"]) > 0


def test_half_of_those_networks_do_without_it_and_read_as_well():
    edges = features.figures["edges"]
    best = abs(likeness(edges["from nearly nothing"], edge_kernel())).max(axis=1)
    right = edges["from nearly nothing accuracy"]
    with_it, without = right[best > 0.9], right[best <= 0.9]
    error = np.hypot(*(some.std(ddof=1) / np.sqrt(len(some)) for some in (with_it, without)))
    assert abs(with_it.mean() - without.mean()) < 3 * error


def test_at_best_rates_adam_leads_sgd_in_every_draw_and_momentum_but_we_see_no_lead_over_rmsprop():
    accuracy = at_best()
    leads = np.sort(accuracy["Adam"] - accuracy["SGD"])
    assert leads[0] > 0 and leads[-1] == pytest.approx(17, abs=0.5)
    assert 0 < errors(accuracy["Adam"], accuracy["SGD"]) < 3 < errors(leads[:-1], 0)
    assert errors(accuracy["Adam"], accuracy["momentum"]) > 3
    assert np.mean(accuracy["Adam"] - accuracy["momentum"]) == pytest.approx(1.0, abs=0.2)
    assert abs(errors(accuracy["Adam"], accuracy["RMSProp"])) < 3


@pytest.mark.parametrize("least", [80, 85, 90, 94])
def test_adam_forgives_more_than_sgd_and_momentum_and_rmsprop_more_than_sgd(least):
    width = {name: rates.widths(runs, least) for name, runs in rates.figures["sweep"].items()}
    assert errors(width["Adam"], width["SGD"]) > 3
    assert errors(width["RMSProp"], width["SGD"]) > 3
    assert abs(errors(width["Adam"], width["RMSProp"])) < 3
    assert errors(width["Adam"], width["momentum"]) > 3
    assert 3.5 < 10 ** np.mean(width["Adam"] - width["SGD"]) < 4.75  # "about four times as wide"
    if least == 90:
        assert 10 ** width["Adam"].mean() == pytest.approx(40, abs=5)
        assert 10 ** width["SGD"].mean() == pytest.approx(9, abs=1)


def test_a_rate_for_adam_is_none_for_sgd():
    """The quiz: both at a rate of 0.001, Adam reaches 90 % and SGD 15 %."""
    number = rates.RATES.index(0.001)
    means = {name: np.mean(runs, axis=0) for name, runs in rates.figures["sweep"].items()}
    assert means["Adam"][number] == pytest.approx(90, abs=1)
    assert means["SGD"][number] == pytest.approx(15, abs=1)


def test_what_a_bad_start_costs_at_its_own_best_rate():
    sgd, adam = (rates.figures["starts"][name] for name in ("SGD", "Adam"))
    assert max(sgd["zeros"] + adam["zeros"]) < 20
    assert np.mean(sgd["a tenth of He's"]) == pytest.approx(33, abs=2)
    assert -3 < errors(adam["a tenth of He's"], adam["He's"]) < -2.5  # "just short"
    lost = np.mean(adam["He's"]) - np.mean(adam["a tenth of He's"])
    assert lost == pytest.approx(2.4, abs=0.05)
    for runs, points in ((sgd, 16), (adam, 7)):
        large = runs["ten times He's"]
        assert errors(large, runs["He's"]) < -3
        assert np.mean(runs["He's"]) - np.mean(large) == pytest.approx(points, abs=0.5)


def test_losing_a_row_costs_little_and_the_move_alone_a_lot():
    moves = features.figures["moves"]
    mean = {name: np.mean(runs) for name, runs in moves.items()}
    for name in features.DIRECTIONS:
        moved, cut = moves[f"moved {name}"], moves[f"cut {name}"]
        assert errors(moved, cut) < -3
        assert 16 <= np.mean(cut) - np.mean(moved) <= 33.5
        assert 16 <= mean["in place"] - np.mean(moved) <= 36
        if name in ("up", "down"):
            assert errors(cut, moves["in place"]) < -3
        lost = mean["in place"] - np.mean(cut)
        assert abs(lost) < 0.1 if name in ("left", "right") else lost == pytest.approx(3, abs=0.5)


def test_the_rows_at_the_top_and_bottom_hold_chalk_and_the_columns_at_the_sides_hardly_any():
    x = load_digits()[0][0]
    lost = {
        name: 1 - features.blanked(x, *by).sum() / x.sum()
        for name, by in features.DIRECTIONS.items()
    }
    assert min(lost["up"], lost["down"]) > 0.1 and max(lost["left"], lost["right"]) < 0.01


def test_a_random_first_layer_costs_something_early_and_later_little_on_the_edge_of_what_we_see():
    early, late, few = features.figures["first_layers"].values()
    assert errors(early["random"], early["learnt"]) < -3
    assert np.mean(early["learnt"]) - np.mean(early["random"]) == pytest.approx(1.7, abs=0.05)
    assert np.mean(late["learnt"]) - np.mean(late["random"]) == pytest.approx(0.4, abs=0.05)
    assert -3.3 < errors(late["random"], late["learnt"]) < -2.7
    assert abs(errors(few["random"], few["learnt"])) < 3
    assert min(errors(kinds["by hand"], kinds["random"]) for kinds in (early, late)) > 3
    assert errors(few["by hand"], few["random"]) < 3


def test_between_filters_by_hand_and_learnt_ones_we_see_no_difference_and_some_are_needed():
    costs = []
    for kinds in features.figures["first_layers"].values():
        assert abs(errors(kinds["by hand"], kinds["learnt"])) < 3
        for less in ("both random", "no filters"):
            assert errors(kinds[less], kinds["learnt"]) < -3
            costs.append(np.mean(kinds["learnt"]) - np.mean(kinds[less]))
    assert (round(min(costs), 1), round(max(costs), 1)) == (1.4, 3.2)


def test_after_ten_epochs_neither_schedule_nor_optimiser_makes_a_difference_that_we_see():
    runs = rates.figures["schedules"]
    for name in rates.SCHEDULED:
        assert 98.1 <= round(np.mean(runs[name]), 1) <= 98.5
        for other in rates.SCHEDULED:
            assert other == name or abs(errors(runs[name], runs[other])) < 3


def test_the_notebook_opens_with_its_own_end():
    text = printed(LESSON, "dashboard.wait()")
    assert "97 % held out, or more: True" in text
    assert "the network of the first cell: True" in text


def test_a_rate_too_high_kills_every_relu():
    text = printed(LESSON, "for name, (network, losses) in runs.items():")
    found = re.findall(
        r"^([\w ]+): [\d.]+ +last epoch below 1 nat: (\w+) +all dead: (\w+)$", text, re.M
    )
    assert found == [
        ("too low", "False", "False"),
        ("right", "True", "False"),
        ("too high", "False", "True"),
    ]
