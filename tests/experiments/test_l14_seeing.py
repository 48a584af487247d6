"""Lesson 14: every part is stored, and measured results have the same form."""

import numpy as np
import pytest
import torch

from cnnedu.data import cifar10
from cnnedu.data.shapes import make_shapes
from cnnedu.experiments import l14_photographs as photographs
from cnnedu.experiments import l14_seeing as seeing
from cnnedu.models.pretrained import load_pretrained


@pytest.fixture
def data(monkeypatch):
    """Return shapes in place of CIFAR-10, labelled as the network calls them."""
    monkeypatch.delenv("CNNEDU_BUDGET", raising=False)
    monkeypatch.setattr(seeing, "PICTURES", 2)
    x = make_shapes(60).x
    y = load_pretrained("fast").probabilities(x).argmax(axis=1)
    return cifar10.CIFAR10(x, y, x, y)


def form(found):
    """Return the keys of nested dicts, and how long the lists in them are."""
    if isinstance(found, dict):
        return {name: form(inner) for name, inner in found.items()}
    return len(found) if isinstance(found, list) else None


@pytest.mark.parametrize("part", seeing.figures.parts)
def test_every_part_is_stored_as_it_is_measured(data, part):
    stored = seeing.figures._complete(part)
    assert [one["seed"] for one in stored] == list(seeing.SEEDS)
    assert form(seeing.figures.parts[part].measure(data, 0)) == form(stored[0]["result"])


def test_the_ten_photographs_are_squares():
    assert photographs.photographs(96).shape == (10, 3, 96, 96)
    for name, part in photographs.figures.parts.items():
        stored = photographs.figures._complete(name)
        assert [one["seed"] for one in stored] == list(part.seeds)


def test_the_halves_of_a_map_count_with_their_signs():
    assert photographs.halves_of(torch.tensor([[3.0, -1.0]])) == [0.75, -0.25]
    odd = torch.tensor([[3.0, 0.0, -1.0]])  # stretched: 3, 2.25, 0.75, −0.25, −0.75, −1
    assert photographs.halves_of(odd) == [0.75, -0.25]
    channels = torch.tensor([[[1.0, 0.0]], [[2.0, -1.0]]])
    assert photographs.halves_of(channels) == [0.75, -0.25]
    assert photographs.halves_of(torch.zeros(2, 2)) == [0, 0]


def test_a_map_agrees_with_itself_and_blank_maps_do_not_count():
    maps = [torch.rand(4, 4, generator=torch.Generator().manual_seed(n)) for n in range(3)]
    same, other = seeing._alike(maps, maps)
    assert same == 1 and abs(other) < 0.9
    assert seeing._alike([*maps, torch.zeros(4, 4)], [*maps, maps[0]])[0] == 1


def test_favourites_of_one_class_are_pure():
    assert seeing._purity(np.zeros((3, 10), int)) == 1
    assert seeing._purity(np.array([[0, 1, 2, 3, 3, 4, 5, 6, 7, 8]])) == 0.2
