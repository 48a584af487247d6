"""`DrawCurve`: its arithmetic, and by mouse, finger and keys in a real JupyterLab and offline."""

import numpy as np
import pytest
from browser.pages import javascript
from playwright.sync_api import expect

from cnnedu.widgets import DrawCurve
from cnnedu.widgets.assets import module

FILL_IN = "({ fillIn }, along, heights) => fillIn(along, heights)"
COMPARE = "({ compareCurves }, drawn, measured) => compareCurves(drawn, measured)"
RUNS = "({ curveRuns }, values) => curveRuns(values, 1)"
DESCRIBE = """({ describeDifference }, drawn, measured) => describeDifference({
  along: drawn.map((_, k) => k), drawn, measured, span: 10, write: String, whole: "column",
})"""


@pytest.fixture(scope="module")
def call(browser):
    with javascript(browser, module("curves")) as call:
        yield call


def test_filling_in_is_numpys_interpolation(call):
    random = np.random.default_rng(0)
    for _ in range(40):
        along = np.cumsum(random.uniform(0.1, 2, random.integers(2, 30)))
        heights = random.normal(size=len(along))
        at = np.flatnonzero(random.random(len(along)) < 0.5)
        found = call(
            FILL_IN, along.tolist(), [heights[k] if k in at else None for k in range(len(along))]
        )
        wanted = np.full(len(along), np.nan)
        if len(at):
            wanted = np.interp(along, along[at], heights[at], left=np.nan, right=np.nan)
        np.testing.assert_allclose(np.array(found, float), wanted, rtol=0, atol=1e-12)


def test_comparison_is_numpys(call):
    random = np.random.default_rng(1)
    for _ in range(40):
        drawn, measured = random.normal(size=(2, 12))
        first, last = np.sort(random.choice(12, 2, replace=False)).tolist()
        drawn[:first] = drawn[last + 1 :] = np.nan
        found = call(COMPARE, drawn.tolist(), measured.tolist())
        over = drawn - measured
        assert found["at"] == np.nanargmax(abs(over))
        assert found["gap"] == pytest.approx(np.nanmax(abs(over)))
        assert found["level"] == pytest.approx(np.nanmean(over))
        assert (found["first"], found["last"]) == (first, last)


@pytest.mark.parametrize("values, runs", [
    ([5, 5, 5], []),
    ([0, 0.9, 0, 0.9], []),
    ([0, 1, 2], [[0, 2]]),
    ([2, 1.5, 0], [[0, 2]]),
    ([0, 3, 2.5, 4, 1], [[0, 3], [3, 4]]),
    ([0.5, 0, 4, 0, 4], [[1, 2], [2, 3], [3, 4]]),
    ([0, 5, 5, 5, 0], [[0, 1], [1, 4]]),
])  # fmt: skip
def test_rises_and_falls_that_count(call, values, runs):
    assert call(RUNS, values) == runs


RISING = [0, 2, 4, 6, 8, 10, 10, 10, 10]


@pytest.mark.parametrize("drawn, measured, said", [
    (RISING, RISING, [
        "Well predicted: the largest gap is 0, at column 0.",
        "On average your curve has the right height.",
        "Both rise.",
        "Each rise and fall is half done in about the same place.",
    ]),
    ([10] * 9, RISING, [
        "The largest gap is 10, at column 0: you drew 10, measured was 0.",
        "On average your curve is 3.3 too high.",
        "Yours stays level; the measured curve rises.",
    ]),
    ([0, 0, 0, 0, 2, 4, 6, 8, 10], RISING, [
        "The largest gap is 6, at column 3: you drew 0, measured was 6.",
        "On average your curve is 3.3 too low.",
        "Both rise.",
        "The measured rise is half done at column 2.5, yours at 5.5.",
    ]),
    ([float("nan"), 8, 5, 2, 0, 2, 5, float("nan"), float("nan")], [0] * 9, [
        "You drew it from 1 to 6 only.",
        "The largest gap is 8, at column 1: you drew 8, measured was 0.",
        "On average your curve is 3.7 too high.",
        "Yours falls, then rises; the measured curve stays level.",
    ]),
])  # fmt: skip
def test_the_difference_in_words(call, drawn, measured, said):
    assert call(DESCRIBE, drawn, measured) == said


@pytest.mark.parametrize("value, span, written", [
    (0.12345, 1.2, "0.12"), (-3.25, 100, "−3"), (0.00012, 0.0005, "0.00012"), (-0.001, 1, "0"),
])  # fmt: skip
def test_numbers_have_the_decimals_that_the_axis_needs(call, value, span, written):
    assert call("({ curveNumber }, ...given) => curveNumber(...given)", value, span) == written


CELLS = (
    "from cnnedu.widgets import DrawCurve",
    "measured = [0, 2, 4, 6, 8, 10, 10, 10, 10]\n"
    "curve = DrawCurve(range(9), measured, 'column', 'brightness', ylim=(0, 10))\ncurve",
)


@pytest.fixture
def shown(lab):
    """The notebook, the output with a fresh widget, and the place where the reader draws."""
    notebook = lab.open_cells(*CELLS)
    notebook.run_all()
    output = notebook.output(1)
    board = output.get_by_role("slider", name="brightness over column")
    board.wait_for()
    return notebook, output, board


def spot(board, x, y):
    """The place on the screen of a place in the chart, both as shares of its axes."""
    left, bottom, width, top = board.evaluate(
        """board => {
          const box = (node) => node.getBoundingClientRect();
          const { left, top: bottom, width } = box(board.querySelector(".cnn-axis"));
          return [left, bottom, width, box([...board.querySelectorAll(".cnn-rule")].at(-1)).top];
        }"""
    )
    return left + x * width, bottom + y * (top - bottom)


def test_by_mouse_and_then_revealed(shown, lab):
    notebook, output, board = shown
    reveal = output.get_by_role("button", name="Reveal")
    expect(reveal).to_be_disabled()
    assert "10" not in output.get_by_role("status").inner_text()
    mouse = lab.page.mouse
    mouse.move(*spot(board, 0, 1))
    mouse.down()
    mouse.move(*spot(board, 0.5, 0.5), steps=3)
    mouse.move(*spot(board, 1, 0))  # a fast stroke, which leaves points out
    mouse.up()
    mouse.move(*spot(board, 0.5, 1))  # no button is pressed
    drawn = notebook.value("curve.drawn")[0]
    np.testing.assert_allclose(drawn, np.linspace(10, 0, 9), atol=0.15)
    reveal.click()
    said = output.get_by_role("status")
    expect(said).to_contain_text("The largest gap is 10, at column")
    expect(said).to_contain_text("Yours falls; the measured curve rises.")
    assert notebook.value("curve.revealed") is True
    mouse.move(*spot(board, 0, 0))
    mouse.down()
    mouse.up()
    assert notebook.value("curve.drawn")[0] == drawn  # a prediction stays what it was
    expect(output.locator(".cnn-reading")).to_contain_text("measured 0")
    output.get_by_role("button", name="Start again").click()
    assert notebook.value("[curve.drawn, curve.revealed]") == [[[None] * 9], False]
    expect(said).to_be_empty()


def test_by_keys_alone(shown, lab):
    notebook, output, board = shown
    board.focus()
    press = lab.page.keyboard.press
    for key in ("Enter", "End", "PageUp", "ArrowUp", "ArrowLeft"):
        press(key)
    assert notebook.value("curve.drawn")[0] == [5] + [None] * 7 + [6.2]
    expect(board).to_have_attribute("aria-valuetext", "column 7: 6.1")
    press("ArrowDown")
    assert notebook.value("curve.drawn")[0][7] == pytest.approx(5.85)
    press("Delete")
    assert notebook.value("curve.drawn")[0][7] is None
    for _ in range(20):
        press("PageDown")
    assert notebook.value("curve.drawn")[0][7] == 0  # the axis ends here
    press("Tab")
    press("Enter")
    assert notebook.value("curve.revealed") is True
    expect(output.get_by_role("status")).to_contain_text("The largest gap is 10, at column 7")


def test_what_was_measured_is_not_on_the_page_before_it_is_revealed(shown, lab):
    _, output, board = shown
    expect(output.locator("path[data-kind='curve-0']")).to_have_count(0)
    expect(board).to_have_attribute("aria-valuetext", "column 0: not drawn")
    assert "measured" not in output.locator(".cnnedu").inner_text()


def test_several_curves_offline_by_finger(offline, tmp_path):
    y = {"falls": [8, 4, 2, 1], "stays": [5, 5, 5, 5]}
    curve = DrawCurve([1, 2, 4, 8], y, "width", "error", ylim=(0, 10), xscale="log")
    path = curve.save_html(tmp_path / "page.html")
    page = offline(path, viewport={"width": 320, "height": 700}, has_touch=True)
    board = page.get_by_role("slider")
    board.scroll_into_view_if_needed()
    reveal = page.get_by_role("button", name="Reveal")
    for name in ("falls", "stays"):
        expect(reveal).to_be_disabled()
        page.get_by_role("button", name=name).click()
        for x in (0, 1 / 3, 1):
            page.touchscreen.tap(*spot(board, x, 0.5))
    reveal.click()
    words = page.get_by_role("status")
    expect(words).to_contain_text("falls. The largest gap is 4, at width 8")
    expect(words).to_contain_text("stays. Well predicted")
    assert board.locator("text").all_text_contents()[-5:] == ["1", "2", "4", "8", "width"]
