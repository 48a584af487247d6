"""The ledger's picture: a line for every layer, figures that add up, one key to the colours."""

import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from cnnedu.models.accounting import ledger
from cnnedu.plots.ledger import FILLS, SHEET, show_ledger
from cnnedu.widgets.stack import PRESETS


def picture(name):
    """The texts of the table, line by line, and the colours of the squares in it."""
    shape, layers = PRESETS[name]
    ax = show_ledger(layers, ledger(layers, shape), shape).axes[0]
    lines = {}
    for text in ax.texts:
        if text.get_position()[1] < 0:
            lines.setdefault(text.get_position()[1], []).append(text.get_text())
    squares = [
        to_hex(patch.get_facecolor()) for patch in ax.patches if isinstance(patch, Rectangle)
    ]
    return list(lines.values())[1:], squares, layers


def in_bytes(text):
    number, unit = text.split()
    return float(number) * {"B": 1, "kB": 1e3, "MB": 1e6}[unit]


@pytest.mark.parametrize("name", PRESETS)
def test_no_layer_is_left_out_and_the_figures_add_up(name):
    (_, *lines, total), squares, layers = picture(name)
    numbers = [part for line in lines for part in line[0].split("–")]
    if len(layers) <= 30:
        assert numbers == [str(k + 1) for k in range(len(layers))]
        assert len(squares) == len(layers) + 1
    assert (numbers[0], numbers[-1]) == ("1", str(len(layers)))
    assert sum(in_bytes(line[-1]) for line in lines) == pytest.approx(in_bytes(total[-1]), rel=0.01)
    for column in (3, 4):
        summed = sum(int(line[column].replace(",", "")) for line in lines)
        assert f"{summed:,}" == total[column]


def test_each_line_has_the_colour_of_its_block():
    _, squares, layers = picture("LeNet-5")
    kinds = ["Input", *(type(layer).__name__ for layer in layers)]
    assert squares == [FILLS.get(kind, SHEET) for kind in kinds]
