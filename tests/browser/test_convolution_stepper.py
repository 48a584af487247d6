"""`ConvolutionStepper` in a real JupyterLab, driven by mouse and by keyboard."""

import numpy as np
import pytest
from browser.pages import grid

IMPORT = "from cnnedu.widgets import ConvolutionStepper"


@pytest.fixture
def stepper(lab):
    """Return the notebook and the output of a cell that shows a fresh `stepper`."""
    notebook = lab.open_cells(IMPORT, "stepper = ConvolutionStepper(); stepper")
    notebook.run_all()
    return notebook, notebook.output(1)


def cell(output, name, row, column):
    rows = output.get_by_role("grid", name=name).get_by_role("row")
    return rows.nth(row).get_by_role("gridcell").nth(column)


def agrees(notebook, output):
    """Check all outputs on the page against Python's, to the three digits that it shows."""
    output.get_by_role("button", name="Show all").click()
    expected = notebook.value("stepper.output")
    np.testing.assert_allclose(grid(output, "Output"), expected, rtol=0.005, atol=5e-4)


def drag(page, start, end):
    """Drag the mouse from the middle of one element to the middle of another."""
    boxes = [locator.bounding_box() for locator in (start, end)]
    (x0, y0), (x1, y1) = [(b["x"] + b["width"] / 2, b["y"] + b["height"] / 2) for b in boxes]
    page.mouse.move(x0, y0)
    page.mouse.down()
    page.mouse.move(x1, y1, steps=20)
    page.mouse.up()


def test_the_page_shows_the_kernels_numbers(stepper):
    agrees(*stepper)


def test_paint_by_dragging(stepper, lab):
    notebook, output = stepper
    drag(lab.page, cell(output, "Picture", 0, 0), cell(output, "Picture", 0, 7))
    assert notebook.value("stepper.picture[0].tolist()") == [1] * 8
    drag(lab.page, cell(output, "Picture", 0, 0), cell(output, "Picture", 7, 0))
    assert notebook.value("stepper.picture[:, 0].tolist()") == [0] * 8
    agrees(notebook, output)
    output.get_by_role("button", name="Restore").click()
    assert notebook.value("(stepper.picture == ConvolutionStepper().picture).all().item()")
    output.get_by_role("button", name="Clear").click()
    assert notebook.value("stepper.picture.any().item()") is False


def test_step_play_and_jump(stepper, lab):
    notebook, output = stepper
    output.get_by_role("button", name="Next").click()
    output.get_by_role("button", name="Next").click()
    output.get_by_role("button", name="Back").click()
    assert notebook.value("stepper.position, stepper.filled") == [[0, 1], 3]
    cell(output, "Output", 5, 3).click()
    assert notebook.value("stepper.position") == [5, 3]
    assert "out[5, 3] = (−1) + 0 + 0 + 0 + 0 + 0 + (−1) + 0 + 1 = −1" in output.inner_text()
    output.get_by_role("button", name="Play").click()
    output.get_by_role("button", name="Pause").wait_for()
    output.get_by_role("button", name="Play").wait_for()  # it stops at the end by itself
    assert notebook.value("stepper.position") == [5, 5]
    output.get_by_role("button", name="Start again").click()
    assert notebook.value("stepper.position, stepper.filled") == [[0, 0], 1]


def test_hovering_shows_a_position_for_a_moment(stepper):
    notebook, output = stepper
    output.get_by_role("button", name="Show all").click()
    cell(output, "Output", 2, 3).hover()
    output.get_by_text("out[2, 3]").wait_for()
    output.get_by_role("button", name="Next").hover()
    output.get_by_text("out[0, 0]").wait_for()
    assert notebook.value("stepper.position") == [0, 0]


def test_kernel_stride_and_padding(stepper, lab):
    notebook, output = stepper
    output.get_by_label("weight in row 1, column 1").fill("8")
    assert notebook.value("stepper.kernel[1].tolist()") == [-1, 8, 1]
    preset = output.get_by_role("combobox", name="Kernel w")
    assert preset.input_value() == "Your own"
    preset.select_option("Blur")
    output.get_by_role("combobox", name="Stride").select_option("2")
    output.get_by_role("combobox", name="Padding").select_option("1")
    assert notebook.value("stepper.output.shape") == [4, 4]
    agrees(notebook, output)
    weight = output.get_by_label("weight in row 0, column 0")
    weight.fill("1000")
    assert notebook.value("stepper.kernel.max()") < 1  # out of range: marked, not taken
    weight.blur()
    assert weight.input_value() == "0.111"


def test_keyboard_alone(stepper, lab):
    notebook, output = stepper
    keys = lab.page.keyboard
    before = len(notebook.cells())
    cell(output, "Picture", 0, 0).focus()
    for key in ("ArrowRight", "ArrowDown", "Space", "ArrowDown", "Enter"):
        keys.press(key)
    assert notebook.value("stepper.picture[:3, 1].tolist()") == [0, 0, 1]
    for key in "abdd":  # commands of the notebook, were they to reach it
        keys.press(key)
    assert len(notebook.cells()) == before
    cell(output, "Output", 0, 0).focus()
    for key in ("ArrowDown", "ArrowRight", "ArrowRight"):
        keys.press(key)
    assert notebook.value("stepper.position") == [1, 2]
    output.get_by_role("button", name="Next").focus()
    keys.press("Enter")
    assert notebook.value("stepper.position") == [1, 3]
    output.get_by_role("slider", name="Position").focus()
    keys.press("End")
    assert notebook.value("stepper.position") == [5, 5]
    keys.press("ArrowLeft")
    assert notebook.value("stepper.position") == [5, 4]


def test_python_sets_the_traits_one_by_one(stepper):
    notebook, output = stepper
    for trait, value, text in (
        ("stride", "3", "Output, 2 × 2"),
        ("position", "(1, 1)", "4 of 4"),
        ("padding", "2", "Output, 4 × 4"),
        ("kernel", "[[1, 0.5]]", "Output, 4 × 4"),
        ("picture", "[[0.1, 0.2, 0.3]] * 3", "Picture x, 3 × 3"),
    ):
        notebook.value(f"stepper.set_trait('{trait}', {value})")
        output.get_by_text(text).wait_for()
        agrees(notebook, output)


def test_a_wrong_argument_is_one_clear_line(lab):
    notebook = lab.open_cells(IMPORT, "ConvolutionStepper(kernel=[[1, float('nan')]])")
    with pytest.raises(AssertionError, match="kernel must hold finite numbers"):
        notebook.run_all()
    assert notebook.output(1).locator(".cnnedu").count() == 0
