"""The page that `save_html` writes: opened from the disk, with all network refused."""

import numpy as np
import pytest
from browser.pages import sticking_out
from playwright.sync_api import expect

from cnnedu.widgets import ConvolutionStepper, Question, Quiz, Right, Wrong, offline_page


@pytest.fixture
def quiz():
    return Quiz(Question("</script> is text?", Right("Yes", "It is."), Wrong("No", "Look again.")))


@pytest.fixture
def both(quiz, tmp_path):
    """The path of a page with two steppers and a quiz."""
    steppers = [ConvolutionStepper(), ConvolutionStepper(padding=1, position=(2, 3))]
    path = tmp_path / "both.html"
    path.write_text(offline_page([*steppers, quiz], "Two & one"), encoding="utf-8")
    return path


def test_each_widget_works_by_itself(offline, both):
    page = offline(both)
    first, second = page.locator(".cnnedu-stepper").all()
    first.get_by_role("button", name="Next").click()
    first.get_by_text("2 of 36").wait_for()
    assert second.get_by_text("20 of 64").is_visible()
    second.get_by_label("weight in row 0, column 0").fill("7")
    expect(second.get_by_role("combobox", name="Kernel w")).to_have_value("Your own")
    expect(first.get_by_role("combobox", name="Kernel w")).to_have_value("Vertical edges")
    page.get_by_role("button", name="Yes").click()
    page.get_by_text("Right. It is.").wait_for()


# What each element of the first widget looks like.
LOOK = """() => [...document.querySelector(".cnnedu").querySelectorAll("*")].map((node) => {
  const { color, backgroundColor, fontSize, fontWeight, padding, width, height, borderColor } =
    getComputedStyle(node);
  return [node.tagName, color, backgroundColor, fontSize, fontWeight, padding, width, height,
    borderColor].join(" ");
})"""


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_neighbour_changes_no_widgets_look(offline, quiz, tmp_path, order):
    first, second = [[ConvolutionStepper(), quiz][i] for i in order]
    looks = []
    for name, widgets in (("alone", [first]), ("beside", [first, second])):
        path = tmp_path / f"{name}.html"
        path.write_text(offline_page(widgets, "Look"), encoding="utf-8")
        page = offline(path)
        page.locator(".cnnedu").nth(len(widgets) - 1).wait_for()
        looks.append(page.evaluate(LOOK))
    assert looks[0] == looks[1]


def test_touch(offline, both):
    page = offline(both, has_touch=True)
    pixel = page.get_by_role("gridcell", name="row 0, column 0: 0").first
    pixel.tap()
    page.get_by_role("gridcell", name="row 0, column 0: 1").first.wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessible(offline, both, axe, scheme):
    page = offline(both, color_scheme=scheme)
    assert axe(page, "main") == []


@pytest.mark.parametrize("size", [3, 8, 12])
def test_nothing_sticks_out_of_320_pixels(offline, tmp_path, size, quiz):
    picture = np.arange(size * size).reshape(size, size) - 20.25
    stepper = ConvolutionStepper(picture, np.full((3, 3), -1.125), padding=2, position=(1, 1))
    path = tmp_path / "narrow.html"
    path.write_text(offline_page([stepper, quiz], "Narrow"), encoding="utf-8")
    page = offline(path, viewport={"width": 320, "height": 600})
    page.locator(".cnnedu-quiz").wait_for()
    assert sticking_out(page) == []


# Draws each text and background colour on a canvas, which turns both into plain RGB.
CONTRAST = """() => {
  const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const luminance = (colour) => {
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const linear = [...context.getImageData(0, 0, 1, 1).data].slice(0, 3).map((c) =>
      c <= 10 ? c / 3294.6 : ((c / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  };
  return Math.min(...[...document.querySelectorAll("[data-sign]")].map((node) => {
    const style = getComputedStyle(node);
    const pair = [luminance(style.color), luminance(style.backgroundColor)];
    return (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
  }));
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lowest", [0, -60])
def test_numbers_are_legible_on_every_colour(offline, tmp_path, scheme, lowest):
    picture = np.arange(121).reshape(11, 11) + lowest
    stepper = ConvolutionStepper(picture, [[-1, 0, 1.5]], position=(10, 8))
    page = offline(stepper.save_html(tmp_path / "page.html"), color_scheme=scheme)
    page.locator(".cnnedu").wait_for()
    assert page.evaluate(CONTRAST) >= 4.5


def test_without_scripts_the_picture_is_shown(browser, quiz, tmp_path):
    page = browser.new_page(java_script_enabled=False)
    page.goto(quiz.save_html(tmp_path / "quiz.html").as_uri())
    assert page.get_by_role("img", name="Quiz(1 question, 0 answered)").is_visible()
    page.close()
