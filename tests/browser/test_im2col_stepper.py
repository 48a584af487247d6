"""`Im2colStepper` in a real JupyterLab, driven by mouse and by keyboard, and offline."""

import numpy as np
import pytest
from browser.pages import grid, sticking_out
from playwright.sync_api import expect

from cnnedu.data import edge_kernel, smiley
from cnnedu.widgets import Im2colStepper

CELL = "from cnnedu.widgets import Im2colStepper\nstepper = Im2colStepper()\nstepper"


@pytest.fixture
def stepper(lab):
    """Return the notebook and the output of a cell that shows a `stepper`."""
    notebook = lab.open_cells(CELL)
    notebook.run_all()
    return notebook, notebook.output(0)


def drag(page, cells, start, end):
    """Drag over a grid from one cell to another."""
    boxes = [cells.get_by_role("gridcell", name=name).bounding_box() for name in (start, end)]
    (x, y), to = [(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for box in boxes]
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(*to, steps=8)
    page.mouse.up()


def marked(output, name):
    """Return how many cells of a grid are marked."""
    return output.get_by_role("grid", name=name).locator("[data-marked]").count()


def test_the_numbers_are_python_s(stepper):
    notebook, output = stepper
    assert grid(output, "Columns") == notebook.value("stepper.columns.tolist()")
    assert grid(output, "Output") == notebook.value("stepper.output.tolist()")
    assert grid(output, "Kernel") == notebook.value("stepper.kernel.reshape(1, -1).tolist()")
    output.get_by_role("combobox", name="Stride").select_option("3")
    output.get_by_text("Windows as columns, 9 × 4").wait_for()
    assert notebook.value("stepper.stride") == 3
    assert grid(output, "Columns") == notebook.value("stepper.columns.tolist()")


def test_drag_the_window_and_see_its_column(stepper, lab):
    notebook, output = stepper
    picture = output.get_by_role("grid", name="Picture x")
    drag(lab.page, picture, "row 1, column 1: 1", "row 4, column 1: 0")
    output.get_by_text("19 of 36").wait_for()
    assert notebook.value("stepper.position") == [3, 0]
    output.get_by_text("out[18] = (−1) · 1").wait_for()
    assert notebook.value("stepper.pixel") is None  # a drag marks nothing
    columns, matrix = output.get_by_role("grid", name="Columns"), output.locator(".cnn-frame")
    frame = matrix.nth(1)
    frame.evaluate("node => Promise.all(node.getAnimations().map(({ finished }) => finished))")
    top = columns.get_by_role("gridcell", name="row 0, column 18:").bounding_box()
    assert frame.bounding_box()["x"] == pytest.approx(top["x"], abs=2)


def test_mark_a_pixel_and_see_its_copies(stepper):
    notebook, output = stepper
    picture = output.get_by_role("grid", name="Picture x")
    pixel = picture.get_by_role("gridcell", name="row 3, column 2: 0")
    pixel.click()
    output.get_by_text("Pixel (3, 2) stands in 9 of the 36 columns").wait_for()
    assert notebook.value("stepper.pixel, stepper.copies") == [[0, 3, 2], 9]
    assert marked(output, "Columns") == 9 and marked(output, "Picture x") == 1
    pixel.click()
    expect(output.get_by_role("button", name="Unmark")).to_be_disabled()
    assert notebook.value("stepper.pixel") is None and marked(output, "Columns") == 0


def test_keyboard(stepper, lab):
    notebook, output = stepper
    keys = lab.page.keyboard
    output.get_by_role("grid", name="Picture x").get_by_role("gridcell").first.focus()
    keys.press("ArrowRight")
    keys.press(" ")
    output.get_by_text("Pixel (0, 1) stands in 2 of the 36 columns").wait_for()
    output.get_by_role("grid", name="Columns").get_by_role("gridcell").first.focus()
    for _ in range(4):
        keys.press("ArrowDown")
    keys.press("ArrowRight")  # the middle of window 1 is pixel (1, 2)
    output.get_by_text("Pixel (1, 2) stands in 6 of the 36 columns").wait_for()
    assert notebook.value("stepper.position, stepper.pixel") == [[0, 1], [0, 1, 2]]
    output.get_by_role("grid", name="Output").get_by_role("gridcell").nth(1).focus()
    keys.press("ArrowRight")
    output.get_by_text("3 of 36").wait_for()
    assert notebook.value("stepper.position, stepper.pixel") == [[0, 2], [0, 1, 2]]


def test_python_sets_all_of_it(stepper):
    notebook, output = stepper
    notebook.value(
        "[setattr(stepper, name, value) for name, value in"
        " dict(picture=[[1, 2, 3], [4, 5, 6], [7, 8, 9]], kernel=[[1, -1]], position=(1, 1),"
        " pixel=(0, 1, 1)).items()]"
    )
    output.get_by_text("Pixel (1, 1) stands in 2 of the 6 columns").wait_for()
    output.get_by_text("out[3] = 1 · 5 + (−1) · 6 = −1").wait_for()
    assert grid(output, "Columns") == [[1, 2, 4, 5, 7, 8], [2, 3, 5, 6, 8, 9]]


def test_two_channels_offline_in_320_pixels_by_touch(offline, tmp_path, axe):
    x, w = np.stack([smiley(), smiley().T]), np.stack([edge_kernel(), edge_kernel().T])
    path = Im2colStepper(x, w).save_html(tmp_path / "page.html")
    for scheme in ("light", "dark"):
        size = {"width": 320, "height": 700}
        page = offline(path, viewport=size, has_touch=True, color_scheme=scheme)
        second = page.get_by_role("grid", name="Picture x, channel 1")
        second.get_by_role("gridcell", name="row 2, column 2: 1").tap()
        page.get_by_text("Pixel (1, 2, 2) stands in 9 of the 36 columns").wait_for()
        rows = page.get_by_role("grid", name="Columns").get_by_role("row").all()
        assert [row.locator("[data-marked]").count() for row in rows] == [0] * 9 + [1] * 9
        assert sticking_out(page) == []
        assert axe(page, "main") == []
