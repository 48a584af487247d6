"""`ShapeCalculator`: the page's accounting, and the widget in a real JupyterLab."""

import numpy as np
import pytest
from browser.pages import javascript, sticking_out
from playwright.sync_api import expect

from cnnedu.models.accounting import ledger, receptive_field
from cnnedu.models.descriptions import (
    BatchNorm,
    Conv,
    Dense,
    Elementwise,
    Flatten,
    GlobalPool,
    Pool,
)
from cnnedu.widgets import ShapeCalculator
from cnnedu.widgets.assets import module
from cnnedu.widgets.stack import PRESETS, for_page


@pytest.fixture(scope="module")
def page_ledger(browser):
    """Return a function: the ledgers of the page for a list of (stack, input_shape)."""
    with javascript(browser, module("accounting")) as call:
        yield lambda cases: call(
            "({ ledger }, cases) => cases.map((given) => ledger(...given))",
            [[for_page(stack), list(shape)] for stack, shape in cases],
        )


def python_ledger(stack, shape):
    """What `cnnedu.models.accounting` says of a stack, in the form of the page."""
    fitting, problem = len(stack), ""
    for count in range(1, len(stack) + 1):
        try:
            ledger(stack[:count], shape)
        except ValueError as error:
            fitting, problem = count - 1, str(error)
            break
    rows = ledger(stack[:fitting], shape)
    fields = receptive_field(stack[:fitting], shape)
    found = []
    for k, row in enumerate(rows):
        field = None
        if k < len(fields):
            axes = zip(fields[k].size, fields[k].jump, fields[k].start, strict=True)
            field = [dict(zip(("size", "jump", "start"), along, strict=True)) for along in axes]
        found.append(
            {
                "name": row.name,
                "output": list(row.output),
                "parameters": row.parameters,
                "multiplyAdds": row.multiply_adds,
                "bytes": row.activation_bytes,
                "field": field,
            }
        )
    return {"rows": found, "problem": problem}


def random_layer(random):
    """A layer that often fits, and now and then doesn't."""
    few = lambda most: random.integers(1, most + 1).item()  # noqa: E731
    padding = [0, 0, 1, 2, "same"][random.integers(5)]
    match random.integers(9):
        case 0 | 1 | 2:
            groups = [1, 1, 1, 2, 3][random.integers(5)]
            bias = bool(random.integers(2))
            return Conv(6 * few(3), few(5), few(3), padding, few(2), groups, bias)
        case 3 | 4:
            return Pool(few(4), few(3), padding, few(2), ceil_mode=bool(random.integers(2)))
        case 5:
            return BatchNorm()
        case 6:
            return Elementwise("ReLU")
        case 7:
            return Flatten()
    return [GlobalPool(), Dense(few(20)), Conv(4, 1)][random.integers(3)]


def test_the_page_counts_as_python_does(page_ledger):
    """Exactly, word for word where a stack doesn't fit, on 400 random stacks and the presets."""
    random = np.random.default_rng(3)
    cases = [(stack, shape) for shape, stack in PRESETS.values()]
    cases.append(([Pool(2, 2, padding=3, dilation=4, ceil_mode=True)], (1, 2, 2)))
    for _ in range(400):
        shape = (6, *random.integers(1, 40, 2).tolist())
        cases.append(([random_layer(random) for _ in range(random.integers(1, 9))], shape))
    expected = [python_ledger(*case) for case in cases]
    assert sum(bool(case["problem"]) for case in expected) > 100
    kinds = ("kernel covers", "share", "padding alone", "Flatten before", "must be (C, H, W)")
    for words in kinds:
        assert any(words in case["problem"] for case in expected), words
    for case, found, wanted in zip(cases, page_ledger(cases), expected, strict=True):
        assert found == wanted, case


@pytest.fixture
def calculator(lab):
    """Return the notebook and the output of a cell that shows LeNet-5."""
    notebook = lab.open_cells(
        "from cnnedu.widgets import ShapeCalculator",
        'calculator = ShapeCalculator("LeNet-5"); calculator',
    )
    notebook.run_all()
    return notebook, notebook.output(1)


def agrees(notebook, output):
    """Check the outputs and the totals in the ledger on the page against Python's."""
    layers, outputs, *totals = notebook.value(
        "len(calculator.layers), [row.output for row in calculator.rows],"
        "sum(row.parameters for row in calculator.rows),"
        "sum(row.multiply_adds for row in calculator.rows)"
    )
    written = [" × ".join(f"{size:,}" for size in shape) for shape in outputs]
    table = output.get_by_role("table", name="Ledger")
    found = table.locator(":scope > :nth-child(2) [role=cell]:nth-child(2)")
    expect(found).to_have_text(written + ["–"] * (layers - len(written)))
    for column, total in enumerate(totals, start=2):
        expect(table.locator(".cnn-total [role=cell]").nth(column)).to_have_text(f"{total:,}")


def test_edit_a_stack_with_the_mouse(calculator, lab):
    notebook, output = calculator
    agrees(notebook, output)
    output.get_by_role("button", name="4 Conv 16, 5×5").click()
    output.get_by_text("Layer 4", exact=True).wait_for()
    output.get_by_role("spinbutton", name="filters").fill("32")
    output.get_by_role("combobox", name="padding").select_option("same")
    assert notebook.value("repr(calculator.layers[3])").startswith("Conv(filters=32, kernel_size=5")
    assert notebook.value("calculator.layers[3].padding, calculator.selected") == ["same", 4]
    assert notebook.value("calculator.rows[3].output") == [32, 14, 14]
    output.get_by_role("button", name="Add below").click()
    output.get_by_role("combobox", name="Kind").select_option("BatchNorm")
    output.get_by_role("button", name="Up").click()
    names = "[row.name for row in calculator.rows[:5]]"
    assert notebook.value(names) == ["Conv", "Tanh", "Pool", "BatchNorm", "Conv"]
    agrees(notebook, output)
    output.get_by_role("button", name="Remove").click()
    assert notebook.value("len(calculator.layers)") == 12
    output.locator(".cnn-block").nth(3).click()  # the input is the first block
    assert notebook.value("calculator.selected") == 3
    stack = output.get_by_role("combobox", name="Stack")
    assert stack.input_value() == "Your own"
    stack.select_option("VGG-16")
    output.get_by_text("138,357,544").wait_for()
    assert notebook.value("sum(row.parameters for row in calculator.rows)") == 138_357_544
    agrees(notebook, output)
    assert stack.input_value() == "VGG-16"


def test_two_edits_between_drawings_both_count(calculator):
    notebook, output = calculator
    output.get_by_role("group", name="Selected layer").evaluate(
        """editor => {
          const edit = (name, value) => {
            const label = [...editor.querySelectorAll("label")].find((l) => l.innerText === name);
            label.control.value = value;
            label.control.dispatchEvent(new Event("input"));
          };
          edit("filters", 7);
          edit("kernel", 3);
        }"""
    )
    first = "calculator.layers[0].filters, calculator.layers[0].kernel_size"
    assert notebook.value(first) == [7, 3]


def test_a_stack_that_does_not_fit_says_where_and_why(calculator):
    notebook, output = calculator
    output.get_by_role("spinbutton", name="input height").fill("9")
    message = output.get_by_role("status")
    expect(message).to_contain_text("Layer 4, Conv: the kernel covers 5 pixels along H, but the ")
    assert message.inner_text() == notebook.value("calculator.problem") + "."
    agrees(notebook, output)
    output.get_by_role("button", name="Remove").click()
    output.get_by_role("spinbutton", name="input height").fill("0")  # refused, and marked
    assert notebook.value("calculator.input_shape") == [1, 9, 32]
    notebook.value("calculator.set_trait('layers', [])")
    output.get_by_text("No layer yet").wait_for()
    output.get_by_role("button", name="Add below").click()
    output.get_by_role("button", name="1 Conv 16, 3×3").wait_for()


def test_keyboard_alone(calculator, lab):
    notebook, output = calculator
    keys = lab.page.keyboard
    output.get_by_role("button", name="1 Conv 6, 5×5").focus()
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    assert notebook.value("calculator.selected") == 3
    keys.press("ArrowUp")
    assert notebook.value("calculator.selected") == 2
    output.get_by_role("button", name="Remove").focus()
    keys.press("Enter")
    assert notebook.value("calculator.rows[1].name") == "Pool"
    kernel = output.get_by_role("spinbutton", name="kernel")
    kernel.focus()
    keys.press("ArrowUp")
    assert notebook.value("calculator.layers[1].kernel_size") == 3
    slider = output.get_by_role("slider", name="input height and width")
    slider.focus()
    keys.press("ArrowRight")
    assert notebook.value("calculator.input_shape") == [1, 33, 33]
    agrees(notebook, output)


def test_python_changes_all_views_of_one_widget(lab):
    notebook = lab.open_cells(
        "from cnnedu.widgets import ShapeCalculator\nfrom cnnedu.models.accounting import Conv",
        "calculator = ShapeCalculator(); calculator",
        "calculator",
        "other = ShapeCalculator('AlexNet'); other",
    )
    notebook.run_all()
    notebook.value("calculator.set_trait('layers', [Conv(7, 3), Conv(9, 2)])")
    for number in (1, 2):
        notebook.output(number).get_by_text("9 × 29 × 29").wait_for()
    notebook.output(3).get_by_text("61,100,840").wait_for()


@pytest.mark.parametrize("name", ["VGG-16", "LeNet-5"])
def test_offline_in_320_pixels(offline, tmp_path, axe, name):
    path = ShapeCalculator(name).save_html(tmp_path / "page.html")
    page = offline(path, viewport={"width": 320, "height": 700}, has_touch=True)
    page.locator(".cnn-block").nth(4).tap()
    page.get_by_text("Layer 4").wait_for()
    page.get_by_role("slider", name="input height and width").fill("8")
    page.get_by_text("use a smaller kernel").wait_for()
    assert sticking_out(page) == []
    assert axe(page, "main") == []
