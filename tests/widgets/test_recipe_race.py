"""`RecipeRace` on the Python side: which choices are measured, gains, commands, and errors."""

import numpy as np
import pytest
from widgets.refusal import assert_refused

from cnnedu.widgets import RecipeRace
from cnnedu.widgets.gallery import EXAMPLES


def climb(**accuracies):
    return {
        rung: {"validation_accuracy": some, "seconds": [10.0 + k for k in range(len(some))]}
        for rung, some in accuracies.items()
    }


CLIMB = climb(plain=[0.7, 0.72], flips=[0.74, 0.78], views=[0.77, 0.79])
WORDS = {"flips": "flip=never", "views": "views=1 sizes=((32,1),)"}


def test_every_rung_of_the_climb_is_measured_and_nothing_else():
    race = RecipeRace(CLIMB)
    for chosen, measured in (([], True), (["flips"], True), (["views"], False)):
        race.chosen = chosen
        assert (race.is_measured, race.left_out) == (measured, None)
    race.chosen = ["views", "flips"]
    assert race.is_measured and race.chosen == ["flips", "views"] and race.height == 2


def test_a_rung_left_out_is_measured_if_its_accuracies_are_given():
    race = RecipeRace(CLIMB, without={"flips": [0.7, 0.75]}, whole=[0.77, 0.78], chosen=["views"])
    assert race.is_measured and race.left_out == "flips"
    losses, error = race.losses()
    assert losses == pytest.approx({"flips": -5.0}) and error == pytest.approx(2)
    race.chosen = ["flips"]
    assert race.left_out is None and race.height == 1


def test_all_rungs_share_one_error():
    gains, error = RecipeRace(CLIMB).gains()
    np.testing.assert_allclose(gains, [5, 2])
    variances = np.var([4, 6], ddof=1), np.var([3, 1], ddof=1)
    assert error == pytest.approx(np.sqrt(np.mean(variances) / 2))


def test_one_seed_has_no_error():
    race = RecipeRace(climb(plain=[0.7], flips=[0.74]))
    gains, error = race.gains()
    assert gains.tolist() == pytest.approx([4]) and np.isnan(error)
    assert race.picture_png()


def test_a_choice_that_is_not_measured_has_a_command():
    command = "cnnedu train --recipe fast"
    race = RecipeRace(CLIMB, words=WORDS, command=command, chosen=["views"])
    assert race.to_measure == f"{command} --set flip=never"
    race.chosen = []
    assert race.to_measure == f"{command} --set flip=never --set views=1 --set 'sizes=((32,1),)'"
    assert RecipeRace(CLIMB, words={}, command=command, chosen=["views"]).to_measure is None
    assert RecipeRace(CLIMB, words=WORDS, chosen=["views"]).to_measure is None


def test_it_says_what_it_shows_and_draws_every_choice():
    race = EXAMPLES["RecipeRace"]()
    said = set()
    for chosen in ([], ["+ flips"], ["+ shifts", "+ views"], ["+ views"], race.names):
        race.chosen = chosen
        said.add(repr(race))
        assert race.picture_png() == race.picture_png()
    assert said == {
        "RecipeRace(0 of 3 ingredients, 70.5 %, 100 s)",
        "RecipeRace(1 of 3 ingredients, 74.3 %, 104 s)",
        "RecipeRace(all but + flips, 73.6 %)",
        "RecipeRace(1 of 3 ingredients, not measured)",
        "RecipeRace(3 of 3 ingredients, 77.1 %, 111 s)",
    }


WRONG = [
    (dict(climb=[1, 2]), TypeError, "climb must be a dict .* of type list"),
    (dict(climb=climb(plain=[0.7])), ValueError, "two rungs or more, but has 1"),
    (dict(climb=climb(a=[0.7], b=[0.7, 0.8])), ValueError, "as many accuracies and seconds"),
    (dict(climb={"a": 1, "b": 2}), TypeError, r"climb\['a'\] must have a list"),
    (dict(climb=CLIMB, words={"plain": "x=1"}), ValueError, "words must name .* has 'plain'"),
    (dict(climb=CLIMB, without={"no": [1, 1]}), ValueError, "without must name .* has 'no'"),
    (dict(climb=CLIMB, without={"flips": [1, 1]}), ValueError, "whole must have as many"),
    (dict(climb=CLIMB, chosen=["plain"]), ValueError, "chosen must hold some of 'flips', 'views'"),
]


@pytest.mark.parametrize("arguments, error, message", WRONG, ids=lambda value: str(value)[:40])
def test_wrong_arguments(arguments, error, message):
    assert_refused(lambda: RecipeRace(**arguments), error, message)
