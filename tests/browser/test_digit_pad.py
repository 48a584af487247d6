"""`DigitPad` in a real JupyterLab: drawing by mouse and keyboard, and the network's arithmetic."""

import numpy as np
import pytest
from browser.pages import javascript
from playwright.sync_api import expect

from cnnedu import nn
from cnnedu.kernels import softmax
from cnnedu.widgets import DigitPad
from cnnedu.widgets.assets import module

CELLS = "from cnnedu.widgets import DigitPad", "pad = DigitPad(); pad"


@pytest.fixture
def shown(lab):
    """Return the notebook and the output of a cell that shows a fresh `pad`."""
    notebook = lab.open_cells(*CELLS)
    notebook.run_all()
    return notebook, notebook.output(1)


def agrees(notebook, output):
    """Check the ten percentages and the pad's numbers against Python's."""
    answer = np.array(notebook.value("pad.answer"))
    rows = output.get_by_role("list", name="Probabilities").get_by_role("listitem")
    percents = [int(text.split()[1]) for text in rows.all_inner_texts()]
    np.testing.assert_allclose(percents, 100 * answer, atol=0.51)
    assert f"reads a {answer.argmax()}" in output.get_by_role("status").inner_text()
    cells = output.get_by_role("gridcell").all_inner_texts()
    assert [int(cell or 0) for cell in cells] == notebook.value("pad.picture.ravel().tolist()")


def stroke(page, grid, points):
    """Draw through points that are given in pixels of the pad: (across, down)."""
    box = grid.bounding_box()
    for number, (across, down) in enumerate(points):
        at = (box["x"] + across * box["width"] / 8, box["y"] + down * box["height"] / 8)
        page.mouse.move(*at, steps=12 if number else 1)
        if number == 0:
            page.mouse.down()
    page.mouse.up()


DIGITS = {
    0: [[(4, 0.7), (2.2, 2), (1.9, 4), (2.5, 6.6), (4, 7.4), (5.6, 6.4), (6, 4), (4, 0.7)]],
    1: [[(3, 2), (4.3, 0.5), (4.3, 7.5)]],
    7: [[(1.7, 0.7), (6, 0.7), (4.2, 4), (3.2, 7.5)]],
}  # fmt: skip


def test_it_reads_what_is_drawn(shown, lab):
    notebook, output = shown
    agrees(notebook, output)
    for digit, strokes in DIGITS.items():
        output.get_by_role("button", name="Clear").click()
        assert notebook.value("pad.picture.any().item()") is False
        for points in strokes:
            stroke(lab.page, output.get_by_role("grid", name="Pad"), points)
        picture = np.array(notebook.value("pad.picture"))
        assert picture.max() == 16
        assert ((picture > 0) & (picture < 16)).any()  # the pen has a soft edge
        agrees(notebook, output)
        assert notebook.value("pad.answer.argmax().item()") == digit


def test_a_second_stroke_adds_to_the_first(shown, lab):
    notebook, output = shown
    grid = output.get_by_role("grid", name="Pad")
    stroke(lab.page, grid, [(0.5, 0.5), (7.5, 0.5)])
    before = np.array(notebook.value("pad.picture"))
    assert (before[0] > 9).all()
    assert not before[2:].any()
    stroke(lab.page, grid, [(0.5, 0.5), (0.5, 7.5)])
    after = np.array(notebook.value("pad.picture"))
    assert (after >= before).all()
    assert (after[:, 0] > 9).all()


def test_keyboard_alone(shown, lab):
    notebook, output = shown
    keys = lab.page.keyboard
    output.get_by_role("gridcell").first.focus()
    for key in ("ArrowRight", "Space", "ArrowDown", "9", "ArrowDown", "5", "ArrowUp", "Enter"):
        keys.press(key)
    assert notebook.value("pad.picture[:3, 1].tolist()") == [16, 0, 9]
    agrees(notebook, output)
    output.get_by_role("button", name="4", exact=True).focus()
    keys.press("Enter")
    assert notebook.value("(pad.picture == pad.examples[4]).all().item()")
    expect(output.get_by_role("status")).to_have_text("It reads a 4")
    agrees(notebook, output)


FORWARD = """({ openNetwork, runNetwork, softmax }, layers, weights, pictures) => {
  const network = openNetwork(layers, Float32Array.from(weights));
  return pictures.map((picture) => {
    const data = Float64Array.from(picture.flat(), (ink) => ink / 16);
    const scores = runNetwork(network, { channels: 1, height: 8, width: 8, data }).at(-1).data;
    return [[...scores], softmax(scores)];
  });
}"""


def lenet(rng):
    """Return a network of all the layers of `cnnedu.nn` that the page computes."""
    return nn.Sequential(
        nn.Conv2d(1, 5, 3, stride=1, padding=2, rng=rng),
        nn.Tanh(),
        nn.AvgPool2d(3, stride=2),
        nn.Sequential(nn.Conv2d(5, 7, (2, 3), bias=False, rng=rng), nn.Sigmoid(), nn.Dropout(0.5)),
        nn.BatchNorm2d(7),
        nn.GELU(),
        nn.MaxPool2d(2, stride=1),
        nn.Flatten(),
        nn.Linear(7 * 2, 12, rng=rng),
        nn.ReLU(),
        nn.Linear(12, 10, rng=rng),
    )


def test_the_page_computes_what_the_network_computes(browser):
    random = np.random.default_rng(4)
    pictures = random.integers(0, 17, (20, 8, 8))
    for model in (DigitPad().model, lenet(random)):
        for parameter in model.parameters():
            if parameter.value.ndim == 1:  # biases are zero at first
                parameter.value = random.normal(0, 1, parameter.value.shape).astype(np.float32)
        pad = DigitPad(model)
        with javascript(browser, module("network")) as call:
            found = call(FORWARD, pad.layers, pad.weights.tolist(), pictures.tolist())
        for parameter in model.parameters():
            parameter.value = parameter.value.astype(np.float64)
        scores = model.eval()(pictures[:, None] / 16)
        for values, wanted in zip(zip(*found, strict=True), (scores, softmax(scores)), strict=True):
            np.testing.assert_allclose(values, wanted, rtol=0, atol=1e-6)
