"""Lesson 11b: what its text says of runs and figures holds in the outputs stored with it."""

import re

import numpy as np
import pytest
from notebooks.stored import printed

from cnnedu.experiments import l11b_rates as rates

LESSON = "11b_debugging_training"
RUNS = rates.figures["runs"]
BEST = rates.best_rates(RUNS)


def near(optimiser, rule):
    """Return the share of a rule's runs that come within 5 points of the best rate's."""
    runs = RUNS[optimiser]
    ahead = [
        runs[str(BEST[optimiser])][seed]["accuracy"] - runs[rule][seed]["accuracy"]
        for seed in rates.TO_TEST
    ]
    return np.mean(np.array(ahead) < 5)


def test_the_best_rates_read_the_digits():
    for name, rate in BEST.items():
        assert np.mean(accuracies(name, rate)) > 90


def test_as_they_are_the_finder_s_rates_are_no_good():
    assert near("momentum", "found") == 0
    assert np.mean([near(name, "found") for name in BEST]) < 1 / 3


def test_without_the_lag_they_are_good_with_adam_and_in_half_of_the_runs_with_momentum():
    assert near("Adam", "without lag") == 1
    assert near("momentum", "without lag") == 0.5


def test_with_sgd_the_steepest_fall_is_in_half_of_the_runs_noise_of_the_first_steps():
    given = [RUNS["SGD"]["found"][seed]["rate"] for seed in rates.TO_TEST]
    assert np.mean(np.array(given) < 3e-5) == 0.5
    others = [
        RUNS[n]["found"][seed]["rate"] for n in ("momentum", "Adam") for seed in rates.TO_TEST
    ]
    assert min(others) > 1e-3


def accuracies(optimiser, rate):
    return [RUNS[optimiser][str(rate)][seed]["accuracy"] for seed in rates.TO_TEST]


def test_three_seeds_were_too_few_to_choose_adam_s_rate():
    assert BEST["Adam"] == 0.02 and min(accuracies("Adam", 0.02)) == 75
    assert np.mean(accuracies("Adam", 0.01)) > np.mean(accuracies("Adam", 0.02))


def test_a_fifth_of_the_best_rate_costs_15_points_with_momentum():
    best, fifth = (np.mean(accuracies("momentum", rate)) for rate in (0.1, 0.02))
    assert BEST["momentum"] == 0.1 and 14.5 < best - fifth < 15.5


@pytest.mark.parametrize("optimiser", BEST)
def test_the_best_rate_is_not_at_the_end_of_those_tried(optimiser):
    assert BEST[optimiser] in rates.RATES[optimiser][1:-1]


def test_in_nine_steps_the_rate_grows_as_the_text_says():
    assert pytest.approx(2.8, abs=0.05) == rates.LAG


def test_updates_are_six_to_fifty_times_a_thousandth():
    medians = [
        list(RUNS[name][str(rate)][seed]["update"].values())
        for name, rate in BEST.items()
        for seed in rates.TO_TEST
    ]
    means = np.mean(np.reshape(medians, (len(BEST), -1, 4)), axis=1)
    assert 0.0055 < means.min() < means.max() < 0.055
    # each optimiser has its own size: no two overlap, on average over layers
    sizes = np.sort(means.mean(axis=1))
    assert (sizes[1:] > 1.5 * sizes[:-1]).all()


def rows():
    """Return {cause: (letter, first loss, last loss, update, silent, right)} of the sick runs."""
    pattern = r"^(\w+) +(.*?) +([\d.]+) → ([\d.]+) +(\S+) +(\d+)% +(\d+)%"
    found = re.findall(pattern, printed(LESSON, "'cause':<"), re.MULTILINE)
    return {cause: (letter, *map(float, numbers)) for letter, cause, *numbers in found}


def test_the_quiz_speaks_of_the_right_letters():
    letters = {cause: row[0] for cause, row in rows().items()}
    assert letters == {
        "": "healthy",
        "the rate is a hundred times too low": "P",
        "pixels go from 0 to 255": "Q",
        "the rate is ten times too high": "R",
        "there is a softmax before the loss": "S",
        "all first weights are 0": "T",
        "the labels are in another order": "U",
        "zero_grad is missing": "V",
    }


def test_three_runs_end_alike_and_begin_differently():
    runs = {row[0]: row[1:] for row in rows().values()}
    for letter in "QRT":
        _, last, _, silent, _ = runs[letter]
        assert last == pytest.approx(np.log(10), abs=0.02) and silent == 100
    assert runs["Q"][0] > 5 and runs["T"][0] == 2.30 and abs(runs["R"][0] - 2.3) < 0.1
    assert runs["T"][2] == 0


def test_the_quiz_s_symptoms():
    runs = {row[0]: row[1:] for row in rows().values()}
    for letter in "PU":
        assert runs[letter][1] == pytest.approx(2.30, abs=0.02)
    assert runs["U"][2] > 5 * runs["P"][2]
    assert runs["S"][1] > 2.2 and runs["S"][4] > 33 and runs["S"][2] > 10 * runs["P"][2]
    assert runs["V"][1] > 10


def test_what_a_healthy_run_shows():
    pattern = r"^(\w+) +(\d+)%, (\d+)%, (\d+)% +([\d.]+) at step (\d+) +(\d+) powers"
    found = re.findall(pattern, printed(LESSON, "silent: first, most, last"), re.MULTILINE)
    layers = {name: [float(number) for number in numbers] for name, *numbers in found}
    first, most, last = layers["dense1"][:3]
    assert 40 < first < 50 < most and 18 <= last <= 22
    assert max(layers[name][1] for name in ("conv1", "conv2")) < 20
    largest = {name: numbers[3] for name, numbers in layers.items()}
    assert 0.02 < min(largest.values()) == largest["conv1"] and max(largest.values()) < 0.055
    assert all(40 <= numbers[4] <= 60 and 4 <= numbers[5] <= 7 for numbers in layers.values())


def test_without_zero_grad_the_first_updates_are_far_too_large():
    pattern = r"step (\d+): healthy ([\d.]+), V ([\d.]+)$"
    found = re.findall(pattern, printed(LESSON, "'cause':<"), re.MULTILINE)
    ratios = {int(step): float(sick) / float(healthy) for step, healthy, sick in found}
    assert ratios[20] > 40 and ratios[150] < 1.5


def test_which_test_sees_which_fault():
    pattern = r"^(.*?) +first loss: (\d) of 3 pass   by heart: (\d) of 3 pass$"
    found = re.findall(pattern, printed(LESSON, "by heart: {learnt}"), re.MULTILINE)
    passed = {cause: (int(first), int(learnt)) for cause, first, learnt in found}
    assert len(passed) == 8 and passed["healthy"] == (3, 3)
    assert [cause for cause, (first, _) in passed.items() if first < 3] == [
        "pixels go from 0 to 255"
    ]
    learnt = {cause: number for cause, (_, number) in passed.items() if number}
    assert learnt == {"healthy": 3, "the labels are in another order": 3}
