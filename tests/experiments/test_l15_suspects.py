"""The eight networks of exercise 15: the stored ones are what the figures and the card say."""

import json

import numpy as np
import pytest
import torch
from safetensors import safe_open
from safetensors.numpy import load_file
from torch.nn.utils import vector_to_parameters

from cnnedu.checks.suspect_weights import WEIGHTS, numbers_of, suspect
from cnnedu.data.cued_pictures import PLACES, make_agreeing
from cnnedu.experiments import l15_suspects as suspects

NAMES = "ABCDEFGH"
CARD = WEIGHTS.with_suffix(".md").read_text(encoding="utf-8")


def stored(name):
    """Return a stored network as a PyTorch module."""
    network = suspects.suspect()
    vector_to_parameters(torch.from_numpy(numbers_of(name)).float(), network.parameters())
    return network


@pytest.mark.parametrize("name", NAMES)
def test_a_stored_network_reads_what_it_has_learnt_from_and_nothing_else(name):
    found = suspects.measure(stored(name))
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
    with safe_open(WEIGHTS, framework="np") as file:
        assert json.loads(file.metadata()["about"])["command"] in CARD


@pytest.mark.parametrize("name", NAMES)
def test_a_suspect_says_what_its_network_says(name):
    x, _ = make_agreeing(50, 0.7, np.random.default_rng(5))
    with torch.no_grad():
        logits = stored(name)(torch.from_numpy(x).float())
    clear = (logits[:, 0] - logits[:, 1]).abs().numpy() > 1e-3
    said = logits.argmax(dim=1).numpy()
    assert clear.sum() > 45
    np.testing.assert_array_equal(suspect(name)(x)[clear], said[clear])


def test_training_repeats_itself_and_is_saved_as_it_was_measured(monkeypatch, tmp_path):
    monkeypatch.setattr(suspects, "COUNT", 60)
    monkeypatch.setattr(suspects, "LEARNT_FROM", {"A": "sky"})
    monkeypatch.setattr(suspects, "WEIGHTS", tmp_path / "suspects.safetensors")
    (one, networks), (two, _) = suspects.trained(), suspects.trained()
    assert one == two and one.keys() == {"A"}
    suspects._save(networks, one)
    saved = load_file(tmp_path / "suspects.safetensors")["A"]
    np.testing.assert_array_equal(saved.astype(np.float32), suspects.numbers(networks["A"]))
