import numpy as np
import pytest

from cnnedu.plots.network import MAPS, show_network


@pytest.fixture
def outputs():
    """Two convolutions of eight maps each: the strongest five differ from layer to layer."""
    rng = np.random.default_rng(0)
    conv1 = rng.normal(size=(8, 6, 6)) - np.arange(8).reshape(8, 1, 1)
    conv2 = rng.normal(size=(8, 4, 4))
    relu1, relu2 = np.maximum(conv1, 0), np.maximum(conv2, 0)
    return {
        "conv1": conv1,
        "relu1": relu1,
        "conv2": conv2,
        "relu2": relu2,
        "scores": np.arange(3.0),
    }


def shown(figure):
    """Return {column: numbers of the maps, from the top}."""
    columns = {}
    for ax in figure.axes:
        if ax.get_title().startswith("map "):
            columns.setdefault(round(ax.get_position().x0, 3), []).append(int(ax.get_title()[4:]))
    return [columns[left] for left in sorted(columns)]


def test_a_row_follows_one_map_until_the_next_convolution(outputs):
    picture = np.zeros((6, 6, 3), np.uint8)
    conv1, relu1, conv2, relu2 = shown(
        show_network(picture, outputs, "abc", mixing=["conv1", "conv2"])
    )
    assert conv1 == relu1 and conv2 == relu2 and conv1 != conv2
    strongest = np.argsort(-outputs["relu1"].mean(axis=(1, 2)))[:MAPS]
    assert conv1 == sorted(strongest)
    assert len(conv1) == MAPS


def test_each_layer_says_at_which_number_its_colours_are_full(outputs):
    figure = show_network(np.zeros((6, 6, 3), np.uint8), outputs, "abc", mixing=["conv1"])
    texts = [text.get_text() for text in figure.texts]
    assert f"conv1\n8×6×6\n±{np.abs(outputs['conv1']).max():.2g}" in texts
