"""`ConvolutionStepper` in a real JupyterLab, driven by mouse and by keyboard."""

import numpy as np
import pytest
from browser.pages import grid, javascript, sticking_out

from cnnedu.checks import CheckFailed
from cnnedu.checks.exercises import e01_convolution_by_hand as e01
from cnnedu.widgets import ConvolutionStepper

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


@pytest.fixture
def asking(lab):
    """Return the notebook and the output of a cell whose `stepper` asks for two places."""
    make = "stepper = ConvolutionStepper(ask=[(3, 0), (3, 5)]); stepper"
    notebook = lab.open_cells(IMPORT, make)
    notebook.run_all()
    return notebook, notebook.output(1)


def outputs_seen(output):
    """Return what is written in the outputs, without the empty ones."""
    cells = output.get_by_role("grid", name="Output").get_by_role("gridcell")
    return [text for text in cells.all_inner_texts() if text]


def test_it_asks_before_it_shows(asking, lab):
    notebook, output = asking
    typed, verdict = output.get_by_role("textbox"), output.locator(".cnn-verdict")
    assert outputs_seen(output) == ["?", "?"]
    assert "= ?" in output.get_by_label("Window times kernel").inner_text()
    assert output.locator(".cnn-equation").is_hidden()
    for text, said in (
        ("two", "Type a number"),
        ("2", "Not 2. It looks as if the kernel was flipped."),
        ("4", "Not 4. It looks as if a minus sign was forgotten."),
        ("−3", "Not −3. It looks as if one product was left out."),
        ("7", "Not 7. Multiply each pixel in the frame"),
    ):
        typed.fill(text)
        typed.press("Enter")
        output.get_by_text(said).wait_for()
    typed.fill("-2")
    output.get_by_role("button", name="Check").click()
    output.get_by_text("1 of 2 right").wait_for()
    assert outputs_seen(output) == ["−2", "?"]
    assert "out[3, 0] = (−1) + 0 + 0" in output.inner_text()
    lab.page.keyboard.press("Enter")  # "Next question" has the focus
    output.locator("input[type=text]:focus").wait_for()
    for key in ("2", ",", "0", "Enter"):
        lab.page.keyboard.press(key)
    output.get_by_text("2 of 2 right").wait_for()
    assert verdict.inner_text() == "Right, 2."
    assert notebook.value("stepper.solved, stepper.given, stepper.filled") == [
        [[3, 0], [3, 5]], [], 36,
    ]  # fmt: skip
    agrees(notebook, output)
    output.get_by_role("button", name="Start again").click()
    assert notebook.value("stepper.solved, stepper.position") == [[], [3, 0]]
    assert outputs_seen(output) == ["?", "?"]


def test_it_shows_what_the_reader_gives_up(asking):
    notebook, output = asking
    output.get_by_role("button", name="Show me").click()
    output.get_by_text("0 of 2 right, 1 shown").wait_for()
    assert output.locator(".cnn-verdict").inner_text() == "It is −2."
    assert notebook.value("stepper.solved, stepper.given") == [[], [[3, 0]]]
    output.get_by_role("combobox", name="Kernel w").select_option("Laplacian")
    output.get_by_text("0 of 2 right", exact=True).wait_for()
    assert outputs_seen(output) == ["?", "?"]
    assert output.locator(".cnn-verdict").is_hidden()
    output.get_by_role("button", name="Show all").click()
    agrees(notebook, output)
    assert notebook.value("stepper.given") == [[3, 0], [3, 5]]


def test_on_the_way_it_hides_what_it_asks_for(asking):
    """Other outputs can be looked at; playing stops where the reader is asked."""
    notebook, output = asking
    cell(output, "Output", 3, 3).click()
    output.get_by_text("out[3, 3]", exact=True).wait_for()
    assert outputs_seen(output) == ["?", "0", "?"]
    output.get_by_role("button", name="Play").click()
    output.get_by_role("button", name="Pause").wait_for()
    output.get_by_role("button", name="Play").wait_for()
    assert notebook.value("stepper.position") == [3, 5]
    assert outputs_seen(output) == ["?", "?"]
    cell(output, "Output", 3, 0).click()
    output.locator("input[type=text]:focus").wait_for()
    assert notebook.value("stepper.position") == [3, 0]


def test_python_can_ask_for_every_output(asking):
    notebook, output = asking
    notebook.value("stepper.set_trait('ask', True)")
    output.get_by_text("0 of 36 right").wait_for()
    assert outputs_seen(output) == ["?"] * 36
    notebook.value("stepper.set_trait('ask', False)")
    output.get_by_text("0 of 36 right").wait_for(state="hidden")
    agrees(notebook, output)


def test_the_question_offline_with_a_finger(offline, axe, tmp_path):
    """In 320 pixels, light and dark; fractions need two decimals, with a point or a comma."""
    picture, kernel = np.eye(4), np.full((3, 3), -1 / 9)
    stepper = ConvolutionStepper(picture, kernel, ask=True)
    page = offline(
        stepper.save_html(tmp_path / "page.html"),
        viewport={"width": 320, "height": 700},
        has_touch=True,
    )
    page.get_by_text("Two decimals are enough.").wait_for()
    page.get_by_role("textbox").fill("0.3")
    page.get_by_role("button", name="Check").tap()
    page.get_by_text("Not 0.3.").wait_for()
    assert sticking_out(page) == []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert axe(page, "main") == []
    for count, text in enumerate(("−0,33", "-.22", "-2/9", "-0.333"), start=1):
        page.get_by_role("textbox").fill(text)
        page.get_by_role("button", name="Check").tap()
        page.get_by_text(f"{count} of 4 right").wait_for()
        if count < 4:
            page.get_by_role("button", name="Next question").tap()
    assert (
        "" not in page.get_by_role("grid", name="Output").get_by_role("gridcell").all_inner_texts()
    )


PRESETS = """({ default: widget }, state) => {
  const model = {
    get: (trait) => state[trait],
    set: (trait, value) => (state[trait] = value),
    save_changes() {},
    on() {},
    off() {},
  };
  const found = {};
  widget.render({ model, el: document.body });
  const [select] = [...document.querySelectorAll("label")]
    .filter((label) => label.textContent.startsWith("Kernel w"))
    .map((label) => label.querySelector("select"));
  for (const { value } of [...select.options].filter((option) => !option.disabled)) {
    select.value = value;
    select.dispatchEvent(new Event("change"));
    found[value] = state.kernel;
  }
  return found;
}"""


def test_no_preset_meets_the_specification_of_exercise_01(browser):
    state = {k: v for k, v in ConvolutionStepper().get_state().items() if k[0] != "_"}
    with javascript(browser, ConvolutionStepper._esm) as call:
        presets = call(PRESETS, state)
    assert len(presets) >= 7
    for kernel in presets.values():
        with pytest.raises(CheckFailed):
            e01.check("horizontal", {"horizontal": kernel})
