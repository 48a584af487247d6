"""A model card leaves nothing out."""

import pytest

from cnnedu.models.model_card import SECTIONS, model_card


def test_a_card_with_a_gap_is_refused():
    parts = dict.fromkeys(SECTIONS, "said") | {"measures": {"accuracy": "80 %"}}
    assert "| accuracy | 80 % |" in model_card("it", parts)
    with pytest.raises(ValueError, match="nothing is said about: limits"):
        model_card("it", parts | {"limits": ""})
    with pytest.raises(ValueError, match="no section licence"):
        model_card("it", parts | {"licence": "free"})
