"""`DenseToConvolution` in a real JupyterLab: its numbers are Python's, by mouse and keyboard."""

import numpy as np
import pytest
from browser.pages import grid, javascript, numbers, pixels
from playwright.sync_api import expect

from cnnedu.data import edge_kernel, smiley
from cnnedu.kernels import correlate2d
from cnnedu.widgets import DenseToConvolution
from cnnedu.widgets.assets import module

CELLS = "from cnnedu.widgets import DenseToConvolution", "layer = DenseToConvolution(); layer"


@pytest.fixture
def opened(lab):
    """Return the notebook and the output of a cell that shows a fresh `layer`."""
    notebook = lab.open_cells(*CELLS)
    notebook.run_all()
    return notebook, notebook.output(1)


def agrees(notebook, output):
    """Check everything that the page shows of the layer against Python's."""
    code = "[layer.position, layer.multiplications, layer.parameters, layer.output.tolist()]"
    (i, j), multiplications, parameters, out = notebook.value(code)
    expect(output.get_by_role("status")).to_contain_text(f"Output ({i}, {j}): ")
    costs = output.get_by_role("list", name="What it costs")
    expect(costs).to_contain_text(f"{multiplications:,} of 2,304")
    expect(costs).to_contain_text(f"{parameters:,} of 2,304")
    np.testing.assert_allclose(grid(output, "Outputs"), out, rtol=0.005, atol=5e-4)

    row, kept = notebook.value(
        f"[part[{6 * i + j}].tolist() for part in (layer.matrix, layer.kept)]"
    )
    cells = output.get_by_role("grid", name="Weights of the output").get_by_role("gridcell")
    shown = [cell.inner_text() for cell in cells.all()]
    assert [text != "" for text in shown] == kept
    weights = [float(text.replace("−", "-")) if text else 0 for text in shown]
    np.testing.assert_allclose(weights, row, rtol=0.005, atol=5e-4)
    drawn = np.reshape(pixels(output.locator(".cnn-matrix canvas"))[3::4], (36, 64)) > 0
    assert np.array_equal(drawn, np.array(notebook.value("layer.kept.tolist()")))


def test_from_a_dense_layer_to_lesson_01(opened):
    notebook, output = opened
    agrees(notebook, output)
    output.get_by_role("button", name="Local").click()
    assert notebook.value("layer.reach, layer.tied") == [1, False]
    agrees(notebook, output)
    output.get_by_role("checkbox", name="Tie").check()
    assert notebook.value("layer.tied") is True
    agrees(notebook, output)
    assert grid(output, "Outputs") == correlate2d(smiley(), edge_kernel()).tolist()
    pressed = output.get_by_role("button", name="Convolution")
    expect(pressed).to_have_attribute("aria-pressed", "true")
    output.get_by_text("these are the outputs of the sliding window").wait_for()
    output.get_by_role("button", name="Dense").click()
    assert notebook.value("layer.reach, layer.tied") == [6, False]
    agrees(notebook, output)


def test_drag_over_the_matrix_and_the_outputs(opened, lab):
    notebook, output = opened
    output.get_by_role("slider", name="Reach").fill("3")
    matrix = output.get_by_role("application", name="Matrix")
    box = matrix.bounding_box()
    matrix.click(position={"x": 100, "y": box["height"] * 18.5 / 36})
    assert notebook.value("layer.position, layer.reach") == [[3, 0], 3]
    agrees(notebook, output)
    lab.page.mouse.move(box["x"] + 9, box["y"] + 9)
    lab.page.mouse.down()
    lab.page.mouse.move(box["x"] + 50, box["y"] + box["height"] + 60, steps=6)
    lab.page.mouse.up()
    assert notebook.value("layer.position") == [5, 5]
    outputs = output.get_by_role("grid", name="Outputs")
    size = outputs.bounding_box()["width"] / 6
    outputs.click(position={"x": 4.5 * size, "y": 1.5 * size})
    assert notebook.value("layer.position") == [1, 4]
    agrees(notebook, output)


def test_keyboard_alone(opened, lab):
    notebook, output = opened
    keys = lab.page.keyboard
    output.get_by_role("slider", name="Reach").focus()
    keys.press("ArrowLeft")
    keys.press("ArrowLeft")
    assert notebook.value("layer.reach") == 4
    output.get_by_role("checkbox", name="Tie").focus()
    keys.press("Space")
    output.get_by_role("application", name="Matrix").focus()
    for key in ("ArrowDown", "ArrowRight", "Shift+ArrowDown", "ArrowUp"):
        keys.press(key)
    assert notebook.value("layer.tied, layer.position") == [True, [1, 5]]
    agrees(notebook, output)
    output.get_by_role("gridcell", name="row 1, column 5: ").last.focus()
    keys.press("ArrowDown")
    assert notebook.value("layer.position") == [2, 5]


def test_python_sets_it(opened):
    notebook, output = opened
    notebook.value("layer.set_trait('position', (4, 2))")
    notebook.value("layer.set_trait('reach', 2)")
    output.get_by_text("5 × 5 pixels").wait_for()
    agrees(notebook, output)


CUT_AND_TIE = """({ cutAndTie, timesPicture }, own, picture, reach, tied) => {
  const layer = cutAndTie(own, picture[0].length, reach, tied);
  const out = timesPicture(layer.matrix, picture.flat());
  return { ...layer, matrix: [...layer.matrix], kept: [...layer.kept], out };
}"""


def test_the_page_computes_what_numpy_computes(browser):
    rng = np.random.default_rng(3)
    with javascript(browser, module("cut_and_tie")) as call:
        for _ in range(30):
            shape = rng.integers(4, 9, 2)
            picture, kernel = rng.normal(4, 1, shape).clip(0, 9), rng.normal(0, 2, (3, 3))
            reach = rng.integers(1, max(shape) - 1).item()
            layer = DenseToConvolution(picture, kernel, reach=reach, tied=bool(rng.integers(2)))
            own = {"shape": layer.weights.shape, "data": layer.weights.ravel().tolist()}
            found = call(CUT_AND_TIE, own, picture.tolist(), reach, layer.tied)
            assert found["multiplications"] == layer.multiplications
            assert found["parameters"] == layer.parameters
            np.testing.assert_array_equal(found["kept"], layer.kept.ravel())
            np.testing.assert_allclose(found["matrix"], layer.matrix.ravel(), atol=1e-6)
            np.testing.assert_allclose(found["out"], layer.output.ravel(), atol=1e-5)


def test_touch_offline(offline, tmp_path):
    page = offline(
        DenseToConvolution(reach=1).save_html(tmp_path / "layer.html"),
        viewport={"width": 320, "height": 700},
        has_touch=True,
    )
    page.get_by_text("324 of 2,304").first.wait_for()
    page.get_by_role("checkbox").tap()
    page.get_by_text("9 of 2,304").wait_for()
    page.get_by_role("application", name="Matrix").tap(position={"x": 20, "y": 2})
    cells = page.get_by_role("grid", name="Outputs").get_by_role("gridcell")
    assert numbers(cells) == correlate2d(smiley(), edge_kernel()).ravel().tolist()
