"""`PoolingLab` in a real JupyterLab: its numbers are Python's, by mouse and by keyboard."""

import numpy as np
import pytest
from browser.pages import numbers

from cnnedu.kernels import avg_pool2d, max_pool2d

CELLS = "from cnnedu.widgets import PoolingLab", "lab = PoolingLab(); lab"


@pytest.fixture
def opened(lab):
    """Return the notebook and the output of a cell that shows a fresh `lab`."""
    notebook = lab.open_cells(*CELLS)
    notebook.run_all()
    return notebook, notebook.output(1)


def shown(output, name):
    """Return the numbers of one matrix on the page."""
    return numbers(output.get_by_role("list", name=name, exact=True).locator("li"))


def agrees(notebook, output):
    """Check every number on the page, to the three digits it shows, and the counts."""
    state = notebook.value("[lab.before, lab.expected, lab.output]")
    before, expected, real = (np.array(values).ravel() for values in state)
    for name, wanted in (
        ("before the move", before),
        ("the same, moved along", expected),
        ("after the move", real),
    ):
        np.testing.assert_allclose(shown(output, name), wanted, rtol=0.005, atol=5e-4)
    changed, missed = ((abs(real - other) > 1e-9).sum() for other in (before, expected))
    text = output.get_by_role("status").inner_text()
    assert f"Invariant? {changed} of {real.size} outputs changed" in text
    assert f"Equivariant? {missed} of {real.size} differ" in text
    share = abs(real - expected).sum() / before.sum()
    assert f"together by {100 * share:.0f} %" in text
    marked = output.get_by_role("list", name="after the move").locator("[data-marked]").count()
    assert marked == missed


def test_every_layer_moved_by_mouse(opened, lab):
    notebook, output = opened
    sheet = output.get_by_role("application", name="Sheet")
    size = sheet.bounding_box()["width"] / 14
    for layer, blur, pixel in (
        ("max", False, (7, 8)),
        ("max", True, (5, 8)),
        ("average", True, (7, 10)),
        ("average", False, (8, 2)),
        ("stride", False, (12, 7)),
        ("stride", True, (12, 12)),
    ):
        output.get_by_role("combobox", name="Layer").select_option(layer)
        output.get_by_role("checkbox", name="blur before the stride").set_checked(blur)
        sheet.click(position={"x": (pixel[1] + 0.5) * size, "y": (pixel[0] + 0.5) * size})
        assert notebook.value("lab.pooling, lab.blur") == [layer, blur]
        assert notebook.value("lab.shift") == [pixel[0] - 7, pixel[1] - 7]
        agrees(notebook, output)


def test_keyboard_alone(opened, lab):
    notebook, output = opened
    keys = lab.page.keyboard
    output.get_by_role("application", name="Sheet").focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowUp", "Shift+ArrowDown"):
        keys.press(key)
    assert notebook.value("lab.shift") == [6, 2]
    agrees(notebook, output)
    output.get_by_role("button", name="Back to the middle").focus()
    keys.press("Enter")
    assert notebook.value("lab.shift") == [0, 0]
    output.get_by_role("button", name="Left").focus()
    keys.press("Space")
    output.get_by_role("checkbox").focus()
    keys.press("Space")
    assert notebook.value("lab.shift, lab.blur") == [[0, -1], True]
    agrees(notebook, output)


def test_pool_by_hand(opened):
    notebook, output = opened
    output.get_by_label("number in row 0, column 3").fill("-7.5")
    output.get_by_label("number in row 3, column 3").fill("9")
    x = np.array(notebook.value("lab.numbers"))[None, None]
    assert (x[0, 0, 0, 3], x[0, 0, 3, 3]) == (-7.5, 9)
    for name, wanted in (
        ("max, 2 × 2", max_pool2d(x, 2)),
        ("average, 2 × 2", avg_pool2d(x, 2)),
        ("global average", x.mean()),
    ):
        np.testing.assert_allclose(shown(output, name), np.ravel(wanted), rtol=0.005)


def test_pictures_and_python(opened):
    notebook, output = opened
    output.get_by_role("combobox", name="Picture").select_option("Fine stripes")
    assert notebook.value("lab.picture.tolist()") == [[1, 0] * 4] * 8
    notebook.value("lab.set_trait('shift', (-3, 5))")
    notebook.value("lab.set_trait('picture', [[0.5, 9, 3], [1, 2, 3]])")
    notebook.value("lab.set_trait('pooling', 'global average')")
    output.get_by_text("Sheet, 14 × 14: −3 down, 5 right").wait_for()
    agrees(notebook, output)
    assert output.get_by_role("combobox", name="Picture").input_value() == "Your own"
    assert output.get_by_role("checkbox").is_disabled()
