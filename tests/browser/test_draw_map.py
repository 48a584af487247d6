"""`DrawMap` in a real JupyterLab and offline, driven by mouse, keyboard and finger."""

import numpy as np
import pytest
from browser.pages import grid, javascript, sticking_out
from playwright.sync_api import expect

from cnnedu.widgets import DrawMap
from cnnedu.widgets.assets import module

CELL = "from cnnedu.widgets import DrawMap\ndrawing = DrawMap()\ndrawing"


@pytest.fixture
def drawing(lab):
    """Return the notebook and the output of a cell that shows a `drawing`."""
    notebook = lab.open_cells(CELL)
    notebook.run_all()
    return notebook, notebook.output(0)


def cell(output, name, row, column):
    rows = output.get_by_role("grid", name=name).get_by_role("row")
    return rows.nth(row).get_by_role("gridcell").nth(column)


def test_sketch_with_the_mouse_then_reveal(drawing, lab):
    notebook, output = drawing
    boxes = [cell(output, "Your sketch", *at).bounding_box() for at in ((3, 1), (3, 5))]
    (x, y), end = [(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for box in boxes]
    lab.page.mouse.move(x, y)
    lab.page.mouse.down()
    lab.page.mouse.move(*end, steps=12)
    lab.page.mouse.up()
    assert notebook.value("drawing.sketch[3].tolist()") == [0, 1, 1, 1, 1, 1]
    for level in (1, 2, -1, -2, 0):
        cell(output, "Your sketch", 2, 2).click()
        assert notebook.value("drawing.sketch[2, 2].item()") == level
    assert output.get_by_role("grid", name="The map").count() == 0
    output.get_by_role("button", name="Reveal the map").click()
    # A blank sketch has the 12 zeros right; the row drawn finds two signs and loses two zeros.
    output.get_by_text(
        "12 of 36 signs right; a blank sketch has 12. The biggest miss is in row 2, column 2: "
        "the sketch has zero, the map has −2."
    ).wait_for()
    np.testing.assert_array_equal(grid(output, "The map"), notebook.value("drawing.output"))
    assert output.locator("[data-missed]").count() == 24
    cell(output, "Your sketch", 0, 0).click()  # the sketch stays as it was
    assert notebook.value("drawing.sketch[0, 0].item()") == 0
    output.get_by_role("button", name="Sketch on").click()
    expect(output.get_by_role("grid", name="The map")).to_have_count(0)
    output.get_by_role("button", name="Clear").click()
    assert notebook.value("drawing.revealed, drawing.sketch.any().item()") == [False, False]


def test_keyboard_alone(drawing, lab):
    notebook, output = drawing
    keys = lab.page.keyboard
    cell(output, "Your sketch", 0, 0).focus()
    for key in ("ArrowDown", "ArrowRight", "Space", "Enter", "ArrowRight", "Space", "d", "d"):
        keys.press(key)
    assert notebook.value("drawing.sketch[1].tolist()") == [0, 2, 1, 0, 0, 0]
    named = output.get_by_role("gridcell", name="row 1, column 1: strongly positive")
    expect(named).to_have_count(1)
    output.get_by_role("button", name="Reveal the map").focus()
    keys.press("Enter")
    output.get_by_text("signs right").wait_for()
    keys.press("Enter")  # the focus has moved on
    expect(output.get_by_role("grid", name="The map")).to_have_count(0)


def test_a_finger_in_320_pixels(offline, axe, tmp_path):
    """Revealed, in light and dark; the right sketch has nothing left to be told."""
    drawing = DrawMap([[0, 4, 4]] * 3, [[-1, 1]])
    page = offline(
        drawing.save_html(tmp_path / "page.html"),
        viewport={"width": 320, "height": 700},
        has_touch=True,
    )
    for row in range(3):
        for _ in range(2):
            cell(page, "Your sketch", row, 0).tap()
    page.get_by_role("button", name="Reveal the map").tap()
    page.get_by_text("6 of 6 signs right; a blank sketch has 3. Every strength is right").wait_for()
    assert sticking_out(page) == []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert axe(page, "main") == []


def test_python_sets_the_traits_one_by_one(drawing):
    notebook, output = drawing
    notebook.value("drawing.set_trait('revealed', True)")
    output.get_by_text("12 of 36 signs right").wait_for()
    notebook.value("drawing.set_trait('kernel', [[1, -1]])")
    output.get_by_text("Your sketch, 8 × 7").wait_for()
    expect(output.get_by_role("grid", name="The map")).to_have_count(0)


SCORE = "({ scoreOf }, sketch, output) => scoreOf(sketch, output)"


def test_the_score_is_numpy_s(browser):
    random = np.random.default_rng(5)
    with javascript(browser, module("map_score")) as call:
        for _ in range(60):
            shape = random.integers(1, 7, 2)
            output = random.integers(-4, 5, shape) * random.choice([1, 0.1])
            sketch = random.integers(-2, 3, shape)
            found = call(SCORE, sketch.tolist(), output.tolist())
            right = np.sign(sketch) == np.sign(output)
            distance = abs(sketch * abs(output).max() / 2 - output)
            assert found["right"] == right.tolist()
            assert (found["signs"], found["count"]) == (right.sum(), right.size)
            assert found["blank"] == (output == 0).sum()
            if found["miss"] is None:
                assert distance.max() <= abs(output).max() / 4 + 1e-9
            else:
                assert distance[tuple(found["miss"])] == pytest.approx(distance.max())
        almost = call(SCORE, [[0, 1]], [[1e-17, 0.5]])  # what a sum of fractions leaves of 0
        assert almost["signs"] == 2 and almost["blank"] == 1
