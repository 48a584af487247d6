"""The small network learns, the same way each time, and its card leaves nothing out."""

import pytest
import torch

from cnnedu.models.model_card import SECTIONS, model_card
from cnnedu.models.small import small_network, teach


def test_it_learns_and_reports_and_leaves_the_random_numbers_alone():
    y = torch.arange(64) % 2
    x = torch.zeros(64, 3, 16, 16)
    x[:, :, 6:10] = y[:, None, None, None].float()
    calls, before = [], torch.random.get_rng_state()
    first = teach(lambda: small_network(2), (x, y), (x, y), 8, progress=lambda *a: calls.append(a))
    again = teach(lambda: small_network(2), (x, y), (x, y), 8)
    assert (first(x).argmax(dim=1) == y).all() and not first.training
    assert torch.equal(first(x), again(x))
    assert torch.equal(before, torch.random.get_rng_state())
    assert [call[0] for call in calls] == [*range(1, 17), 16] and calls[-1][1] == 16
    assert all(len(column) == 8 for column in calls[-1][2].values())
    assert calls[-1][2]["held_out_accuracy"][-1] == 1


def test_a_card_with_a_gap_is_refused():
    parts = dict.fromkeys(SECTIONS, "said") | {"measures": {"accuracy": "80 %"}}
    assert "| accuracy | 80 % |" in model_card("it", parts)
    with pytest.raises(ValueError, match="nothing is said about: limits"):
        model_card("it", parts | {"limits": ""})
    with pytest.raises(ValueError, match="no section licence"):
        model_card("it", parts | {"licence": "free"})
