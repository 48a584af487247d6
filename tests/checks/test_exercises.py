"""All exercises' modules: the same shape, right answers by hand, replies to wrong ones."""

import importlib
import re
from pathlib import Path

import numpy as np
import pytest
import torch

from cnnedu import kernels
from cnnedu.checks import CheckFailed, Mistake, Value
from cnnedu.checks.autograd import Tensor
from cnnedu.data import edge_kernel, smiley
from cnnedu.experiments import l11_clues
from harness.course import ROOT

SOURCES = Path(__file__).parents[2] / "sources/exercises"
MODULES = {
    path.stem.partition("_")[0]: importlib.import_module(f"cnnedu.checks.answers.e{path.stem}")
    for path in sorted(SOURCES.glob("*.py"))
}
BY_HAND = {
    (number, name): right
    for number, module in MODULES.items()
    for name, right in getattr(module, "BY_HAND", {}).items()
}
REPLIES = [
    (number, name, wrong, says)
    for number, module in MODULES.items()
    for name, mistakes in getattr(module, "BY_HAND_MISTAKES", {}).items()
    for wrong, says in mistakes
]


@pytest.mark.parametrize("number", MODULES)
def test_each_module_has_the_same_shape(number):
    module = MODULES[number]
    assert module.MISTAKES
    for name, mistakes in module.MISTAKES.items():
        assert callable(getattr(module, name))
        for mistake in mistakes:
            assert isinstance(mistake, Mistake) and mistake.says.endswith((".", "?", ")"))
    assert set(getattr(module, "BY_HAND_MISTAKES", {})) <= set(getattr(module, "BY_HAND", {}))


@pytest.mark.parametrize(("number", "name", "wrong", "says"), REPLIES)
def test_a_well_known_wrong_value_gets_its_reply(number, name, wrong, says):
    module = MODULES[number]
    with pytest.raises(CheckFailed, match=re.escape(f"{name}: {says}")):
        known = module.BY_HAND_MISTAKES[name]
        Value(name, module.BY_HAND[name], mistakes=known).run({name: wrong})


def two_layers():
    """Return what exercise 05, part 4, asks of the matrix of two convolutions, found by probing."""
    ones = np.ones((1, 1, 3, 3))
    pixels = np.eye(64).reshape(64, 1, 8, 8)
    product = kernels.conv2d(kernels.conv2d(pixels, ones), ones).reshape(64, -1).T
    return [*product.shape, np.count_nonzero(product[0]), product.max()]


def printed():
    """Run the program of exercise 09, part 1; return what it prints."""
    w, x = torch.tensor([1.0, -2.0], requires_grad=True), torch.tensor([3.0, 1.0])
    shown = []
    for _ in range(2):
        ((w * x).sum() ** 2).backward()
        shown.append(w.grad[0].item())
    with torch.no_grad():
        w -= 0.1 * w.grad
    shown.append(w[0].item())
    w.grad = None
    ((w * x).sum() ** 2).backward()
    return [*shown, w.grad[1].item(), torch.nn.Dropout(0.5).eval()(torch.ones(4)).sum().item()]


def graph_gradients():
    """Return the four gradients that exercise 07b asks for, from the lesson's autograd."""
    a, b = Tensor(3), Tensor(4)
    u = a * b
    v = Tensor(np.maximum(u.data - 7, 0), (u,), lambda dout: (dout * (u.data > 7),))
    (v * u + a * v).backward()
    return [tensor.grad for tensor in (v, u, b, a)]


def remedies():
    """Return the number of the remedy in each row of exercise 11's table, from what was measured.

    No two of the five reported the same loss.
    """
    clues = l11_clues.figures["clues"]
    names = ["early stopping", "weight decay", "dropout", "label smoothing", "shift"]
    losses = [clues[name]["loss"] for name in names]
    source = (ROOT / "sources/exercises/11_regularisation.py").read_text("utf-8")
    shown = re.findall(r"^# \| [A-E] \| \d+ \| ([\d.]+) \|", source, re.MULTILINE)
    return [losses.index(float(loss)) + 1 for loss in shown]


def scanned():
    """Return the four numbers that exercise 14 asks of a row of four pixels."""
    x = np.array([1, 0, 3, 2])

    def drop(place, fill):
        covered = x.copy()
        covered[place] = fill
        before, after = (np.maximum(np.diff(row), 0).sum() for row in (x, covered))
        return before - after

    return [drop(2, 0), drop(3, 0), drop(2, 5), abs((x[1] > x[0]) * 1 - (x[2] > x[1]) * 1)]


L = np.array([[0, 1, 0, 0, 0]] * 3 + [[0, 1, 1, 1, 0], [0, 0, 0, 0, 0]])
WEDGE = np.array([[0, 0, 9, 9], [0, 9, 9, 0], [9, 9, 9, 9]])
SOBEL = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
LAPLACIAN = 9 * np.eye(9)[4].reshape(3, 3) - 1
ROW = np.array([0, 3, 4, 0, 0, 0, 0, 0])
POOLED = np.array([np.roll(ROW, k).reshape(4, 2).max(axis=1) for k in range(3)])
DLOGITS = kernels.cross_entropy_backward(1.0, np.log([[1.0, 3.0, 6.0]]), np.array([0]))[0]
CONFUSED = np.array([[12, 8, 0], [4, 24, 2], [0, 6, 44]])
PATCHES = np.array([[8.0, 6], [0, 2], [-2, 0], [-6, -8]])
VARIANCE = (PATCHES.T @ PATCHES / 4)[0].sum()  # along (1, 1)
F, Y = np.array([[2.0, 0], [1, 1], [0, 4], [1, 3]]), np.array([1, 1, 0, 0])
STEP = -((0.5 - Y) @ F) / 4
BOXES = [[1, 2, 7, 6]], [[4, 3, 10, 8]]
# Through a 3×3 layer and a 1×1 layer with stride 2, back to 56×56 places: 0 where nothing is used.
MIDDLE = kernels.conv2d_backward(*map(np.ones, [(1, 1, 28, 28)] * 2 + [(1, 1, 3, 3)]), 1, 1)[0]
USED = kernels.conv2d_backward(MIDDLE, np.ones((1, 1, 56, 56)), np.ones((1, 1, 1, 1)), 2)[0]
LOOK, MIX = 32 * 9, 32 * 64
COMPUTED = {
    ("00", "chalk"): smiley().sum(),
    ("01", "by_hand"): kernels.correlate2d(L, edge_kernel()),
    ("02", "by_hand"): [
        kernels.correlate2d(WEDGE, w)[0] for w in (np.full((3, 3), 1 / 9), SOBEL, LAPLACIAN)
    ],
    ("03", "sizes"): [
        kernels.output_size(28, 5, 1, 2),
        kernels.output_size(28, 2, 2),
        kernels.output_size(14, 5),
        kernels.output_size(10, 2, 2),
        16 * 5 * 5,
    ],
    ("03", "unseen"): np.sum(USED == 0),
    ("04", "pooled"): POOLED,
    ("04", "left"): [
        [gaps[0] / 5, min(gaps) / 5]
        for row in POOLED[1:]
        for gaps in [[np.linalg.norm(row - np.roll(POOLED[0], k)) for k in range(4)]]
    ],
    ("05", "depth"): [(224 - 1 + 1) // 2, int(np.ceil(np.log2(224 + 1)) - 1)],
    ("05", "two_layers"): two_layers(),
    ("06", "columns"): kernels.im2col(np.arange(1, 13).reshape(1, 1, 3, 4), 2)[0],
    ("06", "memory"): [
        np.zeros((48, 35, 44), np.float32).nbytes,
        *(
            kernels.im2col(np.zeros((1, 48, 31, 40), np.float32), (5, 3), stride, 2).nbytes
            for stride in (1, 2)
        ),
    ],
    ("07", "by_hand"): [2 * 2 - 1 * 1, 2 * 1 - 1 * 3, 2 * 1, 2 * -1 - 1 * 1, -1 * -1, 2 - 1],
    ("07b", "by_hand"): graph_gradients(),
    ("08", "by_hand"): [*DLOGITS, *(-0.1 * np.sign(DLOGITS))],
    ("09", "by_hand"): printed(),
    ("10", "by_hand"): [
        np.trace(CONFUSED) / 100,
        np.sqrt(0.8 * 0.2 / 100),
        12 / CONFUSED[:, 0].sum(),
        12 / CONFUSED[0].sum(),
        24 / CONFUSED[1].sum(),
    ],
    ("11", "by_hand"): [1 / 0.25, 2 - 0.1 * (3 + 2 * 2), 2 - 0.1, 2 - 0.1 - 0.1 * 2 * 2, 0.5 + 0.1],
    ("11", "remedies"): remedies(),
    ("11b", "by_hand"): [
        kernels.cross_entropy(np.zeros((1, 7)), np.array([0])),
        kernels.cross_entropy(np.eye(1, 7), np.array([0])),  # all the share on the right class
        0.1 * np.cumsum([2, 2, 2, 2]).sum(),
        0.1 * 0.2 / 5,
    ],
    ("12", "by_hand"): [
        9 * 32 * 64,
        9 * 32 * 64 * 196,
        4 * 64 * 196,
        LOOK + MIX,
        (LOOK + MIX) * 196,
        9 * 32 * 64 / 4,
    ],
    ("13", "by_hand"): [
        VARIANCE,
        PATCHES[0].sum() / np.sqrt(2 * VARIANCE),
        0.5 * (0.5 * 4 + 0.5 * 0) + 0.5 * 4,
        1 - 2 * 0.5**4,
        torch.tensor(100.1).bfloat16().item(),
        (3 * 2 + 1 * 6) / 4,
    ],
    ("14", "by_hand"): [*scanned(), max(0, 2 - 1), max(0, 0 - 4)],
    ("15", "by_hand"): [
        2 * 0.4 - 0.95 + 0.5 * 0.2 + 0.4,
        2 * 0.3 - 1.0 + 0.5 * 0.1 + 0.4,
        0.8 * abs(2 / 4 - 3.2 / 4) + 0.2 * abs(1 - 0.4),
        2 / np.log(4),
    ],
    ("16", "by_hand"): [
        *(*STEP, F[1] @ STEP),
        0.9 * 5 + 0.1 * 10,
        0.9 * (0.9 * 5 + 0.1 * 10) + 0.1 * 10,
        192 * 5 + 5,
    ],
    ("17", "by_hand"): [
        kernels.boxes.box_iou(*BOXES)[0, 0],
        4 / (10 + 6 - 4),
        2 * 4 / (10 + 6),
        (2 / 3 + 2 / 3 + 3 / 5) / 5,
        (30 + 42) / 2 // 8,
        (18 + 34) / 2 // 8,
        (18 + 34) / 2 / 8 - 3,
    ],
}


def test_every_right_value_is_computed_here():
    assert set(COMPUTED) == set(BY_HAND)


@pytest.mark.parametrize(("number", "name"), BY_HAND)
def test_the_right_values_are_right(number, name):
    np.testing.assert_allclose(BY_HAND[number, name], COMPUTED[number, name], rtol=1e-6)
