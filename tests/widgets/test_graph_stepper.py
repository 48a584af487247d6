"""`GraphStepper` on the Python side: values, gradients, errors."""

import numpy as np
import pytest
from widgets.refusal import assert_refused

from cnnedu.kernels import numeric_gradient
from cnnedu.widgets import GraphStepper

NAMES = {"x", "w1", "b1", "conv", "relu", "pool", "flat", "w2", "b2", "scores", "loss"}


def test_the_smiley_by_hand():
    stepper = GraphStepper()
    values, gradients = stepper.values, stepper.gradients
    assert set(values) == set(gradients) == NAMES
    assert values["pool"].tolist() == [[0, 0, 0], [0, 1, 1], [0, 0, 0]]
    assert values["scores"].tolist() == [2, 2] and values["loss"] == pytest.approx(np.log(2))
    assert gradients["w1"].tolist() == [[0, 0, -0.5], [-1, 0, -1], [0, 0, -0.5]]
    assert gradients["b1"].tolist() == [-0.5] and gradients["b2"].tolist() == [0.5, -0.5]
    blocked = np.count_nonzero(gradients["relu"]) - np.count_nonzero(gradients["conv"])
    assert blocked == 4  # as the lesson says


@pytest.mark.parametrize("name", ["x", "w1", "b1", "w2", "b2"])
def test_the_gradients_are_those_of_the_loss(name):
    random = np.random.default_rng(0)
    inputs = {
        **{"x": random.normal(size=(7, 6)), "w1": random.normal(size=(2, 3))},
        **{"b1": random.normal(), "w2": random.normal(size=(3, 6)), "b2": random.normal(size=3)},
    }

    def loss(value):
        return GraphStepper(**(inputs | {name: value}), y=2).values["loss"]

    found = GraphStepper(**inputs, y=2).gradients[name]
    numeric = numeric_gradient(loss, [np.asarray(inputs[name], float)], 0, np.ones(()))
    np.testing.assert_allclose(found.reshape(numeric.shape), numeric, atol=1e-7)


def test_what_the_page_sends_is_taken():
    stepper = GraphStepper()
    stepper.set_state({"x": [[0] * 8] * 8, "y": 0, "step": 12, "focus": ["dconv", 3, 0]})
    assert not stepper.x.any()
    assert (stepper.y, stepper.step, stepper.focus) == (0, 12, ("dconv", 3, 0))
    stepper.set_state({"focus": []})
    assert stepper.focus == ()


def test_biases_may_be_numbers_lists_or_columns():
    for b2 in ([3, 4], np.array([[3], [4]])):
        stepper = GraphStepper(b1=2, b2=b2)
        assert stepper.b1.tolist() == [[2]] and stepper.b2.tolist() == [[3], [4]]


WRONG = [
    (dict(x="cat"), TypeError, "x must hold real numbers"),
    (dict(x=np.zeros((3, 3))), ValueError, "x must have 4 to 10 rows"),
    (dict(x=np.zeros((4, 4)), w1=np.ones((4, 4))), ValueError, "leaves nothing of x"),
    (dict(w2=[[1] * 9]), ValueError, r"w2 must be \(K, D\) .* 3 · 3 = 9 pooled .* \(1, 9\)"),
    (dict(w2=[[1] * 8] * 2), ValueError, r"= 9 pooled numbers, but has shape \(2, 8\)"),
    (dict(b1=[1, 2]), ValueError, "b1 must have 1 to 1 rows"),
    (dict(b2=[1, 2, 3]), ValueError, "b2 must hold 2 numbers, .* but holds 3"),
    (dict(y=2), ValueError, "y must be a class from 0 to 1, but is 2"),
    (dict(step=13), ValueError, "step must be a whole number from 0 to 12"),
]


@pytest.mark.parametrize("arguments, error, message", WRONG, ids=lambda value: str(value)[:50])
def test_wrong_arguments(arguments, error, message):
    assert_refused(lambda: GraphStepper(**arguments), error, message)


@pytest.mark.parametrize("focus", [("conv", 6, 0), ("dx", 0), ("nothing", 0, 0), "conv", 3])
def test_a_number_that_is_not_there_cannot_be_chosen(focus):
    stepper = GraphStepper()
    with pytest.raises(ValueError, match="GraphStepper: focus must be"):
        stepper.focus = focus
    assert stepper.focus == ()


@pytest.mark.parametrize("name, value", [("x", [[1] * 4] * 4), ("w2", [[1]]), ("y", 3)])
def test_a_refused_trait_leaves_the_state_as_it_was(name, value):
    stepper = GraphStepper()
    before = stepper.get_state()
    with pytest.raises(ValueError, match="GraphStepper: "):
        setattr(stepper, name, value)
    assert stepper.get_state() == before
