"""`ShiftLab`: the page's arithmetic; moved by mouse, by keyboard and by finger."""

import re

import numpy as np
import pytest
from browser.pages import javascript, pixels
from playwright.sync_api import expect

from cnnedu.widgets import ShiftLab
from cnnedu.widgets.assets import module

CELLS = "from cnnedu.widgets import ShiftLab", "lab = ShiftLab(); lab"
POOLINGS = ("max pool", "average pool", "stride 2", "max + blur")

AT_SHIFTS = """({ mapsOf, atShift, changeOf, bestMove }, photograph, kernel, pooling, shifts) => {
  const maps = mapsOf(photograph, kernel, pooling);
  const home = atShift(maps, [0, 0]);
  return shifts.map((shift) => {
    const now = atShift(maps, shift);
    const both = { map: 1, pooled: 2 };
    const found = {};
    for (const [of, step] of Object.entries(both)) {
      const values = [...now[of].data];
      const left = bestMove(now[of], home[of], shift, step).left;
      found[of] = { values, change: changeOf(now[of], home[of]), left };
    }
    return found;
  });
}"""


@pytest.fixture(scope="module")
def reference():
    """A lab on the Python side."""
    return ShiftLab()


@pytest.mark.parametrize("pooling", POOLINGS)
def test_the_page_computes_what_python_computes(browser, reference, pooling):
    random = np.random.default_rng(1)
    reference.pooling, reference.kernel = pooling, random.normal(size=(3, 3))
    pixel_values = {"shape": reference.photograph.shape}
    pixel_values["data"] = reference.photograph.ravel().tolist()
    shifts = [[0, 0], [8, -8], [-8, 8], *random.integers(-8, 9, (12, 2)).tolist()]
    with javascript(browser, module("shift_maps")) as call:
        found = call(AT_SHIFTS, pixel_values, reference.kernel.tolist(), pooling, shifts)
    for shift, now in zip(shifts, found, strict=True):
        reference.shift = tuple(shift)
        for of, values in (("map", reference.feature_map), ("pooled", reference.pooled)):
            np.testing.assert_allclose(now[of]["values"], values.ravel(), atol=1e-12)
            assert now[of]["change"] == pytest.approx(reference.change[of])
            assert now[of]["left"] == pytest.approx(reference.left_over[of], abs=1e-12)


@pytest.fixture
def opened(lab):
    """Return the notebook and the output of a cell that shows a fresh `lab`."""
    notebook = lab.open_cells(*CELLS)
    notebook.run_all()
    return notebook, notebook.output(1)


def agrees(notebook, output):
    """Check all figures that a reader sees against Python's."""
    state = notebook.value("[lab.change, lab.left_over, lab.answers, lab.classes, lab.shift]")
    change, left_over, answers, classes, (down, right) = state
    for of, name in (("map", "feature map"), ("pooled", "pooled map")):
        for what, value in (
            ("Now − home: changed", change[of]),
            ("Now − home, moved along: left over", left_over[of]),
        ):
            image = output.get_by_role("img", name=f"{name}, {what}")
            expect(image).to_have_accessible_name(f"{name}, {what}: {100 * value:.0f} %")
    said = classes[int(np.argmax(answers))]
    expect(output.get_by_role("status")).to_contain_text(said)
    shown = output.get_by_role("list", name="Answer").inner_text()
    first = re.match(r"(\w+)\s+([\d.]+) %", shown)
    assert first[1] == said
    assert float(first[2]) == pytest.approx(100 * max(answers), abs=0.51)
    words = f"Photograph: {down} down, {right} right".replace("-", "−")
    expect(output.get_by_text(words, exact=True)).to_be_visible()


def test_drag_the_photograph(opened, lab):
    notebook, output = opened
    agrees(notebook, output)
    photograph = output.get_by_role("application", name="Photograph")
    photograph.scroll_into_view_if_needed()
    box = photograph.bounding_box()
    pixel = box["width"] / 48
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    mouse = lab.page.mouse
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + 3.1 * pixel, y + 0.2 * pixel, steps=9)
    assert notebook.value("lab.shift") == [0, 3]
    agrees(notebook, output)
    mouse.move(x - 2 * pixel, y - 20 * pixel, steps=9)  # no further than there is a photograph
    mouse.up()
    assert notebook.value("lab.shift") == [-8, -2]
    agrees(notebook, output)
    mouse.move(x, y)
    assert notebook.value("lab.shift") == [-8, -2]
    seen = pixels(photograph.locator("canvas"))
    window = np.reshape(seen, (48, 48, 4))[8:40, 8:40, :3]
    np.testing.assert_array_equal(window, notebook.value("lab.window"))


def test_keyboard_alone(opened, lab):
    notebook, output = opened
    keys = lab.page.keyboard
    output.get_by_role("application", name="Photograph").focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowUp"):
        keys.press(key)
    assert notebook.value("lab.shift") == [-1, 2]
    agrees(notebook, output)
    output.get_by_role("button", name="Home").focus()
    keys.press("Enter")
    assert notebook.value("lab.shift") == [0, 0]
    expect(output.get_by_role("status")).to_contain_text("and still says so")
    output.get_by_role("button", name="Down").focus()
    keys.press("Space")
    assert notebook.value("lab.shift") == [1, 0]
    expect(output.get_by_role("img", name="Change from home")).to_contain_text("moved down")
    agrees(notebook, output)


def test_every_layer_and_what_python_sets(opened):
    notebook, output = opened
    notebook.value("lab.set_trait('shift', (2, -3))")
    for pooling in POOLINGS:
        output.get_by_role("combobox", name="Layer").select_option(pooling)
        assert notebook.value("lab.pooling") == pooling
        agrees(notebook, output)
    notebook.value("lab.set_trait('kernel', [[0, 0, 0], [0, 1, 0], [0, 0, 0]])")
    agrees(notebook, output)
    curve = output.get_by_role("img", name="Left over after").get_attribute("aria-label")
    wanted = notebook.value("[round(100 * share) for share in lab.left_over.values()]")
    assert f"at −3: feature map {wanted[0]} %, pooled map {wanted[1]} %" in curve


def test_touch_offline(offline, reference, tmp_path):
    reference.shift = (0, 0)
    path = reference.save_html(tmp_path / "page.html")
    assert path.stat().st_size < 300_000
    page = offline(path, has_touch=True, viewport={"width": 320, "height": 600})
    photograph = page.get_by_role("application", name="Photograph")
    box = photograph.bounding_box()
    x, y, pixel = box["x"] + 100, box["y"] + 100, box["width"] / 48
    touch = page.context.new_cdp_session(page)
    for kind, to in (("touchStart", x), ("touchMove", x - 4 * pixel), ("touchEnd", None)):
        points = [] if to is None else [{"x": to, "y": y}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    expect(page.get_by_text("Photograph: 0 down, −4 right", exact=True)).to_be_visible()
