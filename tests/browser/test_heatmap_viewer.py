"""`HeatmapViewer` in a real JupyterLab, driven by mouse and by keyboard."""

import numpy as np
import pytest
from browser.pages import javascript
from playwright.sync_api import expect
from scipy.stats import spearmanr

from cnnedu.widgets.assets import module


def test_rank_correlation_is_spearman_s(browser):
    random = np.random.default_rng(0)
    with javascript(browser, module("ranks")) as call:
        for _ in range(20):
            a, b = random.integers(0, 9, (2, 30)).tolist()
            found = call("({ rankCorrelation }, a, b) => rankCorrelation(a, b)", a, b)
            assert found == pytest.approx(spearmanr(a, b).statistic, abs=1e-12)


def test_methods_layers_and_opacity(lab):
    notebook = lab.open_cells(
        "from cnnedu.widgets import HeatmapViewer", "viewer = HeatmapViewer(); viewer"
    )
    notebook.run_all()
    output = notebook.output(1)
    status = output.get_by_role("status")
    expect(status).to_contain_text("Grad-CAM at relu3 for the class cat, 4 × 4")
    layer = output.get_by_role("slider", name="Layer")
    layer.focus()
    lab.page.keyboard.press("Home")
    assert notebook.value("viewer.layer") == "conv1"
    lab.page.keyboard.press("ArrowRight")
    assert notebook.value("viewer.layer") == "relu1"
    expect(status).to_contain_text("at relu1 for the class cat, 30 × 30")
    ranks = notebook.value(
        "(lambda a, b: __import__('scipy.stats').stats.spearmanr(a.ravel(), b.ravel()).statistic)"
        "(*viewer.shown)"
    )
    expect(status).to_contain_text(f"{ranks:.2f}".rstrip("0").replace("-", "−"))
    opacity = output.get_by_role("slider", name="Opacity")
    box = opacity.bounding_box()
    opacity.click(position={"x": box["width"] - 2, "y": box["height"] / 2})
    assert notebook.value("viewer.opacity") > 0.9
    output.get_by_role("checkbox", name="Same colours for both").click()
    assert notebook.value("viewer.same_scale") is False
    output.get_by_role("combobox", name="Method").select_option("Occlusion")
    assert notebook.value("viewer.method") == "Occlusion"
    expect(layer).to_be_hidden()
    low = notebook.value("round(viewer.shown[0].min().item(), 3)")
    photo = output.get_by_role("img", name="Trained network")
    expect(photo).to_have_attribute(
        "aria-label",
        f"Trained network: values from {low}".replace("-", "−")
        + f" to {notebook.value('round(viewer.shown[0].max().item(), 3)')}",
    )
