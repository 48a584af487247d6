"""`KernelSearch`: the page's arithmetic, and the search by mouse, by keyboard and downhill."""

import numpy as np
import pytest
from browser.pages import javascript, pixels
from playwright.sync_api import expect

from cnnedu.widgets import KernelSearch
from cnnedu.widgets.arrays import encode
from cnnedu.widgets.assets import module

CELLS = (
    "from cnnedu.widgets import KernelSearch\nimport numpy as np",
    "picture = np.random.default_rng(3).integers(0, 256, (20, 30)).astype(np.uint8)\n"
    "search = KernelSearch(picture, [[0, 1, 0], [0, 0, 0], [0, 0, -2]]); search",
)

FIT = """({ standardise, mapOf, meanSquare, slopesOf, downhill }, picture, kernel, w, rate) => {
  const bytes = Uint8Array.from(atob(picture.data), (byte) => byte.charCodeAt(0));
  const x = standardise({ shape: picture.shape, data: bytes });
  const target = mapOf(x, kernel);
  const slopes = slopesOf(x, target, w);
  return [[...target.data], meanSquare(x, target, w), slopes, downhill(w, slopes, rate)];
}"""


def test_the_page_computes_what_python_computes(browser):
    random = np.random.default_rng(5)
    with javascript(browser, module("kernel_fit")) as call:
        for _ in range(20):
            picture = random.integers(0, 256, random.integers(8, 30, 2)).astype(np.uint8)
            kernel, weights = random.normal(0, 2, (2, 3, 3))
            weights[random.random((3, 3)) < 0.3] = 0
            search = KernelSearch(picture, kernel, weights=weights, rate=0.07)
            given = encode(picture), kernel.tolist(), weights.tolist(), search.rate
            target, square, slopes, lower = call(FIT, *given)
            np.testing.assert_allclose(target, search.target.ravel(), atol=1e-9)
            assert np.sqrt(square) == pytest.approx(search.error)
            np.testing.assert_allclose(slopes, search.slopes, atol=1e-8)
            np.testing.assert_allclose(lower, weights - search.rate * search.slopes, atol=1e-9)


@pytest.fixture
def opened(lab):
    """Return the notebook and the output of a cell that shows a fresh `search`."""
    notebook = lab.open_cells(*CELLS)
    notebook.run_all()
    return notebook, notebook.output(1)


def slider(output, u, v):
    return output.get_by_role("slider", name=f"weight in row {u}, column {v}")


def test_search_by_keys_until_it_is_found(opened, lab):
    notebook, output = opened
    keys = lab.page.keyboard
    slider(output, 0, 1).focus()
    for key in ("ArrowUp", "ArrowRight", "ArrowDown"):
        keys.press(key)
    assert notebook.value("search.weights[0].tolist()") == [0, 0.1, 0]
    keys.press("9")  # as far as the slider goes
    assert notebook.value("search.weights[0].tolist()") == [0, 3, 0]
    keys.press("1")
    slider(output, 2, 2).press("2")
    assert notebook.value("search.weights[2].tolist()") == [0, 0, 2]
    expect(output.get_by_role("status")).to_have_text("")
    keys.press("-")
    expect(output.get_by_role("status")).to_contain_text("Found")
    assert notebook.value("search.error, len(search.errors)") == [0, 8]
    errors = notebook.value("search.errors")
    assert errors[-1] == 0 < errors[0]
    output.get_by_role("button", name="Start again").click()
    assert not notebook.value("search.weights.any().item()")
    assert notebook.value("search.errors") == pytest.approx(errors[:1])


def test_a_drag_is_one_move(opened, lab):
    notebook, output = opened
    control = slider(output, 1, 1)
    control.scroll_into_view_if_needed()
    box = control.bounding_box()
    y = box["y"] + box["height"] / 2
    lab.page.mouse.move(box["x"] + box["width"] / 2, y)
    lab.page.mouse.down()
    lab.page.mouse.move(box["x"] + box["width"] - 2, y, steps=12)
    assert notebook.value("search.weights[1, 1].item()") > 2.5
    assert notebook.value("len(search.errors)") == 1
    lab.page.mouse.up()
    found = notebook.value("search.errors[-1], search.error, len(search.errors)")
    assert found[0] == pytest.approx(found[1]) and found[2] == 2
    for figure in (f"{found[1]:.3f}", f"{found[1] ** 2:.3f}"):
        expect(output.get_by_role("list", name="Figures")).to_contain_text(figure)


def test_downhill_with_slopes(opened):
    notebook, output = opened
    output.get_by_role("checkbox", name="Slopes").check()
    expect(output.locator(".cnn-slope").first).to_be_visible()
    arrows = output.locator(".cnn-slope").all_inner_texts()
    for text, slope in zip(arrows, notebook.value("search.slopes.ravel()"), strict=True):
        assert float(text[2:].replace("−", "-")) == pytest.approx(slope, abs=0.0051)
        assert text[0] == ("▼" if slope > 0 else "▲") or abs(slope) < 0.0051
    rate = output.get_by_role("spinbutton", name="Rate")
    rate.fill("0.05")
    assert notebook.value("search.rate") == 0.05
    wanted = np.array(notebook.value("search.weights - 0.05 * search.slopes"))
    down = output.get_by_role("button", name="One step downhill")
    down.click()
    np.testing.assert_allclose(notebook.value("search.weights"), wanted, atol=1e-9)
    for _ in range(5):
        down.click()
    assert (np.diff(notebook.value("search.errors")) < 0).all()
    notebook.value("search.set_trait('picture', np.arange(600).reshape(20, 30).astype(np.uint8))")
    rate.fill("1")  # far too large for a smooth picture: the weights run away, but not for ever
    for _ in range(6):
        down.click()
    assert notebook.value("abs(search.weights).max().item()") == 999
    expect(output.locator(".cnn-hidden").first).to_be_hidden()
    output.get_by_role("checkbox", name="Show the hidden kernel").check()
    hidden = [f"hidden {weight}" for weight in [*"01000000", "−2"]]
    expect(output.locator(".cnn-hidden")).to_have_text(hidden)


def test_python_sets_the_traits(opened):
    notebook, output = opened
    notebook.value("search.set_trait('weights', search.kernel)")
    expect(output.get_by_role("status")).to_contain_text("Found")
    difference = pixels(output.get_by_role("img", name="Yours − wanted"))
    assert len(set(zip(*[iter(difference)] * 4, strict=True))) == 1
    assert pixels(output.get_by_role("img", name="Your map")) == pixels(
        output.get_by_role("img", name="Wanted map")
    )
    notebook.value("search.set_trait('picture', picture[:9, :12])")
    expect(output.get_by_role("list", name="Figures")).to_contain_text("0.000")
    size = "canvas => [canvas.width, canvas.height]"
    assert output.get_by_role("img", name="Your map").evaluate(size) == [10, 7]


def test_touch_offline(offline, tmp_path):
    page = offline(KernelSearch().save_html(tmp_path / "page.html"), has_touch=True)
    figures = page.get_by_role("list", name="Figures")
    before = figures.inner_text()
    slider(page, 0, 0).tap(position={"x": 4, "y": 15})
    expect(figures).not_to_have_text(before, use_inner_text=True)
    expect(figures).to_contain_text("Moves1")
