import numpy as np
import pytest

from cnnedu.plots.graph import show_graph
from cnnedu.widgets import GraphStepper


def drawn(step):
    """Return {name: the numbers drawn below it} for a network that has come so far."""
    stepper = GraphStepper()
    figure = show_graph(stepper.values, stepper.gradients, step)
    names = [text.get_text() for text in figure.axes[0].texts if text.get_text()]
    grids = figure.axes[1:]
    return {
        name: [float(text.get_text().replace("−", "-")) for text in grid.texts]
        for name, grid in zip(names, grids, strict=True)
    }


def test_every_value_and_gradient_is_drawn_under_its_name():
    stepper = GraphStepper()
    found = drawn(12)
    assert len(found) == 22
    for mark, arrays in (("", stepper.values), ("d", stepper.gradients)):
        for name, array in arrays.items():
            np.testing.assert_allclose(found[mark + name], np.ravel(array), atol=0.005)


@pytest.mark.parametrize(
    "step, filled",
    [
        (0, {"x", "w1", "b1", "w2", "b2"}),
        (2, {"x", "w1", "b1", "w2", "b2", "conv", "relu"}),
        (7, {*GraphStepper().values, "dloss", "dscores"}),
    ],
)
def test_only_what_has_been_computed_is_drawn(step, filled):
    assert {name for name, numbers in drawn(step).items() if numbers} == filled
