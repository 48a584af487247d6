"""Lesson 14: every part is stored, and measured results have the same form."""

import numpy as np
import pytest

from cnnedu.data import cifar10
from cnnedu.data.shapes import make_shapes
from cnnedu.experiments import l14_seeing as seeing
from cnnedu.models.pretrained import load_pretrained


@pytest.fixture
def data(monkeypatch):
    """Return shapes in place of CIFAR-10, labelled as the network calls them."""
    monkeypatch.setattr(seeing, "PICTURES", 1)
    monkeypatch.setattr(seeing, "KNOWN", 20)
    monkeypatch.setattr(seeing, "VALIDATION", 10)
    x = make_shapes(40).x
    y = load_pretrained("fast").probabilities(x).argmax(axis=1)
    return cifar10.CIFAR10(x, y, x, y)


def test_every_part_is_stored_as_it_is_measured(data, monkeypatch):
    monkeypatch.delenv("CNNEDU_BUDGET", raising=False)
    stored = seeing.figures
    for name, part in stored.parts.items():
        found = part.measure(data)
        assert found.keys() == stored[name].keys()
        for row in found:
            assert np.shape(list(found[row])) == np.shape(list(stored[name][row]))


def test_nothing_covered_leaves_the_answer(data):
    curves = np.array(list(seeing.deletion(data).values()))
    assert np.ptp(curves[:, 0]) == 0
    assert (curves >= 0).all() and (curves <= 1).all()


def test_deeper_layers_of_the_trained_network_tell_more_of_the_class():
    probes = seeing.figures["probes"]
    assert list(probes["trained"]) == list(seeing.LAYERS)
    assert sorted(probes["trained"].values()) == list(probes["trained"].values())
    assert probes["trained"]["block3.gelu2"] > probes["random"]["block3.gelu2"] + 0.2
