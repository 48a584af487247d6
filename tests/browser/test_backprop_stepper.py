"""`BackpropStepper` in a real JupyterLab, driven by mouse and by keyboard, and offline."""

import numpy as np
import pytest
from browser.pages import grid, sticking_out

from cnnedu.widgets import BackpropStepper

CELL = "from cnnedu.widgets import BackpropStepper\nstepper = BackpropStepper(); stepper"


@pytest.fixture
def stepper(lab):
    """Return the notebook and the output of a cell that shows a fresh `stepper`."""
    notebook = lab.open_cells(CELL)
    notebook.run_all()
    return notebook, notebook.output(0)


def agrees(notebook, output):
    """Check dx and dw on the page, with all outputs added, against Python's, to three digits."""
    count = notebook.value("stepper.dout.size")
    output.get_by_role("button", name="Add all").click()
    output.get_by_text(f"{count} of {count}").wait_for()
    for name, gradient in zip(("dx,", "dw,"), notebook.value("stepper.gradients[:2]"), strict=True):
        np.testing.assert_allclose(grid(output, name), gradient, rtol=0.005)


def test_the_page_adds_up_to_the_kernels_gradients(stepper):
    notebook, output = stepper
    first = notebook.value("stepper.dout[0, 0].item()")
    assert grid(output, "dw,") == notebook.value(f"({first} * stepper.picture[:3, :3]).tolist()")
    agrees(notebook, output)
    total = notebook.value("stepper.gradients[2].item()")
    output.get_by_text(f"so far {total:g}".replace("-", "−")).wait_for()


def test_mouse(stepper, lab):
    notebook, output = stepper
    output.get_by_role("button", name="Next").click()
    output.get_by_role("button", name="Next").click()
    output.get_by_role("button", name="Back").click()
    assert notebook.value("stepper.position, stepper.filled") == [[0, 1], 2]
    cells = output.get_by_role("grid", name="dout").get_by_role("gridcell")
    cells.nth(4 * 6 + 3).click()
    assert notebook.value("stepper.position, stepper.filled") == [[4, 3], 28]
    output.get_by_text("dx[4…6, 3…5]").wait_for()
    output.get_by_label("weight in row 1, column 1").fill("2.5")
    output.get_by_role("grid", name="Picture").get_by_role("gridcell").first.click()
    assert notebook.value("stepper.kernel[1, 1].item(), stepper.picture[0, 0].item()") == [2.5, 1]
    agrees(notebook, output)
    cells.nth(5 * 6 + 3).click()
    output.get_by_role("button", name="Play").click()
    output.get_by_role("button", name="Pause").wait_for()
    output.get_by_role("button", name="Play").wait_for()  # it stops by itself
    assert notebook.value("stepper.position") == [5, 5]
    output.get_by_role("button", name="Start again").click()
    assert notebook.value("stepper.position, stepper.filled") == [[0, 0], 1]


def test_keyboard_alone(stepper, lab):
    notebook, output = stepper
    keys = lab.page.keyboard
    output.get_by_role("grid", name="dout").get_by_role("gridcell").first.focus()
    for key in ("ArrowDown", "ArrowRight", "ArrowRight"):
        keys.press(key)
    assert notebook.value("stepper.position") == [1, 2]
    output.get_by_role("slider", name="Position").focus()
    keys.press("End")
    assert notebook.value("stepper.position, stepper.filled") == [[5, 5], 36]


@pytest.mark.parametrize("size", [3, 10])
def test_offline_in_320_pixels(offline, tmp_path, axe, size):
    picture = np.arange(size * size).reshape(size, size) - 20.25
    stepper = BackpropStepper(picture, np.full((3, 3), -1.125), padding=2, stride=2)
    path = stepper.save_html(tmp_path / "page.html")
    page = offline(path, viewport={"width": 320, "height": 700}, has_touch=True)
    page.get_by_role("grid", name="dout").get_by_role("gridcell").nth(2).tap()
    page.get_by_text("3 of").wait_for()
    assert sticking_out(page) == []
    assert axe(page, "main") == []
