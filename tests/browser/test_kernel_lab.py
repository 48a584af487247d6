"""`KernelLab` in a real JupyterLab: by mouse, by keyboard, with the reader's own picture."""

import io

import numpy as np
import pytest
from browser.pages import numbers, pixels
from PIL import Image
from playwright.sync_api import expect

CELLS = (
    "from cnnedu.widgets import KernelLab\nimport numpy as np",
    "picture = np.random.default_rng(3).integers(0, 256, (40, 60)).astype(np.uint8)\n"
    "lab = KernelLab(picture, [[1, 2, 0], [0, 0, 0], [0, 0, -3]], position=(0, 0)); lab",
)


@pytest.fixture
def opened(lab):
    """Return the notebook and the output of a cell that shows a fresh `lab`."""
    notebook = lab.open_cells(*CELLS)
    notebook.run_all()
    return notebook, notebook.output(1)


def shown(output, name):
    """Return the numbers of one matrix of the close-up."""
    return numbers(output.get_by_role("list", name=name, exact=True).locator("li"))


def agrees(notebook, output):
    """Check the close-up against what Python computes at the current position."""
    i, j = notebook.value("lab.position")
    (top, left) = (i - i % 2, j - j % 2)
    block = notebook.value(f"lab.response[{top}:{top + 2}, {left}:{left + 2}].clip(0).ravel()")
    assert shown(output, "response") == notebook.value("[lab.response[lab.position]]")
    assert shown(output, "ReLU, its 2 × 2") == block
    assert shown(output, "largest") == notebook.value(f"[lab.pooled[{i // 2}, {j // 2}]]")


def test_drag_the_window(opened, lab):
    notebook, output = opened
    agrees(notebook, output)
    box = output.get_by_role("application", name="Picture x").bounding_box()
    mouse = lab.page.mouse
    mouse.move(box["x"] + 5, box["y"] + 5)
    mouse.down()
    mouse.move(box["x"] + box["width"] * 20.5 / 60, box["y"] + box["height"] * 11.5 / 40, steps=9)
    mouse.up()
    assert notebook.value("lab.position") == [10, 19]  # the pixel (11, 20) is in the middle
    agrees(notebook, output)
    mouse.move(box["x"] + 5, box["y"] + 5)
    assert notebook.value("lab.position") == [10, 19]
    output.get_by_role("application", name="Pooled").click(position={"x": 3, "y": 3})
    assert notebook.value("lab.position") == [0, 0]


def test_keyboard_alone(opened, lab):
    notebook, output = opened
    keys = lab.page.keyboard
    output.get_by_role("application", name="Picture x").focus()
    for key in ("ArrowDown", "Shift+ArrowRight", "ArrowLeft", "ArrowUp", "ArrowUp"):
        keys.press(key)
    assert notebook.value("lab.position") == [0, 9]
    output.get_by_label("weight in row 1, column 1").focus()
    keys.press("ArrowUp")
    assert notebook.value("lab.kernel[1].tolist()") == [0, 1, 0]
    agrees(notebook, output)
    for _ in range(5):
        keys.press("Tab")
    expect(output.get_by_role("combobox", name="Operation")).to_be_focused()
    keys.press("End")
    assert notebook.value("lab.operation") == "convolution"
    agrees(notebook, output)


def test_the_switch_flips_the_kernel(opened):
    notebook, output = opened
    assert shown(output, "kernel") == [1, 2, 0, 0, 0, 0, 0, 0, -3]
    output.get_by_role("combobox", name="Operation").select_option("convolution")
    output.get_by_text("kernel, flipped").first.wait_for()
    assert shown(output, "kernel, flipped") == [-3, 0, 0, 0, 0, 0, 0, 2, 1]
    assert notebook.value("lab.operation, lab.kernel.tolist()[0]") == ["convolution", [1, 2, 0]]
    assert output.locator(".cnn-turn").count() == 1
    agrees(notebook, output)


def test_presets_and_sizes(opened):
    notebook, output = opened
    preset = output.get_by_role("combobox", name="Kernel w")
    assert preset.input_value() == "Your own"
    preset.select_option("Laplacian")
    assert notebook.value("lab.kernel.tolist()") == [[-1] * 3, [-1, 8, -1], [-1] * 3]
    output.get_by_role("combobox", name="Size").select_option("5×5")
    assert notebook.value("lab.kernel.shape, lab.kernel[2].tolist()") == [
        [5, 5],
        [0, -1, 8, -1, 0],
    ]
    output.get_by_text("Response, 36 × 56").wait_for()
    output.get_by_text("Max pool, 18 × 28").wait_for()
    output.get_by_role("combobox", name="Size").select_option("3×3")
    expect(preset).to_have_value("Laplacian")


def test_the_filtered_picture_is_the_response(opened):
    notebook, output = opened
    canvas = output.get_by_role("application", name="Filtered").locator("canvas")
    found = np.reshape(pixels(canvas)[::4], (38, 58))
    expected = np.clip(notebook.value("lab.response"), 0, 255)
    np.testing.assert_array_equal(found, np.array(expected))


def test_the_readers_own_picture(opened):
    notebook, output = opened
    file = io.BytesIO()
    Image.new("RGB", (600, 400), (255, 0, 0)).save(file, "png")
    chooser = output.locator("input[type=file]")
    upload = {"name": "mine.png", "mimeType": "image/png", "buffer": file.getvalue()}
    chooser.set_input_files([upload])
    output.get_by_text("Picture x, 200 × 300").wait_for()
    assert notebook.value("lab.picture.shape, np.unique(lab.picture).tolist()") == [
        [200, 300],
        [76],
    ]
    chooser.set_input_files([upload | {"name": "text.png", "buffer": b"no picture"}])
    output.get_by_text("text.png is not a picture that this page can read.").wait_for()
    output.get_by_role("button", name="Restore").click()
    assert notebook.value("(lab.picture == picture).all().item()")


def test_python_sets_the_traits(opened):
    notebook, output = opened
    notebook.value("lab.set_trait('position', (37, 57))")
    notebook.value("lab.set_trait('kernel', np.ones((5, 5)))")
    output.get_by_text("Response, 36 × 56").wait_for()
    agrees(notebook, output)
    notebook.value("lab.set_trait('picture', np.full((9, 11), 100, np.uint8))")
    output.get_by_text("Response, 5 × 7").wait_for()
    largest = output.get_by_role("list", name="largest")
    expect(largest).to_have_text("–")  # the last row of five belongs to no 2 × 2
    output.get_by_role("button", name="Restore").click()  # to what Python set
    output.get_by_text("Response, 5 × 7").wait_for()
