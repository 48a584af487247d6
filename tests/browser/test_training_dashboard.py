"""`TrainingDashboard` in a real JupyterLab: it trains while other cells run."""

import pytest
from browser.pages import sticking_out
from playwright.sync_api import expect

MAKE = """
import threading
import time
import numpy as np
from cnnedu import nn
from cnnedu.widgets import TrainingDashboard

def slow(progress, batches=4000):
    "A training that takes two minutes; batch k has the loss 1/k."
    x, logits = np.zeros((4, 1, 8, 8)), np.tile([[0.0, 1.0]], (4, 1))
    x[:, :, 2:6, 3:5] = 1
    history = {}
    for k in range(1, batches + 1):
        time.sleep(0.03)
        progress(k, batches, history, nn.Batch(x, np.array([1, 0, 1, 1]), logits, 1 / k, 0.01))
        if k % 20 == 0:
            for name in ("loss", "accuracy", "held_out_loss", "held_out_accuracy"):
                history.setdefault(name, []).append(0.5)

def continues(dashboard):
    "Wait until the training has shown another batch."
    shown = threading.Event()
    dashboard.observe(lambda change: shown.set(), "batches")
    return shown.wait(60)
"""


@pytest.fixture
def training(lab):
    """Return the notebook and the output of a cell that shows a fresh `dashboard`."""
    notebook = lab.open_cells(MAKE, "dashboard = TrainingDashboard(slow); dashboard")
    notebook.run_all()
    return notebook, notebook.output(1)


def test_start_read_on_pause_continue_and_stop(training, lab, axe):
    notebook, output = training
    status = output.get_by_role("status")
    expect(status).to_have_text("Not started")
    output.get_by_role("button", name="Start").click()
    expect(status).to_have_text("Training")
    assert notebook.value("1 + 1") == 2, "the kernel is busy"
    output.get_by_text("epoch 2").wait_for()
    output.get_by_role("img", name="a picture of 0").wait_for()
    assert "said 1" in output.inner_text()
    pause = output.get_by_role("button", name="Pause")
    pause.focus()
    lab.page.keyboard.press("Enter")
    expect(status).to_have_text("Paused")
    done = notebook.value("dashboard.batches[0]")
    expect(output.get_by_text(f"batch {done} of 4000")).to_be_visible()
    assert notebook.value("dashboard.status, dashboard.batches[0]") == ["paused", done]
    for theme in ("JupyterLab Dark", "JupyterLab Light"):
        lab.set_theme(theme)
        assert axe(lab.page, ".cnnedu") == []
    output.get_by_role("button", name="Continue").click()
    expect(status).to_have_text("Training")
    output.get_by_role("button", name="Stop").click()
    expect(status).to_have_text("Stopped")
    assert notebook.value("dashboard.batches[0]") > done
    assert notebook.value("dashboard.wait()") is None


def test_the_slider_and_the_mouse_choose_a_batch(training):
    notebook, output = training
    notebook.value("dashboard.start() and None")
    output.get_by_text("epoch 2").wait_for()
    notebook.value("dashboard.stop()")
    slider = output.get_by_role("slider", name="Batch to look at")
    slider.focus()
    slider.press("Home")
    expect(output.get_by_text("batch 1: loss 1, accuracy 75.0 %")).to_be_visible()
    slider.press("ArrowRight")
    expect(output.get_by_text("batch 2: loss 0.5, accuracy 75.0 %")).to_be_visible()
    slider.blur()
    chart = output.get_by_role("img", name="Loss against batches")
    chart.hover(position={"x": 2, "y": 60})
    expect(output.get_by_text("batch 1: loss 1, accuracy")).to_be_visible()


def test_the_widget_shows_a_failure(lab):
    notebook = lab.open_cells(
        "from cnnedu.widgets import TrainingDashboard\n"
        "def broken(progress):\n    raise ValueError('no <b>data</b>')\n"
        "TrainingDashboard(broken).start()"
    )
    notebook.run_all()
    expect(notebook.output(0).get_by_role("alert")).to_have_text("ValueError: no <b>data</b>")


def test_a_cleared_cell_keeps_training(training, lab):
    notebook, output = training
    notebook.value("dashboard.start() and None")
    output.get_by_text("epoch 1").wait_for()
    notebook.clear_output()
    expect(lab.page.locator(".cnnedu")).to_have_count(0)
    assert notebook.value("continues(dashboard)")
    notebook.value("dashboard.stop()")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_offline_the_record_can_be_read(offline, tmp_path, axe, scheme):
    from cnnedu import nn
    from cnnedu.data.digits import load_digits
    from cnnedu.widgets import TrainingDashboard

    (x, y), held_out = load_digits()
    model = nn.Sequential(nn.Flatten(), nn.Linear(64, 10))
    dashboard = TrainingDashboard(
        nn.fit, model, (x, y), nn.Adam(model.parameters()), 2, held_out=held_out
    )
    dashboard.start().wait()
    page = offline(
        dashboard.save_html(tmp_path / "page.html"),
        color_scheme=scheme,
        viewport={"width": 320, "height": 700},
    )
    expect(page.get_by_role("status")).to_have_text("Finished")
    assert page.get_by_role("button").count() == 0
    page.get_by_role("slider").press("Home")
    page.get_by_text("batch 1: loss").wait_for()
    assert axe(page, "main") == []
    assert sticking_out(page) == []
