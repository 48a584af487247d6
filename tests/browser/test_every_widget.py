"""What is asked of every widget, in a real JupyterLab and offline. A new one is a line below."""

import pytest

import cnnedu.widgets

# For each widget: the role and the name of a control, its new value, and what then has that value.
WIDGETS = {
    "AttackSlider": ("combobox", "Push", "noise", "push"),
    "CalibrationLab": ("combobox", "Bins", "10", "bins.__str__()"),
    "DigitPad": ("button", "3", 3, "answer.argmax().item()"),
    "HeatmapViewer": ("combobox", "Method", "Saliency", "method"),
    "KernelLab": ("combobox", "Operation", "convolution", "operation"),
    "NetworkExplorer": ("button", "conv2, 64 × 13 × 13", [3, 0, 6, 6], "focus"),
    "PoolingLab": ("combobox", "Layer", "average", "pooling"),
}
each = pytest.mark.parametrize("name", WIDGETS)


def cells(name):
    return f"from cnnedu.widgets import {name}", f"widget = {name}(); widget"


def use(output, name, view=0):
    """Use the widget's control, by its role."""
    role, label, value, _ = WIDGETS[name]
    control = output.get_by_role(role, name=label, exact=True).nth(view)
    if role == "combobox":
        control.select_option(value)
    else:
        control.click()


@each
def test_accessible_in_both_themes_and_released_when_cleared(lab, axe, name):
    notebook = lab.open_cells(*cells(name))
    notebook.run_all()
    root = notebook.output(1).locator(".cnnedu")
    for theme, scheme in (("JupyterLab Dark", "dark"), ("JupyterLab Light", "light")):
        lab.set_theme(theme)
        assert root.evaluate("node => getComputedStyle(node).colorScheme") == scheme
        assert axe(lab.page, ".cnnedu") == []
    use(notebook.output(1), name)
    lab.page.evaluate("window.gone = new WeakRef(document.querySelector('.cnnedu'))")
    notebook.clear_output()
    notebook.node.get_by_text("import").first.click()  # the browser remembers what had the focus
    assert lab.page.locator(".cnnedu").count() == 0
    session = lab.page.context.new_cdp_session(lab.page)
    for _ in range(20):  # a timer or listener left behind would hold it for ever
        session.send("HeapProfiler.collectGarbage")
        if lab.page.evaluate("window.gone.deref() === undefined"):
            break
        lab.page.wait_for_timeout(100)
    else:
        pytest.fail("the widget is still in memory")


@each
def test_two_views_share_their_state_and_a_second_widget_keeps_its_own(lab, name):
    notebook = lab.open_cells(*cells(name), f"other = {name}(); other", "widget")
    notebook.run_all()
    *_, value, trait = WIDGETS[name]
    before = notebook.value(f"other.{trait}")
    use(notebook.output(3), name)
    assert notebook.value(f"[widget.{trait}, other.{trait}]") == [value, before]


@each
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_offline_in_320_pixels(offline, axe, tmp_path, name, scheme):
    path = getattr(cnnedu.widgets, name)().save_html(tmp_path / "page.html")
    page = offline(
        path, viewport={"width": 320, "height": 600}, color_scheme=scheme, has_touch=True
    )
    page.locator(".cnnedu").wait_for()
    wide = page.evaluate(
        "[...document.querySelectorAll('.cnnedu *')].filter(node => {"
        "  const box = node.getBoundingClientRect(); return box.right > 321 || box.left < -1;"
        "}).map(node => node.outerHTML.slice(0, 80))"
    )
    assert wide == []
    assert axe(page, "main") == []
    use(page, name)
