"""Lesson 13: what its text says of measurements holds in the stored figures."""

import re

import numpy as np
import pytest
import torch
from notebooks.stored import printed

from cnnedu.data import edge_kernel
from cnnedu.experiments import l13_climb as climb
from cnnedu.experiments.l13_recipes import CHANGES, ONE_VIEW, THE_RECIPE
from cnnedu.experiments.l13_recipes import figures as measured
from cnnedu.models.accounting import ledger, totals
from cnnedu.models.pretrained import load_pretrained
from cnnedu.training.operations import operations
from cnnedu.training.optimisers import orthogonalise
from cnnedu.training.recipes import RECIPES, changed
from cnnedu.training.settings import Settings
from cnnedu.widgets import RecipeRace
from harness.course import ROOT

LESSON = "13_full_cifar10_training"
ENDS = {
    name: [run["epochs"][-1] for run in measured[part] if run["recipe"] == name]
    for name, part in (("classic", "fast"), ("fast", "fast"), ("record", "record"))
}
KEPT = {
    name: np.array([row["validation_accuracy"] for row in rows])
    for name, rows in measured["ablation"].items()
}
SECONDS = {
    name: np.median([row["seconds"] for row in rows]) for name, rows in measured["ablation"].items()
}


def mean(name, key):
    return np.mean([end[key] for end in ENDS[name]])


def change(name):
    """By how many points, and how many errors, a row of the ablation lies from the recipe."""
    spread = np.mean([row.var(ddof=1) for row in KEPT.values()])
    points = 100 * (KEPT[name].mean() - KEPT[THE_RECIPE].mean())
    return points, points / (100 * np.sqrt(2 * spread / 3))


def test_the_loop_in_the_notebook_gives_the_engine_s_weights():
    said = "the same weights, to the last digit: True"
    assert printed(LESSON, "own = learn(").strip() == said


def test_fast_reaches_88_in_about_the_time_of_classic():
    assert mean("fast", "test_accuracy") == pytest.approx(0.88, abs=0.005)
    assert mean("classic", "test_accuracy") == pytest.approx(0.715, abs=0.01)
    assert 0.8 < mean("fast", "seconds") / mean("classic", "seconds") < 1.05


def test_record_takes_most_of_an_hour():
    (end,) = ENDS["record"]
    assert end["test_accuracy"] == pytest.approx(0.926, abs=0.0005)
    assert 45 * 60 < end["seconds"] < 60 * 60


def test_fast_takes_six_times_the_multiply_adds_and_eight_epochs_in_the_time_of_ten():
    work = {
        name: totals(ledger(RECIPES[name].build(), (3, 32, 32)))["multiply_adds"]
        for name in ("classic", "fast")
    }
    assert work["fast"] / work["classic"] == pytest.approx(6, abs=0.5)
    assert RECIPES["fast"].settings.epochs == 8 and RECIPES["classic"].settings.epochs == 10
    small = totals(ledger(RECIPES["fast"].build(), (3, 20, 20)))["multiply_adds"]
    assert (round(work["fast"] / 1e6), round(small / 1e6)) == (28, 10)
    assert f"{operations(RECIPES['fast']):.1e}" == "5.5e+13"
    assert f"{6 * 8 * 49_000 * (10 / 4 + 28 * 3 / 4) * 1e6:.1e}" == "5.5e+13"


def test_fast_does_five_times_the_work_a_second_over_pictures_of_both_sizes():
    lines = printed(LESSON, "shown = settings.epochs").splitlines()
    (small, slow), (large, quick) = (
        map(float, re.search(r"(\S+) million .* and (\d+) billion", line).groups())
        for line in lines
    )
    assert (small, large) == pytest.approx((4.5, 23.5), abs=0.15)
    assert quick / slow == pytest.approx(5, abs=0.3)
    for name, steps in (("classic", 1407), ("fast", 98)):
        settings = RECIPES[name].settings
        learnt = round(50_000 * (1 - settings.held_out))
        assert -(-learnt // settings.batch_size) == steps


def test_the_eight_patterns_are_those_of_blurred_noise_too():
    """The four ways of 2 × 2 pixels that a mirror leaves alone or reverses, and nothing else."""
    trained = load_pretrained("fast").network.whiten.weight[:8].detach().numpy()
    named = np.array([[1, 1, 1, 1], [-1, -1, 1, 1], [-1, 1, -1, 1], [-1, 1, 1, -1]]) / 2
    ways = [0, 0, 1, 2, 0, 3, 1, 2]
    titled = "1 all", "2 colour", "3 rows", "4 columns", "5 colour", "6 checks", "7 rows"
    source = (ROOT / f"sources/lessons/{LESSON}.py").read_text("utf-8")
    assert ", ".join(f'"{title}"' for title in titled) in source
    for patch, way in zip(trained.reshape(8, 3, 4), ways, strict=True):
        assert shares(patch, named)[way] > 0.99
    corner = edge_kernel()[:2, ::2]
    grey = np.tile(corner.ravel(), 3) / np.sqrt(12)
    assert abs(trained[3].ravel() @ grey) / np.linalg.norm(trained[3]) > 0.99
    random = np.random.default_rng(0)
    common, *colours = (blurred(random.normal(size=(400, 400))) for _ in range(4))
    noise = np.stack([common + 0.3 * colour for colour in colours])
    corners = [noise[:, i : 399 + i, j : 399 + j] for i in (0, 1) for j in (0, 1)]
    patches = np.stack(corners, axis=1).reshape(12, -1)
    _, directions = np.linalg.eigh(np.cov(patches))
    found = [shares(direction.reshape(3, 4), named) for direction in directions.T[::-1]]
    assert min(map(max, found)) > 0.95
    assert np.abs(directions.T @ grey).max() > 0.99


def shares(patch, named):
    """How much of a patch (3, 4) each pattern of four pixels is, in any colours."""
    return np.square(patch @ named.T).sum(axis=0) / np.square(patch).sum()


def blurred(noise):
    """Noise whose neighbours are alike, along the rows a little more than along the columns."""
    for axis, times in ((0, 2), (1, 3)):
        for _ in range(times):
            noise = (noise + np.roll(noise, 1, axis)) / 2
    return noise


def test_muon_s_small_singular_values_rise_and_end_between_07_and_12():
    values = torch.linspace(0.15, 1, 50)
    ended = [
        torch.linalg.svdvals(orthogonalise(torch.diag(torch.stack([s, torch.sqrt(1 - s**2)]))))
        for s in values[:-1]
    ]
    assert 0.65 < min(map(min, ended)) and max(map(max, ended)) < 1.25


def test_lesson_00_s_fast_is_a_run_of_seven_epochs():
    card = (ROOT / "cnnedu/models/pretrained/fast.md").read_text("utf-8")
    assert "86.7" in card and re.search(r"\b(7|seven)\b", card)


def test_three_changes_of_thirteen_are_seen():
    assert len(KEPT) - 1 == len(CHANGES) + 1 == 13
    seen = {name for name in KEPT if abs(change(name)[1]) >= 3}
    assert seen == {"Nesterov's SGD, not Muon", "with cut-out", ONE_VIEW}
    points = {name: round(change(name)[0], 1) for name in seen}
    assert points == {"Nesterov's SGD, not Muon": -0.8, "with cut-out": -1.2, ONE_VIEW: -1.3}


def test_what_the_text_calls_not_seen_is_not_seen():
    assert change("no flips")[0] == pytest.approx(-0.5, abs=0.1)
    names = ("no flips", "first filters learnt, not whitened", "flips at random, not in turns")
    for name in (*names, "float32", "all pictures of 32×32", "a third left out, 12 epochs"):
        assert abs(change(name)[1]) < 3


def test_small_pictures_save_an_eighth_of_the_time_and_bfloat16_three_tenths():
    for name, saved in (("all pictures of 32×32", 1 / 8), ("float32", 0.3)):
        assert 1 - SECONDS[THE_RECIPE] / SECONDS[name] == pytest.approx(saved, abs=0.03)


def test_pairing_by_seed_gives_a_larger_error_and_the_same_verdicts():
    differences = {n: 100 * (row - KEPT[THE_RECIPE]) for n, row in KEPT.items() if n != THE_RECIPE}
    paired = np.sqrt(np.mean([some.var(ddof=1) for some in differences.values()]) / 3)
    plain = np.divide(*change("with cut-out"))
    assert 1 < paired / plain < 1.3
    seen = {name for name, some in differences.items() if abs(some.mean()) >= 3 * paired}
    assert seen == {name for name in KEPT if abs(change(name)[1]) >= 3}


def test_luck_shows_two_errors_in_a_third_of_all_tables_and_three_in_a_twentieth():
    rows = np.random.default_rng(0).normal(size=(4000, 14, 3))
    error = np.sqrt(2 * rows.var(axis=2, ddof=1).mean(axis=1) / 3)
    means = rows.mean(axis=2)
    largest = np.abs(means[:, 1:] - means[:, :1]).max(axis=1) / error
    assert (largest >= 2).mean() == pytest.approx(1 / 3, abs=0.03)
    assert (largest >= 3).mean() == pytest.approx(1 / 20, abs=0.01)


def law():
    """What the notebook has printed of the power law."""
    return printed(LESSON, "theirs = [")


def test_jpeg_costs_the_published_network_half_as_many_errors_again():
    ratio = (1 - np.mean(measured["published"])) / (1 - 0.9401)
    assert ratio == pytest.approx(1.5, abs=0.1)
    assert f"{ratio:.2f} times as many" in law()


def test_the_slope_of_the_law_and_what_it_asks_for():
    assert "errors fall as 1 / operations^0.16, ± 0.02" in law()
    assert "through the two records alone, for 94 and for 96 %: 0.17" in law()
    low, high, spent = map(
        float, re.search(r"at the least (\S+) to (\S+); record takes (\S+)", law()).groups()
    )
    assert 0.8 < low / spent < 0.95 and 1.4 < high / spent < 1.6


def line(work):
    """The errors that the law gives for this work, on the copy."""
    jpeg = (1 - np.mean(measured["published"])) / (1 - 0.9401)
    work_of, wrong = [0.36, 0.29, 1.4, 4.9, 3.1], [0.0599, 0.0599, 0.0499, 0.0397, 0.04]
    slope, height = np.polyfit(np.log(work_of) + 15 * np.log(10), np.log(wrong), 1)
    return jpeg * np.exp(height + slope * np.log(work))


@pytest.mark.parametrize("name, times", [("fast", 1), ("record", 1), ("classic", 1.8)])
def test_fast_and_record_lie_near_the_line_and_classic_far_above(name, times):
    wrong = 1 - mean(name, "test_accuracy")
    assert wrong / line(operations(RECIPES[name])) == pytest.approx(times, abs=0.1)


# The climb

CLIMBED, HOW = climb.climbed()
GAINS = dict(zip(list(CLIMBED)[1:], RecipeRace(CLIMBED).gains()[0], strict=True))
LOWER = list(GAINS)[: list(GAINS).index("+ flips in turns")]


def test_the_way_to_the_plain_network_is_the_largest_part_of_the_climb():
    assert sum(GAINS[name] for name in LOWER) > sum(GAINS.values()) / 2


def test_the_first_rung_of_the_older_climb_takes_more_time():
    before, after = (round(np.mean(rung["seconds"])) for rung in list(CLIMBED.values())[:2])
    said = f"takes {after} seconds where classic takes {before}"
    assert said in " ".join(HOW.split()) or HOW == climb.MEASURED


def test_nothing_is_called_seen_from_one_seed():
    text = printed(LESSON, "network_part = ")
    verdicts = [line for line in text.splitlines() if line.endswith("seen")]
    seeds = len(next(iter(CLIMBED.values()))["seconds"])
    assert bool(verdicts) == (seeds > 1)
    assert ("nothing is called seen" in text) == (seeds == 1)


def test_flips_bring_the_most_of_the_upper_rungs():
    upper = {name: gain for name, gain in GAINS.items() if name not in LOWER}
    assert max(upper, key=upper.get) == "+ flips in turns"


def test_the_notebook_shows_the_climb_that_is_stored():
    text = printed(LESSON, "network_part = ")
    for name, gain in GAINS.items():
        assert re.search(rf"^{re.escape(name)} +{re.escape(f'{gain:+.1f}')} ", text, re.MULTILINE)


def test_the_words_of_a_rung_take_it_back():
    """The settings of its command are those that the climb has without that rung."""
    fast = RECIPES["fast"].settings
    for name, words in climb.WORDS.items():
        settings = changed(fast, words)
        differing = {k for k in vars(Settings()) if getattr(settings, k) != getattr(fast, k)}
        assert differing == {word.partition("=")[0] for word in words}
        for setting in climb.INGREDIENTS.get(name, []):
            wanted = climb.PLAIN[setting]
            assert getattr(settings, setting) == wanted


def test_the_race_has_every_upper_rung_left_out():
    race = RecipeRace(**climb.race())
    for name in set(climb.LEFT_OUT):
        race.chosen = [other for other in race.names if other != name]
        assert race.is_measured
    # The last rung is a state of the climb as well: there the climb's own figure counts.
    race.chosen = [name for name in race.names if name not in ("+ shifts", "+ Muon")]
    assert not race.is_measured and "--set shift=0 --set optimizer=nesterov" in race.to_measure
