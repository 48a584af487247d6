"""What lesson 11b measures: runs at several rates, and the rate finder's."""

import pytest

from cnnedu.experiments import l11b_rates as rates
from cnnedu.training.rate_finder import rising


def test_the_best_rate_is_chosen_by_the_first_seeds_alone():
    best = {"SGD": "0.5", "momentum": "0.05", "Adam": "0.02"}
    runs = {
        name: {
            str(rate): [
                {"loss": 0.1 if (str(rate) == best[name]) == (seed in rates.TO_CHOOSE) else 0.5}
                for seed in (*rates.TO_CHOOSE, *rates.TO_TEST)
            ]
            for rate in tried
        }
        for name, tried in rates.RATES.items()
    }
    assert {name: str(rate) for name, rate in rates.best_rates(runs).items()} == best


def test_no_seed_both_chooses_and_tests():
    assert not set(rates.TO_CHOOSE) & set(rates.TO_TEST)
    seeds = rates.figures.parts["runs"].seeds
    assert set(seeds) == {*rates.TO_CHOOSE, *rates.TO_TEST}


def test_the_lag_is_the_growth_of_the_rate_in_nine_steps():
    tried = rising(**rates.FINDER)
    assert tried[59] / tried[50] == pytest.approx(rates.LAG)


def test_a_run_gives_nearly_the_same_again():
    """On another processor rounding may differ, and training makes the difference grow."""
    found = rates.learn("Adam", 0.01, 3)
    stored = rates.figures["runs"]["Adam"]["0.01"][3]
    assert found["accuracy"] == pytest.approx(stored["accuracy"], abs=4)
    assert found["update"] == pytest.approx(stored["update"], rel=0.5)
