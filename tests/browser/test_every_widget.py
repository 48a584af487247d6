"""What every widget must do: in a real JupyterLab, in a stored notebook, and offline.

One notebook shows all widgets, a cell for each; the tests drive and then store it. A new widget
needs a line in `USES` and one in `WRONG`.
"""

import contextlib
import io
from typing import NamedTuple

import nbformat
import pytest
from browser.pages import javascript
from nbconvert import HTMLExporter
from PIL import Image
from playwright.sync_api import expect

import cnnedu.widgets
from cnnedu.widgets.gallery import EXAMPLES, names

PATIENCE = 90_000  # milliseconds, on a slow machine
NOT_FOUND = "Error displaying widget"  # JupyterLab's words
ATTEMPTS = 6
STATE = "application/vnd.jupyter.widget-state+json"


class Use(NamedTuple):
    """How a reader uses a widget: a control by its role and name, and what it does."""

    role: str
    name: str
    value: str | None  # what is chosen or typed; None for a button
    text: str  # what the widget says afterwards
    trait: str  # the trait that changes, and its new value
    becomes: object
    make: str = ""  # the call that makes the widget, if it needs arguments


USES = {
    "AttackSlider": Use("combobox", "Push", "noise", "The network says", "push", "noise"),
    "BackpropStepper": Use("button", "Add all", None, "36 of 36", "filled", 36),
    "CalibrationLab": Use("combobox", "Bins", "10", "Cross-entropy", "bins", 10),
    "ConvolutionStepper": Use("combobox", "Stride", "2", "Output, 3 × 3", "stride", 2),
    "DenseToConvolution": Use("button", "Convolution", None, "A convolution", "tied", True),
    "DigitPad": Use("button", "3", None, "It reads a 3", "picture.any().item()", True),
    "DrawCurve": Use(
        "button",
        "Reveal",
        None,
        "The largest gap is 6, at time 2",
        "revealed",
        True,
        make="DrawCurve([0, 1, 2], [0, 3, 4], 'time', 'height', ylim=(0, 10), drawn=[[0, 1, 10]])",
    ),
    "DrawMap": Use("button", "Reveal the map", None, "12 of 36 signs right", "revealed", True),
    "FeatureAtlas": Use(
        "button",
        "random weights",
        None,
        "stage2, map 1, random weights",
        "network",
        "random weights",
        make="EXAMPLES['FeatureAtlas']()",
    ),
    "GraphStepper": Use("slider", "Position", "6", "−ln 0.5 = 0.693", "step", 6),
    "HeatmapViewer": Use("combobox", "Method", "Saliency", "trained", "method", "Saliency"),
    "Im2colStepper": Use("combobox", "Stride", "2", "columns, 9 × 9", "stride", 2),
    "KernelLab": Use("combobox", "Size", "5×5", "Response, 296", "kernel.shape", [5, 5]),
    "KernelSearch": Use(
        "slider", "weight in row 0, column 2", "2", "Error (root)", "weights[0, 2].item()", 2
    ),
    "NetworkExplorer": Use("button", "conv2, 64 × 13 × 13", None, "conv2", "focus", [3, 0, 6, 6]),
    "PoolingLab": Use(
        "spinbutton", "number in row 0, column 0", "9", "max, 2", "numbers[0, 0].item()", 9
    ),
    "Quiz": Use(
        "button",
        "37",
        None,
        "Count again.",
        "answers",
        [0],
        make='Quiz(Question("How many?", Right("36", "Yes."), Wrong("37", "Count again.")))',
    ),
    "ReceptiveField": Use(
        "slider",
        "Layer",
        "0",
        "Output, 22 × 22",
        "layer",
        1,
        make="ReceptiveField([Conv(4, 3), Pool(2), Conv(4, 3)], (3, 24, 24))",
    ),
    "RecipeRace": Use(
        "slider",
        "Rungs from the bottom up",
        "1",
        "With “flips”",
        "chosen",
        ["+ flips"],
        make="EXAMPLES['RecipeRace']()",
    ),
    "ShapeCalculator": Use("combobox", "Stack", "LeNet-5", "61,706", "input_shape", [1, 32, 32]),
    "ShiftLab": Use("combobox", "Layer", "stride 2", "After stride 2", "pooling", "stride 2"),
    "TrainingDashboard": Use(
        "button",
        "Start",
        None,
        "Finished",
        "status",
        "done",
        make="TrainingDashboard(nn.fit, model, digits, nn.SGD(model.parameters(), 0.1), epochs=1)",
    ),
    "TrainingMonitor": Use(
        "slider",
        "Step",
        "2",
        "step 30 of 100",
        "moment",
        2,
        make="EXAMPLES['TrainingMonitor']()",
    ),
}
each = pytest.mark.parametrize("name", USES)

SET_UP = """
from IPython.display import display
from cnnedu import nn
from cnnedu.data.digits import load_digits
from cnnedu.models.accounting import Conv, Pool
from cnnedu.widgets import *
from cnnedu.widgets.gallery import EXAMPLES
from ipywidgets import VBox
digits = load_digits()[0]
model = nn.Sequential(nn.Flatten(), nn.Linear(64, 10))
widgets = {}
"""


def test_no_widget_is_left_out():
    assert sorted(USES) == sorted(WRONG) == sorted(names())


# An argument that each widget refuses, and what it says about it.
WRONG = {
    "AttackSlider": ({"most": 0}, "most must be above 0"),
    "BackpropStepper": ({"stride": 9}, "stride must be a whole number from 1"),
    "CalibrationLab": ({"temperature": -1}, "temperature must be"),
    "ConvolutionStepper": ({"padding": -1}, "padding must be a whole number from 0"),
    "DenseToConvolution": ({"reach": 7}, "reach must be a whole number from 1 to 6"),
    "DigitPad": ({"model": 3}, "model must be a cnnedu.nn.Sequential"),
    "DrawCurve": (
        {"x": [2, 1], "y": [0, 0], "xlabel": "x", "ylabel": "y", "ylim": (0, 1)},
        "x must hold 2 to 200 increasing numbers",
    ),
    "DrawMap": ({"kernel": [[1] * 9]}, "kernel must have 1 to 5 rows"),
    "FeatureAtlas": ({"networks": {}}, "networks must be a dict"),
    "GraphStepper": ({"y": 2}, "y must be a class from 0 to 1"),
    "HeatmapViewer": ({"target": 10}, "target must be a whole number from 0 to 9"),
    "Im2colStepper": ({"pixel": (0, 9, 0)}, "pixel must be"),
    "KernelLab": ({"kernel": [[1, 2], [3, 4]]}, "kernel must"),
    "KernelSearch": ({"rate": 2}, "rate must be above 0"),
    "NetworkExplorer": ({"focus": (99, 0, 0, 0)}, "focus must be"),
    "PoolingLab": ({"numbers": [[1, 2]]}, "numbers must have 4 to 4 rows"),
    "Quiz": (["a question"], "every argument must be a Question"),
    "ReceptiveField": (["a network"], "ReceptiveField: "),
    "RecipeRace": ({"climb": {"plain": {}}}, "two rungs or more, but has 1"),
    "ShapeCalculator": ({"layers": "VGG"}, "ShapeCalculator: "),
    "ShiftLab": ({"shift": (0, 99)}, "shift must be (down, right)"),
    "TrainingDashboard": (["fit"], "give the function that trains"),
    "TrainingMonitor": ({"records": ["healthy"]}, "records must be a dict"),
}


@each
def test_a_wrong_argument_is_one_clear_line(name):
    arguments, message = WRONG[name]
    positional, named = ((), arguments) if isinstance(arguments, dict) else (arguments, {})
    with pytest.raises((TypeError, ValueError)) as caught:
        getattr(cnnedu.widgets, name)(*positional, **named)
    said = str(caught.value)
    assert said.startswith(f"{name}: ") and message in said and "\n" not in said


@pytest.fixture(scope="module")
def shown(_lab):
    """The notebook of all widgets; each cell shows a first one, a second one, the first again."""
    cells = [
        f"widgets[{name!r}] = [{make}, {make}]\n"
        f"display(widgets[{name!r}][0], VBox(widgets[{name!r}][::-1]))"
        for name, use in USES.items()
        for make in [use.make or f"{name}()"]
    ]
    notebook = _lab.open_file(_lab.write_cells(SET_UP, *cells))
    notebook.run_cell(0)
    # Not all at once: a model that isn't there after two seconds gets no message from its kernel
    # (anywidget's limit), and no lesson makes as many as this notebook.
    for number, name in enumerate(USES, start=1):
        notebook.run_cell(number)
        views(notebook, name)
    yield notebook
    assert _lab.console == []
    _lab.close_all()


def views(notebook, name):
    """The views of a widget in its cell, scrolled into sight."""
    roots = cell(notebook, name).locator(".cnnedu")
    expect(roots).to_have_count(3)
    expect(roots.first).to_be_visible(timeout=PATIENCE)
    return roots


def cell(notebook, name):
    """The outputs of a widget's cell, scrolled into sight, with three views or JupyterLab's word.

    Widgets above may grow meanwhile and push the cell out of sight, so it is looked for again.
    """
    for _ in range(PATIENCE // 3000):
        output = notebook.output(1 + list(USES).index(name))
        there = output.locator(".cnnedu").nth(2).or_(output.get_by_text(NOT_FOUND))
        with contextlib.suppress(AssertionError):
            expect(there.first).to_be_attached(timeout=3000)
            break
    return output


def use(root, name):
    """Use the widget's control; using it twice makes no difference."""
    role, label, value, text, *_ = USES[name]
    control = root.get_by_role(role, name=label, exact=True)
    if role == "combobox":
        control.select_option(value)
    elif role in ("slider", "spinbutton"):
        control.fill(value)
    elif control.is_enabled():
        control.click()
    expect(root.get_by_text(text).first).to_be_visible(timeout=PATIENCE)


def in_use(root, name):
    """Wait until the widget looks as after `use`."""
    role, label, value, text, *_ = USES[name]
    expect(root.get_by_text(text).first).to_be_visible(timeout=PATIENCE)
    if value is not None:
        control = root.get_by_role(role, name=label, exact=True)
        expect(control).to_have_value(value, timeout=PATIENCE)


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_it_follows_the_theme(shown, scheme):
    shown.lab.set_theme(f"JupyterLab {scheme.title()}")
    for name in USES:
        root = views(shown, name).first
        assert root.evaluate("node => getComputedStyle(node).colorScheme") == scheme, name


def test_accessible_in_a_notebook(shown, axe):
    """One widget stands for all; `test_gallery.py` checks them all on a page."""
    views(shown, "KernelLab").first.evaluate("node => node.setAttribute('data-checked', '')")
    assert axe(shown.page, "[data-checked]") == []


# Whether nothing sticks out of a widget, so that its cell needs no horizontal scroll bar.
FITS = "root => root.scrollWidth <= root.clientWidth"


@each
def test_it_fits_into_a_cell_of_320_pixels(shown, name):
    root = views(shown, name).first
    root.evaluate("node => (node.style.width = '320px')")
    shown.page.wait_for_function(FITS, arg=root.element_handle(), timeout=PATIENCE)
    root.evaluate("node => (node.style.width = '')")


@each
def test_two_views_share_their_state_and_a_second_widget_keeps_its_own(shown, name):
    *_, trait, becomes, _ = USES[name]
    before = shown.value(f"widgets[{name!r}][1].{trait}")
    first, _, again = views(shown, name).all()
    use(again, name)
    in_use(first, name)
    state = f"[widgets[{name!r}][k].{trait} for k in (0, 1)]"
    assert shown.value(state) == [becomes, before] != [before, before]
    ids = shown.page.locator(".cnnedu [id]").evaluate_all("(all) => all.map((node) => node.id)")
    assert len(ids) == len(set(ids))


@pytest.fixture(scope="module")
def stored(shown):
    """The path of the notebook, stored with the state of all widgets after their use."""
    for name in USES:
        use(views(shown, name).first, name)
    lab = shown.lab
    path = lab.folder / lab.page.evaluate("jupyterapp.shell.currentWidget.context.path")
    for _ in range(PATIENCE // 500):  # JupyterLab may be about to save by itself
        lab.command("docmanager:save")
        if widgets_in(path) >= 2 * len(USES):
            return path
        lab.page.wait_for_timeout(500)
    pytest.fail(f"only {widgets_in(path)} widgets are stored")


def widgets_in(path):
    """Return how many widgets have their state in a notebook."""
    state = nbformat.read(path, as_version=4).metadata.get("widgets", {}).get(STATE, {})
    return sum(model["model_name"] == "AnyModel" for model in state.get("state", {}).values())


@pytest.fixture(scope="module")
def pictures_only(stored):
    """The same notebook, stored without the state of the widgets."""
    notebook = nbformat.read(stored, as_version=4)
    del notebook.metadata["widgets"]
    return notebook


def colours(png):
    """Return how many colours a picture has."""
    return len(Image.open(io.BytesIO(png)).convert("RGB").getcolors(2**24))


def test_as_html_it_shows_every_picture_without_scripts(pictures_only, browser):
    page, _ = HTMLExporter().from_notebook_node(pictures_only)
    reader = browser.new_page(java_script_enabled=False)
    reader.set_content(page, wait_until="domcontentloaded")
    cells = reader.locator(".jp-CodeCell")
    for number, name in enumerate(USES, start=1):
        picture = cells.nth(number).locator(".jp-OutputArea img").first
        assert colours(picture.screenshot()) > 10, name
    reader.close()


@pytest.fixture(scope="module")
def reopened(stored, pictures_only, shown):
    """The stored notebook, opened again with a new kernel, which knows no widget.

    If the kernel's connection is there before JupyterLab waits for it, JupyterLab shows widgets
    before it has read them from the file, and doesn't find them. A reader then reloads the page.
    """
    shown.close()
    nbformat.write(pictures_only, stored.with_name("pictures_only.ipynb"))
    for _ in range(ATTEMPTS):
        notebook = shown.lab.open_file(stored.name)
        if not any(cell(notebook, name).get_by_text(NOT_FOUND).count() for name in USES):
            return notebook
        notebook.close()
    pytest.fail(f"in {ATTEMPTS} attempts JupyterLab found not all widgets of the file")


@each
def test_opened_again_it_is_as_the_reader_left_it(reopened, name):
    first, _, again = views(reopened, name).all()
    in_use(first, name)
    in_use(again, name)


def test_a_cleared_cell_leaves_nothing_behind(reopened):
    page = reopened.page
    page.evaluate("window.left = []")
    for name in USES:
        for root in views(reopened, name).all():
            for play in root.get_by_role("button", name="Play", exact=True).all():
                play.click()
            remember = "(root, name) => window.left.push([name, new WeakRef(root)])"
            root.evaluate(remember, name)
    reopened.clear_output()
    reopened.node.get_by_text("load_digits").first.click()  # the browser remembers the focus
    expect(page.locator(".cnnedu")).to_have_count(0)
    session = page.context.new_cdp_session(page)
    names_left = "window.left.filter(([, root]) => root.deref()).map(([name]) => name)"
    for _ in range(PATIENCE // 100):  # a timer or a listener left behind holds it for ever
        session.send("HeapProfiler.collectGarbage")
        if not page.evaluate(names_left):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"still in memory: {page.evaluate(names_left)}")


def test_without_its_state_it_shows_the_pictures(reopened):
    """As a reader sees a notebook that came from elsewhere."""
    reopened.lab.close_all()
    notebook = reopened.lab.open_file("pictures_only.ipynb")
    for number, name in enumerate(USES, start=1):
        picture = notebook.output(number).locator("img").first
        expect(picture).to_be_visible(timeout=PATIENCE)
        assert colours(picture.screenshot()) > 10, name


# Opens a view on a model that counts, plays it, closes it; returns what was open before and after.
OPEN_AND_CLOSE = """({ default: widget }, state) => {
  const open = { listeners: new Set(), timers: new Set(), observers: new Set() };
  const count = () => Object.values(open).map((kept) => kept.size);
  const { setInterval, clearInterval, ResizeObserver } = window;
  window.setInterval = (...given) => {
    const timer = setInterval(...given);
    open.timers.add(timer);
    return timer;
  };
  window.clearInterval = (timer) => clearInterval(timer, open.timers.delete(timer));
  window.ResizeObserver = class extends ResizeObserver {
    observe(node) { super.observe(node, open.observers.add(this)); }
    disconnect() { super.disconnect(open.observers.delete(this)); }
  };
  const callbacks = new Map(); // a number for each, so that a pair with its name is one string
  const pair = (name, callback) => {
    if (!callbacks.has(callback)) callbacks.set(callback, callbacks.size);
    return `${name} ${callbacks.get(callback)}`;
  };
  const model = {
    get: (trait) => state[trait],
    set: (trait, value) => (state[trait] = value),
    save_changes() {},
    on: (name, callback) => open.listeners.add(pair(name, callback)),
    off: (name, callback) => open.listeners.delete(pair(name, callback)),
  };
  const close = widget.render({ model, el: document.body });
  for (const button of document.querySelectorAll("button")) {
    if (button.textContent === "Play") button.click();
  }
  const before = count();
  close();
  return [before, count(), document.body.childElementCount];
}"""


@each
def test_a_closed_view_ends_everything_it_started(browser, name):
    widget = EXAMPLES.get(name, getattr(cnnedu.widgets, name))()
    state = {trait: value for trait, value in widget.get_state().items() if trait[0] != "_"}
    with javascript(browser, widget._esm) as call:
        (listeners, timers, _), after, elements = call(OPEN_AND_CLOSE, state)
    assert listeners > 0
    assert timers == ("Stepper" in name)
    assert (after, elements) == ([0, 0, 0], 0)


@each
def test_offline_in_320_pixels(offline, tmp_path, name):
    widget = EXAMPLES.get(name, getattr(cnnedu.widgets, name))()
    path = widget.save_html(tmp_path / "page.html")
    page = offline(path, viewport={"width": 320, "height": 600}, has_touch=True)
    root = page.locator(".cnnedu")
    root.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert root.evaluate(FITS)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert root.evaluate("node => getComputedStyle(node).colorScheme") == scheme
