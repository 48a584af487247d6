"""The site, opened from the disk with all network refused: what a reader does on it."""

import re

import pytest
from browser.pages import alive
from playwright.sync_api import expect

from harness.course import ROOT
from harness.served import served

PATIENCE = 60_000
LESSONS = sorted(path.stem for path in (ROOT / "lessons").glob("*.ipynb"))
FIRST = "lessons/01_convolution_by_hand"


@pytest.fixture(scope="module")
def address(site):
    """The site served below a path, as on GitHub's pages."""

    with served(site) as url:
        yield url


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


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_lesson_is_legible_in_light_and_dark(offline, axe, site, scheme):
    page = offline(site / f"{FIRST}.html", color_scheme=scheme)
    alive(page)
    schemes = "nodes => nodes.map((node) => getComputedStyle(node).colorScheme)"
    assert set(page.locator(".cnnedu").evaluate_all(schemes)) == {scheme}
    assert axe(page, "body") == []
    for name in (f"{FIRST.replace('lessons', 'exercises')}/{FIRST[8:]}", "claims", "docs/grading"):
        page.goto((site / f"{name}.html").as_uri())
        assert axe(page, "article") == [], name


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
