"""The ablation of lesson 11: what is compared, and what the lesson says of it."""

from dataclasses import replace

import pytest
import torch

from cnnedu.experiments import l11_regularisation as regularisation

SHORT = replace(regularisation.DIGITS, epochs=2)


def check_form(figures, part, task, drawn):
    """Compare what is stored of a task with what it measures in one epoch."""
    stored, settings = figures[part], figures[f"{part}_settings"]
    assert tuple(stored) == tuple(settings) == task.names()
    assert {len(runs) for runs in stored.values()} == {len(figures.parts[part].seeds)}
    result = replace(task, epochs=1).run("nothing", [None, 1e-3], drawn, 0)
    assert result.keys() == stored["nothing"][0].keys() and len(result["recall"]) == 10


def test_about_half_of_the_pictures_are_turned():
    torch.manual_seed(0)
    x = torch.rand(200, 1, 4, 4)
    out = regularisation.half_turn(x)
    same = (out == x).flatten(1).all(dim=1)
    turned = (out == x.rot90(2, dims=(2, 3))).flatten(1).all(dim=1)
    assert (same ^ turned).all() and 70 < turned.sum() < 130


def test_digits_to_learn_from_to_stop_by_and_to_judge_by_are_others_and_drawn_afresh():
    parts, others = regularisation.drawn_digits(0), regularisation.drawn_digits(1)
    assert [len(y) for _, y in parts] == [100, 200, 1497]
    everything = torch.cat([x.flatten(1) for x, _ in parts])
    again = torch.cat([x.flatten(1) for x, _ in others])
    assert torch.equal(everything.sum(0), again.sum(0)), "all digits, each once"
    assert not torch.equal(parts[0][1], others[0][1])


def test_each_remedy_changes_something_and_all_begin_alike():
    drawn = regularisation.drawn_digits(0)
    settings = {
        name: [regularisation.STRENGTHS.get(name, [None])[-1], 1e-2] for name in SHORT.names()
    }
    settings[regularisation.TOGETHER][0] = [settings[name][0] for name in SHORT.together]
    found = SHORT.compare(settings, 0)
    losses = {name: result["loss"] for name, result in found.items()}
    assert losses.pop("early stopping") == losses["nothing"], "it stops later than after 2 epochs"
    assert len(set(losses.values())) == len(losses)
    assert found == SHORT.compare(settings, 0)
    firsts = [
        replace(SHORT, epochs=1, batch_size=100).train(name, [k, 0.0], drawn, 0)[0][0].weight
        for name, (k, _) in settings.items()
        if "weight" not in name
    ]
    assert all(torch.equal(first, firsts[0]) for first in firsts)


def test_tuning_takes_the_best_of_all_strengths_and_rates(monkeypatch):
    monkeypatch.setattr(regularisation, "TUNING_SEEDS", (7,))
    task = replace(SHORT, remedies=("nothing", "dropout"), together=("dropout",))
    drawn = regularisation.drawn_digits(7)
    found = task.tune()
    tried = {
        (strength, rate): task.run("dropout", [strength, rate], drawn, 7)["held_out"]
        for strength in regularisation.STRENGTHS["dropout"]
        for rate in regularisation.RATES
    }
    assert tried[tuple(found["dropout"])] == max(tried.values())
    assert found[regularisation.TOGETHER][0] == [found["dropout"][0]]


@pytest.mark.parametrize("part", ["digits", "brief"])
def test_what_is_measured_has_the_form_of_what_is_stored(part):
    task = {"digits": regularisation.DIGITS, "brief": regularisation.BRIEF}[part]
    check_form(regularisation.figures, part, task, task.draw(0))
