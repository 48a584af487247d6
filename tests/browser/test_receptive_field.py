"""`ReceptiveField` in a real JupyterLab, driven by mouse and by keyboard, and offline."""

import pytest
from browser.pages import pixels, sticking_out
from playwright.sync_api import expect

from cnnedu.models.accounting import Conv, Pool
from cnnedu.widgets import ReceptiveField

CELL = """
import numpy as np
from cnnedu import nn
from cnnedu.widgets import ReceptiveField
random = np.random.default_rng(0)
network = nn.Sequential(
    nn.Conv2d(3, 8, 3, padding=1, rng=random), nn.ReLU(), nn.MaxPool2d(2),
    nn.Conv2d(8, 8, 3, padding=1, rng=random), nn.ReLU(), nn.Conv2d(8, 8, 3, rng=random),
)
field = ReceptiveField(network, (3, 24, 24))
field
"""


@pytest.fixture
def field(lab):
    """Return the notebook and the output of a cell that shows a `field`."""
    notebook = lab.open_cells(CELL)
    notebook.run_all()
    return notebook, notebook.output(0)


def tinted(output):
    """Return how many pixels of the picture are tinted."""
    return sum(alpha > 0 for alpha in pixels(output.locator(".cnn-tint"))[3::4])


def agrees(notebook, output):
    """Check the unit and the field on the page against Python's."""
    (i, j), ((top, bottom), (left, right)) = notebook.value("field.unit, field.seen")
    size = f"{bottom - top + 1} × {right - left + 1}"
    words = f"Unit ({i}, {j}) sees {size} pixels: rows {top} to {bottom}, columns {left} to {right}"
    expect(output.get_by_role("status")).to_contain_text(words.replace("-", "−"))


def test_click_drag_and_switch(field, lab):
    notebook, output = field
    assert notebook.value("field.layer, field.unit") == [6, [5, 5]]
    agrees(notebook, output)
    units = output.get_by_role("application", name="Output, 10 × 10")
    box = units.bounding_box()
    units.click(position={"x": box["width"] * 0.25, "y": box["height"] * 0.05})
    assert notebook.value("field.unit") == [0, 2]
    agrees(notebook, output)
    output.get_by_text("rows −3 to 8, columns 1 to 12, some of them in the padding").wait_for()
    lab.page.mouse.move(box["x"] + 5, box["y"] + 5)
    lab.page.mouse.down()
    lab.page.mouse.move(box["x"] + box["width"] * 0.95, box["y"] + box["height"] + 50, steps=8)
    lab.page.mouse.up()
    assert notebook.value("field.unit") == [9, 9]  # beyond the border is its last unit
    assert tinted(output) > 40
    output.get_by_role("checkbox", name="Effective field").uncheck()
    assert notebook.value("field.show_effective") is False
    assert tinted(output) == 0


def test_keyboard_and_python(field, lab):
    notebook, output = field
    keys = lab.page.keyboard
    output.get_by_role("slider", name="Layer").focus()
    keys.press("Home")
    assert notebook.value("field.layer") == 1
    assert notebook.value("field.unit") == [13, 13]  # the same place of the picture
    output.get_by_role("application").focus()
    for key in ("ArrowUp", "ArrowLeft", "ArrowLeft"):
        keys.press(key)
    assert notebook.value("field.unit") == [12, 11]
    agrees(notebook, output)
    output.get_by_text("sees 3 × 3 pixels: rows 11 to 13, columns 10 to 12").wait_for()
    notebook.value("field.set_trait('layer', 6)")
    output.get_by_text("Unit (9, 9) sees 12 × 12 pixels").wait_for()
    agrees(notebook, output)


def test_offline_in_320_pixels(offline, tmp_path, axe):
    stack = [Conv(8, 3, padding=1), Pool(2), Conv(8, 5, padding=2)]
    path = ReceptiveField(stack, (3, 20, 30)).save_html(tmp_path / "page.html")
    page = offline(path, viewport={"width": 320, "height": 700}, has_touch=True)
    page.get_by_role("application", name="Output, 10 × 15").tap(position={"x": 2, "y": 2})
    page.get_by_text("Unit (0, 0) sees 12 × 12 pixels: rows −5 to 6").wait_for()
    assert page.get_by_role("checkbox").count() == 0  # no weights, no effective field
    assert sticking_out(page) == []
    assert axe(page, "main") == []
