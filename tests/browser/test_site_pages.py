"""Every page of the site, opened from the disk with all network refused, and every widget on it."""

import os

import pytest
from browser.pages import alive

from harness.course import ROOT

LESSONS = [f"lessons/{path.stem}" for path in sorted((ROOT / "lessons").glob("*.ipynb"))]
WITH_WIDGETS = ["index", "widgets", *LESSONS]
# axe looks at one page of each kind, and in `make fuzz` at every page. `widgets` has every kind of
# widget, one navigation is like the other, and `test_site.py` looks at the colours of lessons.
OF_A_KIND = ("index", "widgets", "search", "lessons/14_what_the_network_sees")
OF_A_KIND += ("docs/glossary", "cnnedu/models/pretrained/classic")
PHONE = {"width": 320, "height": 700}

CONTROLS = (
    "button:not(:disabled):not([tabindex='-1']), [role=slider], "
    "[role=row]:last-of-type > [role=gridcell]:last-of-type, "
    "[role=application], input:not(:disabled), select"
)
# What a screen reader may notice; the value of a field alone is the browser's doing.
LOOK = """((place) =>
  place.innerHTML + [...place.querySelectorAll("*")].indexOf(document.activeElement))"""
# Focuses a control and remembers the look of its widget; null for a control that can't be seen.
READY = f"""(node) => {{
  if (!node.checkVisibility({{ visibilityProperty: true }}) || !node.offsetWidth) return null;
  node.focus();
  const place = node.closest(".cnnedu-place");
  place.before = {LOOK}(place);
  return [node.tagName, node.type];
}}"""
# Waits a few frames, and so many milliseconds, for the look to become another.
CHANGED = f"""async (place, patience) => {{
  const look = {LOOK};
  const end = performance.now() + patience;
  const waits = (k) => k < 2 || performance.now() < end;
  const frames = () => new Promise((done) =>
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))));
  for (let k = 0; waits(k) && look(place) === place.before; k++) await frames();
  return look(place) !== place.before;
}}"""
TRIES = 30  # how many of a widget's controls may stay deaf: "Previous" at the start, say


def answers(place, acts, patience=0):
    """Tell whether a widget changes by what is done to one of its controls.

    Args:
        place: the widget.
        acts: returns, for a control, its tag and its type, the things to do to it, one after
            another.
        patience: for how many milliseconds to wait for a change, beyond a few frames.
    """
    for control in place.locator(CONTROLS).all()[:TRIES]:
        if not (node := control.evaluate(READY)):
            continue
        for act in acts(control, *node):
            act()
            if place.evaluate(CHANGED, patience):
                return True
    return False


def pointer(control, tag, kind):
    """Click on a control; choose the last entry of a list; write a number where one belongs."""
    if tag == "SELECT":
        last = control.locator("option:enabled").last.get_attribute("value")
        return [lambda: control.select_option(last)]
    return [control.click, lambda: control.fill("7")] if kind == "number" else [control.click]


def keys(control, tag, _):
    """Press the keys that a control of its kind knows."""
    names = ["Enter"] if tag == "BUTTON" else ["ArrowRight", "ArrowDown", "Space"]
    return [lambda name=name: control.page.keyboard.press(name) for name in names]


def deaf(page):
    """Return the widgets of a page that don't answer to a click, or not to a key.

    A busy machine may draw late: those that were silent are asked again, with patience.
    """
    silent = [
        (place, acts)
        for place in page.locator(".cnnedu-place").all()
        for acts in (keys, pointer)
        if not answers(place, acts)
    ]
    return [
        f"{place.get_attribute('data-key')}: {acts.__name__}"
        for place, acts in silent
        if not answers(place, acts, patience=2000)
    ]


def assert_in_order(page, axe, name):
    """Assert that nothing sticks out of a page, and that readers who don't see it are served."""
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"], name
    pictures = page.locator("article img").evaluate_all("(all) => all.map((node) => node.alt)")
    assert all(len(alt) > 3 for alt in pictures), name
    if name in OF_A_KIND or "CNNEDU_THOROUGH" in os.environ:
        without = [] if name in ("index", "widgets") else [".cnnedu-place", "aside"]
        assert axe(page, "body", without, colours=name not in WITH_WIDGETS[1:]) == [], name


@pytest.mark.parametrize("name", WITH_WIDGETS)
def test_every_widget_of_a_page_answers_and_nothing_sticks_out(offline, axe, site, name):
    page = offline(site / f"{name}.html", viewport=PHONE)
    alive(page)
    assert_in_order(page, axe, name)
    assert deaf(page) == []


def test_on_every_other_page_nothing_sticks_out(offline, axe, site):
    rest = {path.relative_to(site).with_suffix("").as_posix() for path in site.rglob("*.html")}
    rest -= set(WITH_WIDGETS)
    assert len(rest) > len(LESSONS)
    page = offline(site / "index.html", viewport=PHONE)
    for name in sorted(rest):
        page.goto((site / f"{name}.html").as_uri())
        assert_in_order(page, axe, name)
        assert page.locator(".cnnedu-place").count() == 0, f"{name}: walk it above"
