"""The site, opened from the disk with all network refused: every page, and every widget on it."""

import re

import pytest
from playwright.sync_api import expect

from cnnedu.authoring.site.build import build
from harness.course import ROOT
from harness.served import served

PATIENCE = 60_000
ALL_ALIVE = "!document.querySelector('.cnnedu-place:not([data-alive=yes])')"
LESSONS = sorted(path.stem for path in (ROOT / "lessons").glob("*.ipynb"))
FIRST = "lessons/01_convolution_by_hand"

# Uses each widget of the page with a pointer, then with keys, and returns what was deaf to either:
# nothing in it changed, not even the colours of a canvas. Browsers themselves turn keys into clicks
# and changes on buttons and fields, so keys are tried on what the widget has made itself.
DEAF = """async () => {
  const frames = () => new Promise((done) =>
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))));
  const look = (place) => place.innerHTML.length + " " + place.textContent + " " +
    [...place.querySelectorAll("input, select")].map((node) => node.value + node.checked) + " " +
    [...place.querySelectorAll("[aria-pressed], [aria-current], [data-sign], [style]")]
      .map((node) => [node.ariaPressed, node.ariaCurrent, node.getAttribute("style")]) + " " +
    [...place.querySelectorAll("canvas")].map((node) => node.toDataURL().length);
  const answers = async (place, act) => {
    const before = look(place);
    await act();
    for (let k = 0; k < 5; k++) {
      await frames();
      if (look(place) !== before) return true;
    }
    return false;
  };
  const usable = "button:not(:disabled):not([tabindex='-1']), [role=slider], [role=application], " +
    "input[type=range], input[type=number], select";
  const controls = (place) => [
    ...[...place.querySelectorAll(usable)].slice(0, 20),
    ...[...place.querySelectorAll("[role=grid]")]
      .flatMap((grid) => grid.querySelector("[role=gridcell]") ?? []),
  ];
  HTMLInputElement.prototype.click = () => {}; // no file may be chosen without a real click
  // A made-up pointer can't be captured.
  Element.prototype.setPointerCapture = () => {};
  const point = (node) => {
    const { left, top } = node.getBoundingClientRect();
    const where = { clientX: left + 3, clientY: top + 3, bubbles: true, button: 0, buttons: 1 };
    for (const kind of ["pointerdown", "pointermove", "pointerup"]) {
      node.dispatchEvent(new PointerEvent(kind, where));
    }
  };
  const press = (node, key) => node.dispatchEvent(
    new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  const change = (node) => {
    const options = [...(node.options ?? [])].filter((option) => !option.disabled);
    const next = options[(options.indexOf(node.selectedOptions?.[0]) + 1) % options.length];
    if (next) node.value = next.value;
    else node.value = Number(node.value) === Number(node.max) ? node.min : Number(node.value) + 1;
    node.dispatchEvent(new Event("input", { bubbles: true }));
    node.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const deaf = [];
  for (const place of document.querySelectorAll(".cnnedu-place")) {
    const some = async (nodes, act) => {
      for (const node of nodes) if (await answers(place, () => act(node))) return true;
      return false;
    };
    const pointed = await some(controls(place), (node) => {
      if (/SELECT|INPUT/.test(node.tagName)) return change(node);
      point(node);
      node.click();
    });
    if (!pointed) deaf.push(`${place.dataset.key}: pointer`);
    const own = controls(place).filter((node) => !/SELECT|INPUT|BUTTON/.test(node.tagName));
    const keyed = await some(own, (node) => {
      for (const key of [" ", "ArrowRight", "ArrowDown", "ArrowUp"]) press(node, key);
    });
    if (own.length && !keyed) deaf.push(`${place.dataset.key}: keys`);
  }
  return deaf;
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The folder of the site."""
    folder = tmp_path_factory.mktemp("site")
    build(ROOT, folder)
    return folder


@pytest.fixture(scope="module")
def address(site):
    """The site served below a path, as on GitHub's pages."""

    with served(site) as url:
        yield url


def alive(page):
    """Bring all widgets of a page to life, as for printing."""
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.wait_for_function(ALL_ALIVE, timeout=PATIENCE)


def test_it_holds_every_lesson_and_exercise_and_is_small(site):
    pages = {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
    for name in LESSONS:
        assert {f"lessons/{name}.html", f"exercises/{name}/{name}.html"} <= pages
        assert (site / f"notebooks/lessons/{name}.ipynb").exists()
    files = [path for path in site.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= 40e6
    modules = [path for path in files if path.name == "convolution_stepper.js"]
    assert len(modules) == 1


def test_the_poster_can_be_painted_without_scrolling(offline, site):
    page = offline(site / "index.html", viewport={"width": 1280, "height": 900})
    pixel = page.get_by_role("gridcell", name="row 0, column 0: 0").first
    pixel.wait_for()
    weight = page.get_by_label("weight in row 0, column 0")
    assert weight.bounding_box()["y"] < 860
    pixel.click()
    page.get_by_role("gridcell", name="row 0, column 0: 1").first.wait_for()
    weight.fill("5")
    expect(page.get_by_role("combobox", name="Kernel w")).to_have_value("Your own")


@pytest.mark.parametrize("name", ["index", "widgets", *[f"lessons/{name}" for name in LESSONS]])
def test_every_widget_of_a_page_answers_and_nothing_sticks_out(offline, axe, site, name):
    page = offline(site / f"{name}.html", viewport={"width": 320, "height": 700})
    alive(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert axe(page, "body") == []
    pictures = page.locator("article img:visible").all()
    assert all(len(picture.get_attribute("alt")) > 3 for picture in pictures)
    assert page.evaluate(DEAF) == []


def test_on_every_other_page_nothing_sticks_out(offline, axe, site):
    walked = {site / f"{name}.html" for name in ("index", "widgets")}
    walked |= {site / f"lessons/{name}.html" for name in LESSONS}
    rest = sorted(set(site.rglob("*.html")) - walked)
    assert len(rest) > len(LESSONS)
    page = offline(site / "index.html", viewport={"width": 320, "height": 700})
    for path in rest:
        page.goto(path.as_uri())
        shown = path.relative_to(site)
        assert page.evaluate("document.documentElement.scrollWidth") == 320, shown
        assert axe(page, "body") == [], shown
        assert page.locator(".cnnedu-place").count() == 0, f"{shown}: walk it above"
        pictures = page.locator("article img:visible").all()
        assert all(len(picture.get_attribute("alt")) > 3 for picture in pictures), shown


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_lesson_is_legible_in_light_and_dark(offline, axe, site, scheme):
    page = offline(site / f"{FIRST}.html", color_scheme=scheme)
    alive(page)
    schemes = "nodes => nodes.map((node) => getComputedStyle(node).colorScheme)"
    assert set(page.locator(".cnnedu").evaluate_all(schemes)) == {scheme}
    assert axe(page, "body") == []


def test_a_quiz_is_remembered_and_forgotten(offline, site):
    page = offline(site / f"{FIRST}.html")
    alive(page)
    quiz = page.locator(".cnnedu-quiz").first
    option = quiz.get_by_role("button").first
    option.click()
    expect(option).to_have_attribute("aria-pressed", "true")
    page.reload()
    alive(page)
    expect(quiz.get_by_role("button").first).to_have_attribute("aria-pressed", "true")
    page.goto((site / "index.html").as_uri())
    done = page.locator(f'td a[href="{FIRST}.html"] .cnnedu-done')
    expect(done).to_have_text(re.compile(r"1 of \d+ questions"))
    page.goto((site / f"{FIRST}.html").as_uri())
    page.get_by_role("button", name="Forget my answers").click()
    page.wait_for_load_state()
    alive(page)
    expect(quiz.get_by_role("button").first).to_have_attribute("aria-pressed", "false")


def test_search_finds_a_word(offline, site):
    page = offline(site / "index.html", viewport={"width": 1280, "height": 900})
    page.get_by_role("textbox", name="Search").fill("equivariant")
    page.keyboard.press("Enter")
    found = page.locator("#search-results a").first
    found.wait_for(timeout=PATIENCE)
    found.click()
    expect(page.locator("article h1")).to_be_visible()


def test_the_first_use_of_a_term_leads_to_the_glossary(offline, site):
    page = offline(site / "lessons/03_stride_padding_shapes.html")
    term = page.locator("a.cnnedu-term").first
    word = term.inner_text().lower()
    assert term.get_attribute("title")
    term.click()
    target = page.locator(page.evaluate("decodeURIComponent(location.hash)"))
    expect(target).to_contain_text(word[:5])


def test_served_below_a_path_it_asks_no_other_host(browser, address):
    page = browser.new_page()
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    for name in ("index", FIRST, "search"):
        page.goto(f"{address}{name}.html")
        if name != "search":
            alive(page)
    page.close()
    assert asked and all(url.startswith((address, "data:")) for url in asked)
    assert said == []


def test_a_training_shows_its_stored_run_and_says_so(offline, site):
    page = offline(site / "lessons/08_training_from_scratch.html")
    alive(page)
    run = page.locator(".cnnedu-training").first
    expect(run.get_by_text("A stored run.")).to_be_visible()
    assert run.get_by_role("button", name="Start").count() == 0
    before = run.locator(".cnn-reading").inner_text()
    run.get_by_role("slider", name="Batch to look at").fill("3")
    expect(run.locator(".cnn-reading")).not_to_have_text(before)


def test_on_paper_a_lesson_has_its_widgets_and_no_buttons(offline, site):
    page = offline(site / f"{FIRST}.html")
    alive(page)
    page.emulate_media(media="print")
    expect(page.get_by_role("link", name="Open in Binder")).to_be_hidden()
    expect(page.locator(".cnnedu-stepper").first).to_be_visible()


def test_without_scripts_a_page_shows_the_pictures(browser, site):
    page = browser.new_page(java_script_enabled=False)
    page.goto((site / f"{FIRST}.html").as_uri())
    assert page.get_by_role("img", name="ConvolutionStepper(picture 8×8").first.is_visible()
    page.close()
