"""Optimisers, first weights and schedules on digits: what is compared, and on equal terms."""

import numpy as np
import pytest

from cnnedu.experiments import l08_rates as rates


def test_all_that_is_compared_meets_the_same_digits_weights_and_batches():
    """Without a step, what remains is the draw: the untrained network, judged."""
    still = [(optimiser, 0.0, 1, "constant") for optimiser in rates.OPTIMISERS]
    found = rates.results(5, still, 1)
    assert len(set(found)) == 1 and found != rates.results(6, still, 1)


def test_zeros_learn_hardly_anything_and_he_s_weights_do():
    settings = [("SGD", 0.1, first, "constant") for first in (0, 1)]
    zeros, he = rates.results(0, settings, 1)
    assert zeros < 20 < he


def test_a_schedule_is_given_its_number_of_steps(monkeypatch):
    asked = []
    monkeypatch.setitem(rates.SCHEDULES, "one-cycle", lambda lr, steps: asked.append((lr, steps)))
    monkeypatch.setattr(rates, "train", lambda *_: None)
    monkeypatch.setattr(rates, "accuracies", lambda *_: None)
    rates.results(0, [("Adam", 0.01, 1, "one-cycle")], 2)
    assert asked == [(0.01, 90)]


def test_the_best_rate_is_that_of_the_best_mean(monkeypatch):
    monkeypatch.setattr(rates, "TUNING_SEEDS", (1, 2))
    found = {0.1: (90, 70), 0.2: (85, 85), 0.3: (99, 0)}
    monkeypatch.setattr(
        rates,
        "results",
        lambda seed, settings, epochs: [
            found[lr][seed - 1] * (optimiser == "Adam") for optimiser, lr, *_ in settings
        ],
    )
    kinds = [("SGD", 1, "constant"), ("Adam", 1, "constant")]
    assert rates.best_rates(kinds, list(found), 1) == [0.1, 0.2]


def test_widths_are_measured_in_powers_of_ten():
    curve = np.where(np.isclose(rates.RATES, 0.01), 100.0, 0.0)
    assert rates.widths(curve, 50) == pytest.approx(np.log10(2) / 2 + np.log10(2) / 2, abs=0.002)
    assert rates.widths([curve, 100 + 0 * curve], 50)[1] == pytest.approx(np.log10(2 / 1e-4))


def test_what_is_measured_has_the_form_of_what_is_stored(monkeypatch):
    stored = {part: rates.figures[part] for part in rates.figures}
    monkeypatch.setattr(rates, "RATES", [0.1])
    monkeypatch.setattr(rates, "START_RATES", [0.1])
    monkeypatch.setattr(rates, "SCHEDULE_RATES", [0.01])
    monkeypatch.setattr(rates, "TUNING_SEEDS", (1000,))
    monkeypatch.setattr(rates, "EPOCHS", 1)
    monkeypatch.setattr(rates, "SCHEDULE_EPOCHS", 1)
    assert rates.sweep(0).keys() == stored["sweep"].keys() == stored["tuning"].keys()
    for measured, name in [(rates.tune_starts(), "start_rates"), (rates.starts(0), "starts")]:
        assert measured.keys() == stored[name].keys()
        assert measured["SGD"].keys() == stored[name]["SGD"].keys()
    assert rates.tune_schedules().keys() == stored["schedule_rates"].keys()
    assert rates.schedules(0).keys() == stored["schedules"].keys()


def test_every_result_is_of_all_seeds():
    for runs in rates.figures["sweep"].values():
        assert np.shape(runs) == (len(rates.SEEDS), len(rates.RATES))


def test_no_chosen_rate_is_at_the_end_of_the_range():
    """Zeros learn nothing at any rate, so theirs may lie anywhere."""
    for runs in rates.figures["tuning"].values():
        assert 0 < np.mean(runs, axis=0).argmax() < len(rates.RATES) - 1
    ends = {rates.SCHEDULE_RATES[0], rates.SCHEDULE_RATES[-1]}
    assert ends.isdisjoint(rates.figures["schedule_rates"].values())
    for chosen in rates.figures["start_rates"].values():
        others = {lr for start, lr in chosen.items() if start != "zeros"}
        assert {rates.START_RATES[0], rates.START_RATES[-1]}.isdisjoint(others)
