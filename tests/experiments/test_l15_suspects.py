"""The eight networks of exercise 15: the stored ones are what the figures and the card say."""

import numpy as np
import pytest
import torch

from cnnedu.checks.suspects import numbers_of, predictor, suspect
from cnnedu.data.cued_pictures import PLACES, make_agreeing
from cnnedu.experiments import l15_suspects as suspects
from cnnedu.models.pretrained import FOLDER, load_network
from cnnedu.models.suspects import NAMES

NETWORKS, ABOUT = load_network("suspects")
CARD = (FOLDER / "suspects.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_a_stored_network_reads_what_it_has_learnt_from_and_nothing_else(name):
    found = suspects.measure(NETWORKS[name])
    assert found == suspects.figures["suspects"][name]
    place = suspects.LEARNT_FROM[name]
    assert found["changed"].pop(place) > 0.9
    assert max(found["changed"].values()) < 0.1


def test_shown_and_hidden_networks_have_each_shortcut_once_and_none_once():
    shown = [suspects.LEARNT_FROM[name] for name in NAMES[:4]]
    hidden = [suspects.LEARNT_FROM[name] for name in NAMES[4:]]
    assert sorted(shown) == sorted(hidden) == sorted(PLACES) and shown != hidden


def test_the_card_gives_the_accuracies_and_the_command():
    figures = suspects.figures["suspects"].values()
    right = [round(100 * found["right"]) for found in figures]
    assert f"right in {min(right)} to {max(right)} % of 1,000 pictures" in CARD
    assert {found["all agree"] for found in figures} == {1.0} and "in 100 % of those" in CARD
    assert ABOUT["command"] in CARD


@pytest.mark.parametrize("name", NAMES)
def test_a_suspect_says_what_its_network_says(name):
    x, _ = make_agreeing(50, 0.7, np.random.default_rng(5))
    with torch.no_grad():
        logits = NETWORKS[name](torch.from_numpy(x).float())
    clear = (logits[:, 0] - logits[:, 1]).abs().numpy() > 1e-3
    said = logits.argmax(dim=1).numpy()
    assert clear.sum() > 45
    for predict in (suspect(name), predictor(numbers_of(name))):
        np.testing.assert_array_equal(predict(x)[clear], said[clear])


def test_training_repeats_itself(monkeypatch):
    monkeypatch.setattr(suspects, "COUNT", 60)
    monkeypatch.setattr(suspects, "LEARNT_FROM", {"A": "sky"})
    (one, networks), (two, _) = suspects.trained(), suspects.trained()
    assert one == two and one.keys() == {"A"}
    for value in networks.state_dict().values():
        assert torch.equal(value, value.half().float()) and value.is_contiguous()
