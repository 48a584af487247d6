"""`TrainingMonitor` in a real JupyterLab: it shows a run while other cells run; and offline."""

import numpy as np
import pytest
from browser.pages import javascript, sticking_out
from playwright.sync_api import expect

from cnnedu.training.rate_finder import rising, smoothed, steepest
from cnnedu.widgets.assets import module
from cnnedu.widgets.gallery import EXAMPLES

MAKE = """
import threading
import torch
from cnnedu.training.recorder import Recorder
from cnnedu.widgets import TrainingMonitor

go = threading.Event()

def run(show=None, steps=10_000):
    "A training whose batch k has the loss 1/k; after step 10 it waits for `go`."
    network = torch.nn.Linear(3, 2)
    optimiser = torch.optim.SGD(network.parameters(), lr=0.1)
    recorder = Recorder(network, optimiser, every=10, show=show)
    for k in range(1, steps + 1):
        if k > 10 and steps > 100:
            go.wait()
        loss = network(torch.ones(1, 3)).sum()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        recorder.add(1 / k, 0.1)
    return recorder
"""


@pytest.fixture(scope="module")
def finder(browser):
    """Return a function: call(name, *arguments) of static/rate_finder.js."""
    with javascript(browser, module("rate_finder")) as call:
        yield lambda *given: call("(module, name, ...given) => module[name](...given)", *given)


def test_the_page_reads_a_rate_finder_as_python_does(finder):
    random = np.random.default_rng(0)
    rates = rising(1e-5, 10, 80)
    for _ in range(20):
        turn = random.uniform(30, 60)
        losses = [2 + random.normal(0, 0.1) - max(0, k - turn) / 20 for k in range(70)]
        losses += random.uniform(3, 90, 10).tolist()
        np.testing.assert_allclose(finder("smoothed", losses), smoothed(losses))
        found = finder("readFinder", losses)
        assert rates[found["steepest"]] == steepest(rates, losses)
        assert found["lowest"] == smoothed(losses).argmin()
    assert finder("isFinder", rates) and not finder("isFinder", [0.1, 0.05, 0.0])
    assert finder("smoothed", [1, None, 1]) == [1, None, None]


def test_train_watch_stop_and_compare(lab, axe):
    notebook = lab.open_cells(
        MAKE, "monitor = TrainingMonitor({'short': run(steps=40)}, lab={'long': run}); monitor"
    )
    notebook.run_all()
    output = notebook.output(1)
    expect(output.get_by_role("combobox", name="Run")).to_have_value("long")
    output.get_by_role("button", name="Train").click()
    expect(output.get_by_role("status")).to_have_text("Training")
    expect(output.get_by_text("step 10 of 10")).to_be_visible()
    assert notebook.value("1 + 1") == 2, "the kernel is busy"
    assert notebook.value("monitor.status") == "running"
    output.get_by_role("button", name="Stop").click()
    assert notebook.value("go.set()") is None
    expect(output.get_by_role("status")).to_have_text("Stopped")
    slider = output.get_by_role("slider", name="Step")
    slider.focus()
    slider.press("Home")
    expect(output.get_by_text("step 10 of")).to_be_visible()
    expect(output.get_by_text("Loss of the batch").locator("..")).to_contain_text("0.100")
    assert notebook.value("monitor.moment") == 0
    output.get_by_role("combobox", name="Run").select_option("short")
    expect(output.get_by_text("step 40 of 40")).to_be_visible()
    for theme in ("JupyterLab Dark", "JupyterLab Light"):
        lab.set_theme(theme)
        assert axe(lab.page, ".cnnedu") == []


def test_the_widget_shows_a_failure(lab):
    notebook = lab.open_cells(
        "from cnnedu.widgets import TrainingMonitor\n"
        "def broken(show):\n    raise ValueError('no <b>data</b>')\n"
        "monitor = TrainingMonitor({}, lab={'A': broken}); monitor"
    )
    notebook.run_all()
    output = notebook.output(0)
    output.get_by_role("button", name="Train").click()
    expect(output.get_by_role("alert")).to_have_text("ValueError: no <b>data</b>")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_offline_the_record_can_be_read(offline, tmp_path, axe, scheme):
    monitor = EXAMPLES["TrainingMonitor"]()
    page = offline(
        monitor.save_html(tmp_path / "page.html"),
        color_scheme=scheme,
        viewport={"width": 320, "height": 700},
    )
    assert page.get_by_role("button").count() == 0
    expect(page.get_by_text("step 100 of 100")).to_be_visible()
    says = page.get_by_text("silent channels").first
    expect(says).to_contain_text("silent channels 100 % (healthy: 5 %)")
    page.get_by_role("slider", name="Step").press("Home")
    expect(says).to_contain_text("update ÷ weight 1.0 · 10⁻² (healthy: 1.0 · 10⁻²)")
    page.get_by_role("combobox", name="Compared with").select_option("none")
    expect(says).not_to_contain_text("healthy")
    assert axe(page, "main") == []
    assert sticking_out(page) == []
