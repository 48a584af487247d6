"""`CalibrationLab`: its arithmetic, and by mouse and keyboard in a real JupyterLab."""

import re

import numpy as np
import pytest
from browser.pages import javascript
from playwright.sync_api import expect

from cnnedu.explain.calibration import best_temperature, expected_calibration_error, reliability
from cnnedu.kernels import cross_entropy, softmax
from cnnedu.widgets.assets import module

CALIBRATE = """({ calibrate, bestTemperature }, logits, labels, temperature, bins) => {
  const found = calibrate(logits, labels, temperature, bins);
  const lists = ["count", "confidence", "accuracy"].map((name) => [...found[name]]);
  return [...lists, found.error, found.loss, bestTemperature(logits, labels)];
}"""


def test_the_page_computes_what_python_computes(browser):
    random = np.random.default_rng(0)
    with javascript(browser, module("calibration")) as call:
        for bins in (1, 4, 15, 40):
            classes = random.integers(2, 12).item()
            logits = random.normal(0, random.uniform(0.5, 8), (200, classes))
            y = random.integers(0, classes, 200)
            temperature = random.uniform(0.3, 5)
            *lists, error, loss, best = call(
                CALIBRATE, logits.ravel().tolist(), y.tolist(), temperature, bins
            )
            probabilities = softmax(logits / temperature)
            for found, wanted in zip(lists, reliability(probabilities, y, bins), strict=True):
                np.testing.assert_allclose(np.array(found, float), wanted, rtol=0, atol=1e-6)
            wanted = expected_calibration_error(probabilities, y, bins)
            assert error == pytest.approx(wanted, abs=1e-6)
            wanted = float(cross_entropy(logits / temperature, y))
            assert loss == pytest.approx(wanted, abs=1e-6)
            assert best == pytest.approx(best_temperature(logits, y), rel=1e-5)


def agrees(notebook, output):
    """Check the calibration error on the page, in tenths of a percent, against Python's."""
    figures = output.get_by_role("list", name="Figures").inner_text()
    shown = float(re.search(r"Calibration error\s+([\d.]+) %", figures)[1])
    assert shown == pytest.approx(100 * notebook.value("lab.error"), abs=0.0501)


def test_temperature_by_mouse_keys_and_button(lab):
    notebook = lab.open_cells(
        "from cnnedu.widgets import CalibrationLab", "lab = CalibrationLab(); lab"
    )
    notebook.run_all()
    output = notebook.output(1)
    slider = output.get_by_role("slider", name="Temperature")
    box = slider.bounding_box()
    slider.click(position={"x": box["width"] * 0.8, "y": box["height"] / 2})
    assert 3 < notebook.value("lab.temperature") < 5
    output.get_by_role("button", name="T = 1").click()
    slider.focus()
    for _ in range(20):
        lab.page.keyboard.press("ArrowRight")
    assert notebook.value("lab.temperature") == pytest.approx(2)
    agrees(notebook, output)
    button = output.get_by_role("button", name="Best temperature")
    button.focus()
    lab.page.keyboard.press("Enter")
    assert notebook.value("lab.temperature") == pytest.approx(2.171, abs=1e-3)
    expect(output.get_by_role("list", name="Figures")).to_contain_text("Accuracy")
    output.get_by_role("combobox", name="Bins").select_option("5")
    assert notebook.value("lab.bins") == 5
    agrees(notebook, output)
    notebook.value("lab.set_trait('bins', 7)")
    expect(output.get_by_role("combobox", name="Bins")).to_have_value("7")
