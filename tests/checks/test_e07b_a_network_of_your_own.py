"""Exercise 07b: its answers are those of PyTorch; its drafts are those that the judge knows."""

import ast
import inspect

import numpy as np
import pytest
import torch
from exercises.draw import cells_of, namespace_of

from cnnedu.checks import CheckFailed, autograd
from cnnedu.checks.autograd import Tensor, operation_function
from cnnedu.checks.exercises import e07b_a_network_of_your_own as e07b
from harness.course import ROOT

CASES = {check.name: check for check in e07b.CHECKS if hasattr(check, "reference")}


def inputs(name, seed=0):
    """Return all inputs of a case, visible and hidden."""
    rng = np.random.default_rng(seed)
    return [*CASES[name].inputs(rng), *CASES[name].hidden(rng)]


def by_torch(operation, dout, *arrays):
    """Return the output of an operation and its gradients, all numbers in one row."""
    tensors = [torch.tensor(array, dtype=torch.float64, requires_grad=True) for array in arrays]
    out = operation(*tensors)
    out.backward(torch.tensor(dout, dtype=torch.float64))
    parts = [out.detach(), *(tensor.grad for tensor in tensors)]
    return np.concatenate([part.numpy().ravel() for part in parts])


OPERATIONS = {
    "layer_norm_numbers": lambda x, weight, bias: torch.nn.functional.layer_norm(
        x, x.shape[1:], weight, bias
    ),
    "gate_numbers": lambda x: x * x.mean(dim=(2, 3), keepdim=True),
}


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_is_that_of_torch(name):
    for arguments in inputs(name):
        given = CASES[name].reference(*arguments)
        expected = by_torch(OPERATIONS[name], *arguments)
        np.testing.assert_allclose(given, expected, rtol=1e-8, atol=1e-8)


def test_the_gradients_of_a_graph_are_the_sums_over_all_ways():
    for uses, slopes, count, result in inputs("gradients_of"):
        steps = np.zeros((count, count))
        np.add.at(steps, (uses[:, 0], uses[:, 1]), slopes)
        ways = np.linalg.inv(np.eye(count) - steps)[result]
        given = CASES["gradients_of"].reference(uses, slopes, count, result)
        np.testing.assert_allclose(given, ways, rtol=1e-9, atol=1e-12)


def test_the_graphs_hold_what_the_text_announces():
    drawn = CASES["gradients_of"].hidden(np.random.default_rng(0))
    assert any(len(uses) == 0 for uses, *_ in drawn)
    assert any(len(np.unique(uses, axis=0)) < len(uses) for uses, *_ in drawn)
    assert any(result not in uses[:, 0] or result in uses[:, 1] for uses, _, _, result in drawn)
    assert max(count for *_, count, _ in drawn) <= 30


@pytest.mark.parametrize("name", OPERATIONS)
def test_whole_numbers_come_in_each_place(name):
    drawn = CASES[name].hidden(np.random.default_rng(0))
    for place in range(len(drawn[0])):
        assert {arguments[place].dtype.kind for arguments in drawn} >= {"i", "f"}


def test_the_autograd_is_that_of_the_lesson():
    source = (ROOT / "sources/lessons/07b_a_network_of_your_own.py").read_text(encoding="utf-8")
    lesson = {node.name: node for node in ast.parse(source).body if hasattr(node, "name")}
    for part in (autograd.Tensor, autograd.in_order):
        ours = ast.parse(inspect.getsource(part)).body[0]
        assert without_docstrings(ours) == without_docstrings(lesson[part.__name__])


def without_docstrings(tree):
    """Return the code of a class or a function as text, without docstrings and comments."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.ClassDef, ast.FunctionDef)) and ast.get_docstring(node):
            del node.body[0]
    return ast.unparse(tree)


@pytest.mark.parametrize(
    ("operation", "told"),
    [
        (lambda x: x.data, "should return a `Tensor`"),
        (lambda x: Tensor(x.data[0], (x,), lambda dout: (dout,)), "has shape"),
        (lambda x: Tensor(x.data, (x,), lambda dout: (dout.sum() + np.zeros((3, 2)),)), "gradient"),
    ],
)
def test_what_is_no_operation_is_refused(operation, told):
    with pytest.raises(CheckFailed, match=told):
        operation_function(operation)(np.ones((1, 2)), np.ones((1, 2)))


@pytest.fixture(scope="module")
def notebook():
    """Return what the solved notebook holds."""
    return namespace_of(cells_of("07b_a_network_of_your_own"), {})


@pytest.mark.parametrize("letter", "ABC")
def test_the_drafts_of_the_notebook_are_those_of_the_judge(notebook, letter):
    draft, judged = notebook[f"draft_{letter.lower()}"], e07b.DRAFTS[letter]
    for seed in range(20):
        rng = np.random.default_rng(seed)
        arrays = [rng.normal(size=shape) for shape in ((3, 2), (3, 4), (2, 4), (2,))]
        assert np.array_equal(
            np.concatenate([part.ravel() for part in draft(*arrays)]), judged(*arrays)
        )


def test_the_judge_knows_the_right_way_back():
    def layer(x, w, b):
        return torch.relu(x @ w.T + b)

    for seed in range(5):
        rng = np.random.default_rng(seed)
        dout, *arrays = [rng.normal(size=shape) for shape in ((3, 2), (3, 4), (2, 4), (2,))]
        expected = by_torch(layer, dout, *arrays)[dout.size :]
        np.testing.assert_allclose(e07b._right(dout, *arrays), expected, rtol=1e-9)
