"""Exercise 11b: the parts as they were, the functions that run repaired ones, what is told."""

import ast
import re

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional as F

from cnnedu.checks import CheckFailed, sabotaged
from cnnedu.checks.exercises import e11b_debugging_training as e11b
from cnnedu.checks.torch_repairs import (
    accuracy_function,
    epochs_function,
    outputs_of,
    parts_function,
    scores_functions,
    split_functions,
    weights_function,
)
from cnnedu.experiments import l11b_faults as faults
from harness.course import ROOT

CASES = {check.name: check for check in e11b.CHECKS}
SOURCE = (ROOT / "sources/exercises/11b_debugging_training.py").read_text("utf-8")


def inputs(name, k=0, seed=0):
    """Return the k-th visible inputs of a case."""
    return CASES[name].inputs(np.random.default_rng(seed))[k]


def bare(source):
    """Return a program without its docstrings, in one way of writing."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and ast.get_docstring(node):
            node.body.pop(0)
    return ast.unparse(tree)


def test_the_notebook_shows_the_parts_that_the_runs_were_recorded_with():
    text = "\n".join(line.removeprefix("#").removeprefix(" ") for line in SOURCE.splitlines())
    shown = [bare(block) for block in re.findall(r"```python\n(.*?)```", text, re.DOTALL)]
    module = ast.parse((ROOT / "cnnedu/checks/sabotaged.py").read_text("utf-8"))
    parts = [bare(ast.unparse(node)) for node in module.body if hasattr(node, "name")]
    assert shown == parts and len(parts) == len(faults.FAULTS) == 8


def test_the_functions_agree_with_the_references_for_the_right_parts():
    """The program of the experiment has right parts of its own."""
    functions = {
        "prepare": faults.RIGHT["prepare"],
        "measured": accuracy_function(faults.RIGHT["accuracy"]),
        "first_weights": weights_function(faults.RIGHT["initialise"]),
        "after_steps": parts_function(faults.RIGHT["step_in_parts"]),
    }
    functions |= dict(zip(("losses", "shares"), scores_functions(right_classifier()), strict=True))
    kept = outputs_of(faults.RIGHT["clean"], 2)
    functions |= dict(zip(("pictures_kept", "labels_kept"), kept, strict=True))
    split = split_functions(faults.RIGHT["split"])
    functions |= dict(zip(("to_learn", "to_hold"), split, strict=True))
    for name, function in functions.items():
        function.__module__ = "__main__"
        CASES[name].run({name: function}, seed=1)


def right_classifier():
    class Right(faults.RIGHT["Classifier"]):
        def probabilities(self, x):
            with torch.no_grad():
                return F.softmax(self(x), dim=1)

    return Right


@pytest.mark.parametrize(
    ("make", "name", "says"),
    [
        (lambda: epochs_function(lambda *_: torch.ones(1, requires_grad=True)),
         "after_epochs", "still carries its graph"),
        (lambda: epochs_function(lambda *_: (1.0, 2.0)), "after_epochs", "return one number"),
        (lambda: accuracy_function(lambda *_: [0.5, 0.5]), "measured", "return one number"),
        (lambda: outputs_of(lambda *_: np.ones(3), 2)[0], "labels_kept", "return 2 arrays"),
        (lambda: split_functions(lambda p, y, o: (p, y[:1], p, y))[0], "to_learn",
         "one label for each picture"),
        (lambda: parts_function(lambda *_: 0.0), "after_steps", "two calls took 0 steps"),
        (lambda: weights_function(lambda network: None), "first_weights",
         "all weights of a layer are the same"),
    ],
)  # fmt: skip
def test_answers_of_another_kind_are_named(make, name, says):
    with pytest.raises(CheckFailed, match=says):
        make()(*inputs(name))


def test_a_mode_that_was_changed_in_one_layer_is_named():
    def accuracy(network, x, y):
        was = network.training
        network.eval()
        with torch.no_grad():
            right = (network(x).argmax(1) == y).float().mean().item()
        network.training = was
        return right

    with pytest.raises(CheckFailed, match="batch norm isn't in the network's mode"):
        accuracy_function(accuracy)(*inputs("measured"))


def test_scores_that_are_no_scores_are_named():
    class Flat(sabotaged.Classifier):
        def forward(self, x):
            return super().forward(x).max(dim=1).values

    with pytest.raises(CheckFailed, match="one tensor: scores of shape"):
        scores_functions(Flat)[0](*inputs("losses"))


def test_drawing_weights_leaves_the_random_numbers_alone():
    torch.manual_seed(3)
    expected = torch.rand(1)
    torch.manual_seed(3)
    draw = weights_function(lambda n: [nn.init.normal_(p) for p in n.parameters()])
    draw(2, 3, 3, 10, 4)
    assert torch.equal(torch.rand(1), expected)
