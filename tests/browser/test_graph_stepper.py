"""`GraphStepper`: its arithmetic against NumPy, in a real JupyterLab, and offline."""

import numpy as np
import pytest
from browser.pages import grid, javascript, sticking_out

from cnnedu.widgets import GraphStepper
from cnnedu.widgets.assets import module

CELL = "from cnnedu.widgets import GraphStepper\nstepper = GraphStepper(); stepper"
RUN = "({ runGraph }, state) => runGraph(state)"
EXPLAIN = """({ default: widget }, state, name) => {
  const model = { get: (trait) => state[trait], set() {}, save_changes() {}, on() {}, off() {} };
  const said = [];
  state.step = 12;
  for (const [i, j] of state.places) {
    state.focus = [name, i, j];
    const close = widget.render({ model, el: document.body });
    said.push(document.querySelector(".cnn-worked").textContent);
    close();
  }
  return said;
}"""


@pytest.mark.parametrize("seed", range(20))
def test_the_page_computes_what_the_kernels_compute(browser, seed):
    random = np.random.default_rng(seed)
    size, window = random.integers(4, 11, 2), random.integers(1, 4, 2)
    window = np.minimum(window, size - 1)
    classes, (rows, columns) = random.integers(2, 5).item(), (size - window + 1) // 2
    # Whole numbers have ties, which only the order settles.
    draw = random.normal if seed % 2 else lambda size: random.integers(-2, 3, size)
    arrays = [draw(size=s) for s in (size, window, (1,), (classes, rows * columns), (classes,))]
    stepper = GraphStepper(*arrays, y=random.integers(classes).item())
    state = {t: getattr(stepper, t) for t in ("x", "w1", "b1", "w2", "b2", "y")}
    given = {name: np.asarray(value).tolist() for name, value in state.items()}
    with javascript(browser, module("graph_arithmetic")) as call:
        found = call(RUN, given)
    for mark, arrays in (("", stepper.values), ("d", stepper.gradients)):
        for name, array in arrays.items():
            np.testing.assert_allclose(np.ravel(found[mark + name]), np.ravel(array), atol=1e-9)


def test_what_is_said_of_a_number_adds_up_to_it(browser):
    """The arithmetic that the page writes out, evaluated here, gives the number it stands for."""
    random = np.random.default_rng(3)
    x, w1 = random.integers(-3, 4, (6, 7)), random.integers(-2, 3, (2, 2))
    w2 = random.integers(-8, 9, (3, 6)) / 16
    stepper = GraphStepper(x, w1, 1, w2, [0.5, 0, -0.25])
    state = {t: v for t, v in stepper.get_state().items() if t[0] != "_"}
    checked = 0
    for name in ("conv", "pool", "scores", "dw2", "dflat", "dx", "dw1", "db1"):
        array = stepper.gradients[name[1:]] if name[0] == "d" else stepper.values[name]
        assert np.abs(array).max() > 0.3  # else no class is in doubt, and there is nothing to see
        table = np.reshape(array, (-1, np.shape(array)[-1]) if np.ndim(array) == 2 else (-1, 1))
        table = table.T if name in ("flat", "dflat") else table
        state["places"] = [[int(i), int(j)] for i, j in np.ndindex(table.shape)]
        with javascript(browser, stepper._esm) as call:
            said = call(EXPLAIN, state, name)
        for text, number in zip(said, table.flat, strict=True):
            _, sum_, result = text.replace("−", "-").replace("·", "*").split(" = ")
            assert eval(sum_) == pytest.approx(number, abs=0.03), text  # three decimals each
            assert float(result) == pytest.approx(number, abs=0.0006)
            checked += 1
    assert checked > 100


@pytest.fixture
def stepper(lab):
    """Return the notebook and the output of a cell that shows a fresh `stepper`."""
    notebook = lab.open_cells(CELL)
    notebook.run_all()
    return notebook, notebook.output(0)


def step_to(output, step):
    """Move the slider, and wait until the page has drawn it."""
    output.get_by_role("slider", name="Position").fill(str(step))
    output.get_by_text(f"{step + 1} of 13").wait_for()


def test_each_step_fills_in_what_its_operation_gives(stepper):
    notebook, output = stepper
    empty = output.get_by_role("grid", name="conv, value").get_by_role("gridcell")
    assert set(empty.all_inner_texts()) == {""}
    output.get_by_role("button", name="Next").click()
    output.get_by_text("2 of 13").wait_for()
    assert grid(output, "conv, value") == notebook.value("stepper.values['conv'].tolist()")
    assert notebook.value("stepper.step") == 1
    for step, name in ((6, "pool"), (8, "dw2"), (10, "drelu"), (12, "dx"), (12, "dw1")):
        step_to(output, step)
        kind, array = (
            ("gradient", f"gradients['{name[1:]}']")
            if name[0] == "d"
            else ("value", f"values['{name}']")
        )
        assert grid(output, f"{name}, {kind}") == notebook.value(f"stepper.{array}.tolist()")
    output.get_by_role("button", name="Start again").click()
    output.get_by_text("1 of 13").wait_for()
    assert notebook.value("stepper.step") == 0


def test_a_click_shows_where_a_number_comes_from(stepper):
    notebook, output = stepper
    step_to(output, 12)
    output.get_by_role("grid", name="drelu,").get_by_role("gridcell").first.click()
    output.get_by_text("drelu[0, 0] = dpool[0, 0] = 0.5").wait_for()
    output.get_by_role("grid", name="dconv,").get_by_role("gridcell").first.click()
    output.get_by_text("dconv[0, 0] = blocked, since conv is 0 = 0").wait_for()
    assert notebook.value("stepper.focus") == ["dconv", 0, 0]
    output.get_by_role("button", name="Back").click()
    output.get_by_text("12 of 13").wait_for()
    assert notebook.value("stepper.focus") == []


def test_painting_and_another_label_change_everything_after_them(stepper):
    notebook, output = stepper
    step_to(output, 12)
    output.get_by_role("grid", name="x: Space").get_by_role("gridcell").first.click()
    output.get_by_label("Label y").select_option("0")
    output.get_by_role("grid", name="dscores,").get_by_text("−").first.wait_for()
    assert notebook.value("stepper.x[0, 0].item(), stepper.y") == [1, 0]
    for name in ("dconv", "dx", "dw2", "dw1"):
        gradient = notebook.value(f"stepper.gradients['{name[1:]}'].tolist()")
        np.testing.assert_allclose(grid(output, f"{name},"), gradient, atol=0.006)


def test_keyboard_alone(stepper, lab):
    notebook, output = stepper
    keys = lab.page.keyboard
    output.get_by_role("grid", name="x: Space").get_by_role("gridcell").first.focus()
    keys.press("ArrowRight")
    keys.press("Space")
    assert notebook.value("stepper.x[0, :3].tolist()") == [0, 1, 1]
    step_to(output, 1)
    output.get_by_role("grid", name="conv, value").locator("[tabindex='0']").focus()
    keys.press("ArrowDown")
    output.get_by_text("conv[1, 0] = 0 · (−1)").wait_for()
    assert notebook.value("stepper.focus") == ["conv", 1, 0]


@pytest.mark.parametrize("step", [0, 5, 12])
def test_offline_in_320_pixels(offline, tmp_path, axe, step):
    path = GraphStepper(step=step).save_html(tmp_path / "page.html")
    page = offline(path, viewport={"width": 320, "height": 700}, has_touch=True)
    page.get_by_role("button", name="Next" if step < 12 else "Back").tap()
    page.get_by_text(f"{step + 2 if step < 12 else step} of 13").wait_for()
    assert sticking_out(page) == []
    assert axe(page, "main") == []
