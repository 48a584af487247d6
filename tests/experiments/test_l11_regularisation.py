"""The ablation of lesson 11: its remedies take effect, and its results have the stored form."""

from functools import partial

import torch

from cnnedu.experiments import l11_regularisation as regularisation


def test_about_half_of_the_pictures_are_turned_upside_down():
    torch.manual_seed(0)
    x = torch.rand(200, 1, 4, 4)
    out = regularisation.upside_down(x)
    same = (out == x).flatten(1).all(dim=1)
    turned = (out == x.flip(2)).flatten(1).all(dim=1)
    assert (same ^ turned).all() and 70 < turned.sum() < 130


def test_the_stored_ablation_has_three_seeds_of_each_remedy():
    runs = regularisation.figures["ablation"]["runs"]
    assert list(runs) == list(regularisation.REMEDIES)
    assert {len(seeds) for seeds in runs.values()} == {3}


def test_what_is_measured_has_the_form_of_what_is_stored(small_cifar10, monkeypatch):
    data = small_cifar10(pictures=10)
    for name in ("KNOWN", "STOPPING", "KEPT"):
        monkeypatch.setattr(regularisation, name, 15)
    monkeypatch.setattr(
        regularisation, "teach", partial(regularisation.teach, epochs=2, learning_rate=1e-2)
    )
    (part,) = regularisation.figures.parts.values()
    found, stored = part.arrange([part.measure(data, 0)]), regularisation.figures["ablation"]
    assert list(found["runs"]) == list(stored["runs"])
    assert found["runs"]["nothing"][0].keys() == stored["runs"]["nothing"][0].keys()
    assert found["runs"]["nothing"][0]["epochs"] == 2
    assert found["curves"].keys() == stored["curves"].keys() == {"nothing", "all together"}
    assert found["curves"]["nothing"].keys() == stored["curves"]["nothing"].keys()
    assert not part.measure(data, 1)["curves"]
    losses = [run["loss"] for (run,) in found["runs"].values()]
    assert len(set(losses)) == len(losses) - 1, (
        "each remedy changes something; stopping comes later"
    )
